import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gtinCheckDigit } from './gtin.ts';
import { locationCode, orderCode, passCode, readScanCode } from './scan-code.ts';

describe('a product', () => {
	test('is the same whichever form was scanned', () => {
		for (const text of ['049000006582', '0049000006582', '00049000006582', ']E00049000006582'])
			expect(readScanCode(text)).toEqual({ kind: 'product', gtins: ['00049000006582'] });
		expect(readScanCode('04965802', 'upc_e')).toEqual({ kind: 'product', gtins: ['00049000006582'] });
		expect(readScanCode('04965802')).toEqual({ kind: 'product', gtins: ['00049000006582'] });
	});

	test('of eight digits is a GTIN-8 where the scanner says so', () => {
		expect(readScanCode(']E412345670')).toEqual({ kind: 'product', gtins: ['00000012345670'] });
		expect(readScanCode('12345670', 'ean_8')).toEqual({ kind: 'product', gtins: ['00000012345670'] });
	});

	test('carries what its GS1 symbol says', () => {
		expect(readScanCode(']d201095011015300031726123110LOT7\x1d21S-9')).toEqual({
			kind: 'product',
			gtins: ['09501101530003'],
			expiry: '2026-12-31',
			lot: 'LOT7',
			serial: 'S-9',
		});
		expect(readScanCode('(02)09501101530003(37)24')).toEqual({
			kind: 'product',
			gtins: ['09501101530003'],
			quantity: 24,
		});
		expect(readScanCode('(01)90012345678908(3103)001750', 'databar_expanded')).toMatchObject({ weightGrams: 1750 });
	});

	test('is found in a GS1 text whose prefix and separators a keyboard scanner lost', () => {
		expect(readScanCode('010950110153000317261231')).toEqual({
			kind: 'product',
			gtins: ['09501101530003'],
			expiry: '2026-12-31',
		});
	});
});

describe('an unknown code says why', () => {
	test.each([
		['', 'empty'],
		[' \r\n', 'empty'],
		['5012345678901', 'wrong_check_digit'],
		['1042', 'wrong_length'],
		['0000000000000', 'all_zeros'],
		['TEST-SHEET', 'not_a_code'],
		['http://code.google.com', 'not_a_code'],
		['ORD-', 'not_a_code'],
		[']C100106141411234567897', 'no_product'],
		[']d20195011015300', 'broken_gs1'],
		[']C10109501101530004', 'wrong_check_digit'],
	])('"%s": %s', (text, reason) => {
		expect(readScanCode(text)).toEqual({ kind: 'unknown', text, reason });
	});
});

describe('codes of our own', () => {
	const body = fc.stringMatching(/^[0-9A-Z][0-9A-Z._/-]{0,59}$/);

	test('are read back as they were written', () => {
		fc.assert(
			fc.property(body, (text) => {
				expect(readScanCode(orderCode(text))).toEqual({ kind: 'order', number: text });
				expect(readScanCode(locationCode(text))).toEqual({ kind: 'location', code: text });
				expect(readScanCode(passCode(text))).toEqual({ kind: 'pass', code: text });
				expect(readScanCode(orderCode(text).toLowerCase())).toEqual({ kind: 'order', number: text });
			}),
		);
	});

	test('are never products, even when the order number is a valid GTIN', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[0-9]{12}$/), (twelve) => {
				const gtin = twelve + gtinCheckDigit(twelve);
				expect(readScanCode(orderCode(gtin)).kind).toBe('order');
			}),
		);
	});

	test('refuse a letter that a barcode or a keyboard scanner may not carry', () => {
		expect(() => orderCode('10 42')).toThrow(RangeError);
		expect(() => locationCode('Café')).toThrow(RangeError);
		expect(() => passCode('')).toThrow(RangeError);
	});
});

test('any text gets an answer', () => {
	fc.assert(fc.property(fc.string(), (text) => typeof readScanCode(text).kind === 'string'));
});
