import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Gs1Element, gs1NetWeightGrams, readGs1Date, readGs1Elements, writeGs1Elements } from './gs1-elements.ts';
import { gtinCheckDigit } from './gtin.ts';

const pairs = (text: string) => {
	const result = readGs1Elements(text);
	return result.kind === 'ok' ? result.elements.map(({ identifier, value }) => `${identifier}=${value}`) : result;
};

describe('element strings', () => {
	test.each([']C1', ']d2', ']Q3', ']e0', ''])('are read behind the prefix "%s"', (prefix) => {
		expect(pairs(`${prefix}010950110153000310AB-123\x1d17261231`)).toEqual([
			'01=09501101530003',
			'10=AB-123',
			'17=261231',
		]);
	});

	test('are read as printed, in brackets', () => {
		expect(pairs('(01)98898765432106(15)991231(3103)001750(10)12A(422)123(21)123456')).toEqual([
			'01=98898765432106',
			'15=991231',
			'3103=001750',
			'10=12A',
			'422=123',
			'21=123456',
		]);
	});

	test('of fixed length need no separator', () => {
		expect(pairs('01900123456789083103001750')).toEqual(['01=90012345678908', '3103=001750']);
		expect(pairs('01900123456789083103001750\x1d17261231\x1d')).toEqual([
			'01=90012345678908',
			'3103=001750',
			'17=261231',
		]);
	});

	test('of a pallet hold the SSCC, or the content and its count', () => {
		expect(pairs('00106141411234567897')).toEqual(['00=106141411234567897']);
		expect(pairs('02095011015300033724')).toEqual(['02=09501101530003', '37=24']);
	});

	test.each([
		['0109501101530004', 'wrong_check_digit'],
		['0109501101530', 'too_short'],
		['17261331', 'wrong_date'],
		['17260230', 'wrong_date'],
		['3012A', 'not_digits'],
		['10ABCDEFGHIJKLMNOPQRSTUVW', 'too_long'],
		['88XYZ', 'unknown_identifier'],
		['hello', 'unknown_identifier'],
		['', 'empty'],
	])('"%s" is refused: %s', (text, reason) => {
		expect(readGs1Elements(text)).toMatchObject({ kind: 'failed', reason });
	});
});

test('day 00 is the last day of the month, also in a leap year', () => {
	expect(readGs1Date('280200')).toBe('2028-02-29');
	expect(readGs1Date('270200')).toBe('2027-02-28');
	expect(readGs1Date('261231')).toBe('2026-12-31');
});

test.each([
	['3103001750', 1750],
	['3102001750', 17500],
	['3100000002', 2000],
	['3106001750', 2],
])('(%s) weighs %d grams', (text, grams) => {
	const result = readGs1Elements(text);
	expect(result.kind === 'ok' && gs1NetWeightGrams(result.elements)).toBe(grams);
});

const digitText = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const checked = (length: number) => digitText(length - 1).map((text) => text + gtinCheckDigit(text));
const anyElement: fc.Arbitrary<Gs1Element> = fc.oneof(
	checked(14).map((value) => ({ identifier: '01', value })),
	checked(18).map((value) => ({ identifier: '00', value })),
	fc.stringMatching(/^[0-9A-Za-z./+-]{1,20}$/).map((value) => ({ identifier: '10', value })),
	fc.stringMatching(/^[0-9A-Za-z./+-]{1,20}$/).map((value) => ({ identifier: '21', value })),
	fc.stringMatching(/^[0-9]{1,8}$/).map((value) => ({ identifier: '37', value })),
	digitText(6).map((value) => ({ identifier: '3103', value })),
	fc.constantFrom('260101', '271231', '300600').map((value) => ({ identifier: '17', value })),
);

test('what is written is read back, raw and in brackets', () => {
	fc.assert(
		fc.property(fc.array(anyElement, { minLength: 1, maxLength: 6 }), (elements) => {
			expect(readGs1Elements(writeGs1Elements(elements))).toEqual({ kind: 'ok', elements });
			const bracketed = elements.map(({ identifier, value }) => `(${identifier})${value}`).join('');
			expect(readGs1Elements(bracketed)).toEqual({ kind: 'ok', elements });
		}),
	);
});

test('any text gets an answer', () => {
	fc.assert(fc.property(fc.string(), (text) => ['ok', 'failed'].includes(readGs1Elements(text).kind)));
});
