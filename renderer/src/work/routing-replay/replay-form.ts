import type { ReplayRequest } from '../../../../shared/protocol/replay-messages.ts';

/** What is to be replayed as it is typed. Blank fields change nothing. */
export interface ReplayForm {
	readonly source: 'day' | 'file';
	readonly day: string;
	readonly rules: 'published' | 'draft';
	/** Costs in whole currency units, as 1.50. */
	readonly split: string;
	readonly unfilled: string;
	readonly lateDay: string;
	readonly hundredKm: string;
	readonly closedSiteIds: readonly string[];
	/** Sites that get another capacity, and the units a day that are typed for them. */
	readonly capacitySiteIds: readonly string[];
	readonly capacities: Readonly<Record<string, string>>;
}

export const blankReplay: ReplayForm = {
	source: 'day',
	day: '',
	rules: 'published',
	split: '',
	unfilled: '',
	lateDay: '',
	hundredKm: '',
	closedSiteIds: [],
	capacitySiteIds: [],
	capacities: {},
};

export const dayCosts = ['split', 'unfilled', 'lateDay', 'hundredKm'] as const;
export const fileCosts = ['split', 'unfilled'] as const;
export type CostField = (typeof dayCosts)[number];

export type FormProblem = 'no_such_day' | 'not_an_amount' | 'too_big' | 'not_whole' | 'missing';
/** By field; those of capacities by `capacity:` and the site's id. */
export type FormProblems = Readonly<Record<string, FormProblem>>;

export type ReadReplay =
	| { readonly ok: true; readonly request: ReplayRequest }
	| { readonly ok: false; readonly problems: FormProblems };

/** As a weight may be, in minor units. */
const mostCost = 10_000_000;
const fileDecimals = 6;
const mostUnits = 1_000_000;

/**
 * Reads the form: the request, but for the file, or what is wrong field by field. Nothing is guessed.
 * @param digits of the currency's minor unit
 */
export function readReplayForm(form: ReplayForm, digits: number): ReadReplay {
	const problems: Record<string, FormProblem> = {};
	const cost = (field: CostField): number | undefined => {
		const text = form[field].trim().replace(',', '.');
		if (text === '') return undefined;
		const decimals = form.source === 'file' ? fileDecimals : digits;
		const read = /^\d{1,9}(?:\.(\d+))?$/.exec(text);
		if (read === null || (read[1]?.length ?? 0) > decimals) {
			problems[field] = 'not_an_amount';
			return undefined;
		}
		const amount = form.source === 'file' ? Number(text) : Math.round(Number(text) * 10 ** digits);
		if (amount > mostCost) problems[field] = 'too_big';
		return amount;
	};
	const capacities = form.capacitySiteIds.map((siteId) => {
		const text = (form.capacities[siteId] ?? '').trim();
		if (text === '') problems[`capacity:${siteId}`] = 'missing';
		else if (!/^\d{1,9}$/.test(text)) problems[`capacity:${siteId}`] = 'not_whole';
		else if (Number(text) > mostUnits) problems[`capacity:${siteId}`] = 'too_big';
		return { siteId, units: Number(text) };
	});
	const changes = {
		...(form.closedSiteIds.length === 0 ? {} : { closedSiteIds: [...form.closedSiteIds] }),
		...(capacities.length === 0 ? {} : { capacities }),
	};
	const request = form.source === 'day' ? readDay(form, cost, problems) : readFile(cost);
	if (Object.keys(problems).length > 0) return { ok: false, problems };
	return { ok: true, request: { ...request, ...changes } };
}

type ReadCost = (field: CostField) => number | undefined;

function readDay(form: ReplayForm, cost: ReadCost, problems: Record<string, FormProblem>): ReplayRequest {
	const day = form.day.trim();
	if (!isDay(day)) problems.day = 'no_such_day';
	const weights = given({
		splitMinor: cost('split'),
		unfilledMinor: cost('unfilled'),
		lateDayMinor: cost('lateDay'),
		hundredKmMinor: cost('hundredKm'),
	});
	return { day, rules: form.rules, ...(Object.keys(weights).length === 0 ? {} : { weights }) };
}

function readFile(cost: ReadCost): ReplayRequest {
	const rates = given({ splitPenalty: cost('split'), unfilledPenalty: cost('unfilled') });
	return Object.keys(rates).length === 0 ? {} : { rates };
}

function given<Field extends string>(fields: Record<Field, number | undefined>): { [name in Field]?: number } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[name in Field]?: number;
	};
}

function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
