import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSscc, readSscc, ssccSerialDigits } from './sscc.ts';

test('an SSCC is read from every form in which scanners send it', () => {
	// The example of the GS1 General Specifications.
	const sscc = '395011015300000011';
	for (const text of [sscc, `00${sscc}`, `]C100${sscc}`, `(00)${sscc}`, ` ${sscc}\n`, `(00)${sscc}(10)AB1`])
		expect(readSscc(text)).toBe(makeSscc('9501101', 3, 530000001));
});

test('a misread or another code is no SSCC', () => {
	for (const text of ['395011015300000012', '00395011015300000012', '9501101530003', '(01)09501101530003', '', 'PO-7'])
		expect(readSscc(text)).toBeNull();
});

test('every SSCC that is made is read again, and has 18 digits', () => {
	const prefix = fc
		.integer({ min: 7, max: 12 })
		.chain((length) =>
			fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((each) => each.join('')),
		);
	fc.assert(
		fc.property(prefix, fc.integer({ min: 0, max: 9 }), fc.nat({ max: 9999 }), (companyPrefix, extension, serial) => {
			const sscc = makeSscc(companyPrefix, extension, serial);
			expect(sscc).toMatch(/^\d{18}$/);
			expect(readSscc(`]C100${sscc}`)).toBe(sscc);
		}),
	);
	expect(ssccSerialDigits('9501101')).toBe(9);
	expect(() => makeSscc('95011', 0, 1)).toThrow(RangeError);
	expect(() => makeSscc('950110153000', 0, 12345)).toThrow(RangeError);
});
