import { isDay } from '../../../../shared/domain/check-rule-parts.ts';

export type FormProblem =
	| 'missing'
	| 'not_whole'
	| 'too_big'
	| 'not_a_price'
	| 'no_such_day'
	| 'ends_before'
	| 'no_effect'
	| 'not_a_country'
	| 'not_a_currency'
	| 'not_farther';
/** What is wrong, by the name of its field. */
export type FormProblems = Readonly<Record<string, FormProblem>>;

/** Reads typed fields one by one, and keeps what is wrong with them. A blank field says nothing. */
export interface FieldReader {
	readonly problems: FormProblems;
	readonly say: (field: string, problem: FormProblem) => void;
	readonly whole: (field: string, text: string, most: number) => number | undefined;
	/** @returns minor units of the currency */
	readonly amount: (field: string, text: string, currency: string, mostMinor: number) => number | undefined;
	/** @returns for instance 2026-12-24 */
	readonly day: (field: string, text: string) => string | undefined;
	/** Both ends of a range, of which the second is not below the first. */
	readonly inOrder: (toField: string, from: number | string | undefined, to: number | string | undefined) => void;
}

export function fieldReader(): FieldReader {
	const problems: Record<string, FormProblem> = {};
	const say = (field: string, problem: FormProblem) => {
		problems[field] = problem;
	};
	const bounded = (field: string, value: number, most: number) => {
		if (value <= most) return value;
		say(field, 'too_big');
		return undefined;
	};
	return {
		problems,
		say,
		whole: (field, text, most) => {
			const trimmed = text.trim();
			if (trimmed === '') return undefined;
			if (/^\d{1,9}$/.test(trimmed)) return bounded(field, Number(trimmed), most);
			say(field, 'not_whole');
			return undefined;
		},
		amount: (field, text, currency, mostMinor) => {
			const trimmed = text.trim().replace(',', '.');
			if (trimmed === '') return undefined;
			const digits = digitsOf(currency);
			const pattern = digits === 0 ? /^\d{1,9}$/ : new RegExp(`^\\d{1,7}(\\.\\d{1,${digits}})?$`);
			if (pattern.test(trimmed)) return bounded(field, Math.round(Number(trimmed) * 10 ** digits), mostMinor);
			say(field, 'not_a_price');
			return undefined;
		},
		day: (field, text) => {
			const trimmed = text.trim();
			if (trimmed === '' || isDay(trimmed)) return trimmed || undefined;
			say(field, 'no_such_day');
			return undefined;
		},
		inOrder: (toField, from, to) => {
			if (from !== undefined && to !== undefined && from > to) say(toField, 'ends_before');
		},
	};
}

/** An amount as it is typed, for instance 12.50; blank for none. */
export function amountText(minor: number | undefined, currency: string): string {
	const digits = digitsOf(currency);
	return minor === undefined ? '' : (minor / 10 ** digits).toFixed(digits);
}

export const wholeText = (value: number | undefined) => (value === undefined ? '' : String(value));

/** Digits behind the point of a currency's amounts. */
function digitsOf(currency: string): number {
	const code = /^[A-Z]{3}$/.test(currency) ? currency : 'GBP';
	return (
		new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2
	);
}

/** A field for an object: absent where the list is empty. */
export function list<Name extends string, Value>(name: Name, values: readonly Value[]) {
	return (values.length === 0 ? {} : { [name]: [...values] }) as { readonly [name in Name]?: Value[] };
}

/** The fields that say something. */
export function given<T extends object>(fields: T): { [field in keyof T]?: NonNullable<T[field]> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[field in keyof T]?: NonNullable<T[field]>;
	};
}
