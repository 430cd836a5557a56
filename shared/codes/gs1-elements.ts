import { hasRightCheckDigit } from './gtin.ts';

/** One application identifier with its value, in the order of the symbol. */
export interface Gs1Element {
	readonly identifier: string;
	readonly value: string;
}

export type Gs1Failure =
	| 'empty'
	| 'unknown_identifier'
	| 'too_short'
	| 'too_long'
	| 'not_digits'
	| 'wrong_check_digit'
	| 'wrong_date';

export type Gs1Result =
	| { readonly kind: 'ok'; readonly elements: readonly Gs1Element[] }
	| { readonly kind: 'failed'; readonly reason: Gs1Failure; readonly identifier?: string };

/** The group separator, as which FNC1 arrives in a decoded text. A keyboard scanner usually loses it. */
export const FNC1 = '\x1d';

type ValueForm = 'digits' | 'date' | 'check_digit' | 'text';

interface IdentifierForm {
	readonly minimum: number;
	readonly maximum: number;
	readonly form: ValueForm;
}

const fixed = (length: number, form: ValueForm): IdentifierForm => ({ minimum: length, maximum: length, form });
const upTo = (maximum: number, form: ValueForm): IdentifierForm => ({ minimum: 1, maximum, form });

const identifierForms: Readonly<Record<string, IdentifierForm>> = {
	'00': fixed(18, 'check_digit'),
	'01': fixed(14, 'check_digit'),
	'02': fixed(14, 'check_digit'),
	'10': upTo(20, 'text'),
	'11': fixed(6, 'date'),
	'12': fixed(6, 'date'),
	'13': fixed(6, 'date'),
	'15': fixed(6, 'date'),
	'16': fixed(6, 'date'),
	'17': fixed(6, 'date'),
	'20': fixed(2, 'digits'),
	'21': upTo(20, 'text'),
	'22': upTo(20, 'text'),
	'30': upTo(8, 'digits'),
	'37': upTo(8, 'digits'),
	'410': fixed(13, 'check_digit'),
	'414': fixed(13, 'check_digit'),
	'422': fixed(3, 'digits'),
};

/** How many digits an identifier has, by its first two. Source: GS1 General Specifications §3.2. */
function identifierLength(firstTwo: string): 2 | 3 | 4 | undefined {
	if (/^(0[0-3]|1[0-7]|2[0-2]|30|37|9[0-9])$/.test(firstTwo)) return 2;
	if (/^(2[3-5]|4[0-2]|71)$/.test(firstTwo)) return 3;
	if (/^(3[1-69]|43|70|72|8[0-2])$/.test(firstTwo)) return 4;
	return undefined;
}

function formOf(identifier: string): IdentifierForm {
	const known = identifierForms[identifier];
	if (known !== undefined) return known;
	// 3100 to 3699 are measures: always six digits, the identifier's last digit counts decimals.
	if (/^3[1-6]/.test(identifier) && identifier.length === 4) return fixed(6, 'digits');
	return upTo(90, 'text');
}

/**
 * Reads a GS1 element string: raw with FNC1 as \x1d (`0109501101530003` + `10AB\x1d17…`), with or without an AIM prefix
 * (`]C1`, `]d2`, `]Q3`, `]e0`), or bracketed as printed (`(01)09501101530003(10)AB`). A value of variable length runs to the
 * next \x1d or to the end: without separators only elements of fixed length can be told apart.
 */
export function readGs1Elements(text: string): Gs1Result {
	const body = text.replace(/^\](C1|d2|Q3|e0|J1)/, '');
	return body.startsWith('(') ? readBracketed(body) : readRaw(body);
}

function readRaw(body: string): Gs1Result {
	const elements: Gs1Element[] = [];
	let at = 0;
	while (at < body.length) {
		if (body.charAt(at) === FNC1) {
			at++;
			continue;
		}
		const length = identifierLength(body.slice(at, at + 2));
		const identifier = body.slice(at, at + (length ?? 2));
		if (length === undefined || !/^[0-9]+$/.test(identifier) || identifier.length < length)
			return { kind: 'failed', reason: 'unknown_identifier', identifier };
		const form = formOf(identifier);
		const start = at + length;
		const separator = body.indexOf(FNC1, start);
		const runEnd = separator === -1 ? body.length : separator;
		const end = form.minimum === form.maximum ? Math.min(start + form.maximum, runEnd) : runEnd;
		const value = body.slice(start, end);
		const reason = fault(value, form);
		if (reason !== undefined) return { kind: 'failed', reason, identifier };
		elements.push({ identifier, value });
		at = end;
	}
	return elements.length > 0 ? { kind: 'ok', elements } : { kind: 'failed', reason: 'empty' };
}

function readBracketed(body: string): Gs1Result {
	const elements: Gs1Element[] = [];
	const opening = /\(([0-9]{2,4})\)/g;
	const marks = [...body.matchAll(opening)].filter(
		(mark) => identifierLength(mark[1]?.slice(0, 2) ?? '') === mark[1]?.length,
	);
	if (marks[0]?.index !== 0) return { kind: 'failed', reason: 'unknown_identifier' };
	for (const [position, mark] of marks.entries()) {
		const identifier = mark[1] ?? '';
		const value = body.slice(mark.index + mark[0].length, marks[position + 1]?.index).replaceAll(FNC1, '');
		const reason = fault(value, formOf(identifier));
		if (reason !== undefined) return { kind: 'failed', reason, identifier };
		elements.push({ identifier, value });
	}
	return { kind: 'ok', elements };
}

function fault(value: string, { minimum, maximum, form }: IdentifierForm): Gs1Failure | undefined {
	if (value.length < minimum) return 'too_short';
	if (value.length > maximum) return 'too_long';
	if (form === 'text') return undefined;
	if (!/^[0-9]+$/.test(value)) return 'not_digits';
	if (form === 'check_digit' && !hasRightCheckDigit(value)) return 'wrong_check_digit';
	if (form === 'date' && readGs1Date(value) === undefined) return 'wrong_date';
	return undefined;
}

/**
 * `YYMMDD` as an ISO date; day 00 means the month's last day (GS1 General Specifications §3.4). Goods that are handled today were
 * not made in the last century, so YY is 20YY.
 */
export function readGs1Date(digits: string): string | undefined {
	const [year, month, day] = [
		2000 + Number(digits.slice(0, 2)),
		Number(digits.slice(2, 4)),
		Number(digits.slice(4, 6)),
	];
	if (month < 1 || month > 12) return undefined;
	const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const monthDays = month === 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
	if (day > monthDays) return undefined;
	const twoDigits = (part: number) => String(part).padStart(2, '0');
	return `${year}-${twoDigits(month)}-${twoDigits(day === 0 ? monthDays : day)}`;
}

/** The first value of an identifier. */
export function gs1Value(elements: readonly Gs1Element[], identifier: string): string | undefined {
	return elements.find((element) => element.identifier === identifier)?.value;
}

/** Net weight in whole grams from (310n), where n counts the decimals of kilograms; undefined where there is none. */
export function gs1NetWeightGrams(elements: readonly Gs1Element[]): number | undefined {
	const element = elements.find(({ identifier }) => /^310[0-6]$/.test(identifier));
	if (element === undefined) return undefined;
	return Math.round((Number(element.value) * 1000) / 10 ** Number(element.identifier.charAt(3)));
}

/** Writes elements as raw text, with FNC1 after each value of variable length that is not the last. */
export function writeGs1Elements(elements: readonly Gs1Element[]): string {
	return elements
		.map(({ identifier, value }, position) => {
			const { minimum, maximum } = formOf(identifier);
			const needsSeparator = minimum !== maximum && position < elements.length - 1;
			return `${identifier}${value}${needsSeparator ? FNC1 : ''}`;
		})
		.join('');
}
