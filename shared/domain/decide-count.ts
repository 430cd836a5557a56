import type { CountCase } from '../schema/count.ts';
import type { CountedLot } from '../schema/count-operation.ts';
import type { PayloadOf } from '../schema/operation.ts';
import { type CountDifference, countDifferences } from './count-differences.ts';
import { lotDifferences } from './count-lots.ts';
import { applied, type Decision, type DomainEvent, refused, type Statement, type UnitStep } from './decision.ts';

/**
 * A count of one product while the site trades. Each scan carries what the books had at that moment, so what is picked or sold
 * before the count is submitted changes nothing of what was found or is missing. A line of a count that is reviewed first moves nothing yet.
 */
export function decideCount(counting: CountCase | undefined, statement: Statement<'count'>): Decision {
	if (statement.payload.posts === 'at_once') return countAtOnce(counting, statement);
	if (counting === undefined) return refused('not_found');
	const taken = takeLine(counting, statement);
	if (counting.state === 'posted' || counting.state === 'cancelled') return countedLate(statement);
	return applied([{ kind: 'count_taken', steps: [], documents: [taken] }]);
}

function countAtOnce(counting: CountCase | undefined, statement: Statement<'count'>): Decision {
	const { payload, actorName } = statement;
	const { countId, sku } = payload;
	const { expected, counted } = sumsOf(payload);
	const difference = counted - expected;
	const steps = stepsAtOnce(payload);
	const events: DomainEvent[] = [{ kind: 'counted', steps, countId, sku, expected, counted }];
	if (counting !== undefined && isOpen(counting)) {
		const taken = takeLine(counting, statement);
		const isDone = taken.asked.every((asked) => taken.lines.some((line) => line.sku === asked.sku));
		const document = isDone ? { ...taken, state: 'posted' as const, closedBy: actorName } : taken;
		events.push({ kind: 'count_taken', steps: [], documents: [document] });
	}
	return applied(
		events,
		difference === 0
			? []
			: [
					{
						exceptionKind: 'count_differs',
						priority: 'normal',
						sku,
						quantity: difference,
						expected,
						counted,
						fact: `${counted} units of ${sku} were counted`,
						plan: `The books had ${expected}`,
					},
				],
	);
}

function stepsAtOnce(payload: PayloadOf<'count'>): readonly UnitStep[] {
	const { sku, bin, lot, expiresOn, serials, lotBooks } = payload;
	const { expected, counted } = sumsOf(payload);
	const place = bin === undefined || payload.scope !== 'bin' ? {} : { bin };
	if (lotBooks !== undefined)
		return lotDifferences({ expected, counted, lotBooks, lots: countedLots(payload) }).flatMap((each) =>
			each.difference === 0 ? [] : [differenceStep(sku, each.difference, { ...place, ...lotOf(each) })],
		);
	const difference = counted - expected;
	if (difference === 0) return [];
	return [
		differenceStep(sku, difference, {
			...place,
			...lotOf({ lot, expiresOn }),
			// Which ones are missing, nobody can read off those that are there.
			...(serials === undefined || serials.length !== difference ? {} : { serials }),
		}),
	];
}

/** What was counted of each lot, where somebody has named one. */
function countedLots(payload: PayloadOf<'count'>): readonly CountedLot[] {
	const { lot, expiresOn, lots } = payload;
	if (lots !== undefined) return lots;
	if (lot === undefined) return [];
	return [{ lot, ...(expiresOn === undefined ? {} : { expiresOn }), counted: sumsOf(payload).counted }];
}

const lotOf = ({ lot, expiresOn }: Pick<UnitStep, 'lot' | 'expiresOn'>) => ({
	...(lot === undefined ? {} : { lot }),
	...(expiresOn === undefined ? {} : { expiresOn }),
});

/** Somebody cut off counted for a count that is closed by now: nothing is posted by itself, and nothing is lost. */
function countedLate({ payload }: Statement<'count'>): Decision {
	const { sku } = payload;
	const { expected, counted } = sumsOf(payload);
	const fact = `${counted} units of ${sku} were counted where the books had ${expected}`;
	const plan = 'The count was closed before this came; count the product once more';
	const draft = { exceptionKind: 'counted_late', priority: 'normal', sku, expected, counted, fact, plan } as const;
	return applied(
		[{ kind: 'count_taken', steps: [], documents: [] }],
		expected === counted ? [] : [{ ...draft, quantity: counted - expected }],
	);
}

const sumsOf = ({ scans }: Pick<PayloadOf<'count'>, 'scans'>) => ({
	expected: scans.reduce((sum, scan) => sum + scan.expected, 0),
	counted: scans.reduce((sum, scan) => sum + scan.counted, 0),
});

/** A step for units that were found, or are missing. */
export function differenceStep(
	sku: string,
	difference: number,
	{ bin, ...identity }: { readonly bin?: string } & Pick<UnitStep, 'lot' | 'expiresOn' | 'serials'>,
): UnitStep {
	const isFound = difference > 0;
	return {
		lineId: '',
		sku,
		quantity: Math.abs(difference),
		count: null,
		bucket: isFound ? { from: 'lost', to: 'available' } : { from: 'available', to: 'lost' },
		putBack: 0,
		...(bin === undefined ? {} : isFound ? { toBin: bin } : { fromBin: bin }),
		...identity,
	};
}

const isOpen = ({ state }: CountCase) => state !== 'posted' && state !== 'cancelled';

/** The count with one more line, or one for each lot. A place that was counted before has its newest number; in a recount all earlier ones of the SKU go. */
function takeLine(counting: CountCase, { payload, actorName }: Statement<'count'>): CountCase {
	const { sku, bin = '', area = '', lot, serials, lots, lotBooks, name = sku, unitPrice, scope = 'site' } = payload;
	const again = counting.recount.find((each) => each.sku === sku);
	const turn = again?.turn ?? 1;
	const isReplaced = (line: CountCase['lines'][number]) =>
		line.sku === sku &&
		(line.turn < turn || (line.bin === bin && line.area === area && (lots !== undefined || line.lot === lot)));
	const line = {
		sku,
		name,
		bin,
		area,
		scope,
		...sumsOf(payload),
		countedBy: actorName,
		turn,
		...(serials === undefined ? {} : { serials }),
		...(unitPrice === undefined ? {} : { unitPrice }),
		...(lotBooks === undefined ? {} : { lotBooks }),
	};
	const byLot =
		lots === undefined || lots.length === 0
			? [{ ...line, ...lotOf(payload) }]
			: lots.map((each) => ({ ...line, ...lotOf(each), counted: each.counted }));
	return { ...counting, lines: [...counting.lines.filter((each) => !isReplaced(each)), ...byLot] };
}

/** What the books of a difference are moved by; nothing where it was as expected. */
export function postingSteps(counting: CountCase): readonly UnitStep[] {
	return countDifferences(counting)
		.filter(({ difference }) => difference !== 0)
		.map((each) => differenceStep(each.sku, each.difference, placeOf(each, counting)));
}

function placeOf(difference: CountDifference, { lines }: CountCase) {
	const { sku, bin } = difference;
	const knowsBins = lines.every((line) => line.sku !== sku || line.scope === 'bin');
	return { ...(knowsBins && bin !== '' ? { bin } : {}), ...lotOf(difference) };
}
