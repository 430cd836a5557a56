import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gtinCheckDigit, parseGtin, parseUpcE, printGtin, printUpcE, readGtins } from './gtin.ts';

const digits = (length: number) =>
	fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
const withCheckDigit = (length: number) =>
	digits(length - 1)
		.filter((text) => !/^0+$/.test(text))
		.map((text) => text + gtinCheckDigit(text));
const anyGtin = fc.constantFrom(8, 12, 13, 14).chain(withCheckDigit);
const validUpcE = fc
	.tuple(fc.constantFrom('0', '1'), digits(6))
	.filter(([numberSystem, six]) => numberSystem + six !== '0000000')
	.map(([numberSystem, six]) => {
		const reading = parseUpcE(numberSystem + six);
		const upcA = reading.kind === 'ok' ? (reading.gtins.at(-1) ?? '') : '';
		return { eight: `${numberSystem}${six}${upcA.charAt(13)}`, gtin: upcA };
	});

describe('real barcodes', () => {
	test.each([
		['9780804816632', '09780804816632'],
		['9780441014989', '09780441014989'],
		['071831007995', '00071831007995'],
		['752050200137', '00752050200137'],
		['12345670', '00000012345670'],
		['48512343', '00000048512343'],
		['30712345000010', '30712345000010'],
		['02001234567893', '02001234567893'],
		['5012345678900', '05012345678900'],
	])('%s is GTIN-14 %s', (text, gtin) => {
		expect(parseGtin(text)).toEqual({ kind: 'ok', gtin });
	});

	test.each([
		['00123457', '00001234000057'],
		['01234531', '00012300000451'],
		['04965802', '00049000006582'],
		['04124498', '00041244000098'],
		['01264904', '00012000006494'],
		['05096893', '00050968000093'],
	])('UPC-E %s is GTIN-14 %s', (text, gtin) => {
		expect(parseUpcE(text)).toEqual({ kind: 'ok', gtins: [gtin] });
		expect(printUpcE(gtin)).toBe(text);
		expect(readGtins(text, 'upc_e')).toEqual({ kind: 'ok', gtins: [gtin] });
	});
});

describe('refusals name their reason', () => {
	test.each([
		['', 'wrong_length'],
		['12345', 'wrong_length'],
		['123456789012345', 'wrong_length'],
		['12345678901a', 'not_digits'],
		['٠١٢٣٤٥٦٧', 'not_digits'],
		['5012345678901', 'wrong_check_digit'],
		['0000000000000', 'all_zeros'],
	])('"%s": %s', (text, reason) => {
		expect(parseGtin(text)).toEqual({ kind: 'failed', reason });
	});

	test('a UPC-E with number system 2 is refused', () => {
		expect(parseUpcE('21234567')).toEqual({ kind: 'failed', reason: 'wrong_number_system' });
	});

	test('six digits are a product only when the reader says that they are UPC-E', () => {
		expect(readGtins('123456')).toEqual({ kind: 'failed', reason: 'wrong_length' });
		expect(readGtins('123453', 'upc_e')).toEqual({ kind: 'ok', gtins: ['00012300000451'] });
	});
});

test('eight digits from a scanner that does not name the symbology keep both readings', () => {
	const both = Array.from({ length: 1_000 }, (_, item) => `0${String(item).padStart(6, '0')}`)
		.map((seven) => seven + gtinCheckDigit(seven))
		.map((text) => ({ text, reading: readGtins(text), upcE: parseUpcE(text) }))
		.filter(({ upcE }) => upcE.kind === 'ok');
	expect(both.length).toBeGreaterThan(50);
	for (const { text, reading, upcE } of both) {
		const gtins = new Set([text.padStart(14, '0'), ...(upcE.kind === 'ok' ? upcE.gtins : [])]);
		expect(reading).toEqual({ kind: 'ok', gtins: [...gtins] });
		expect(readGtins(text, 'ean_8')).toEqual({ kind: 'ok', gtins: [text.padStart(14, '0')] });
	}
});

describe('laws', () => {
	test('one wrong digit is always found', () => {
		fc.assert(
			fc.property(anyGtin, fc.nat(), fc.integer({ min: 1, max: 9 }), (gtin, where, shift) => {
				const at = where % gtin.length;
				const wrong = gtin.slice(0, at) + ((Number(gtin.charAt(at)) + shift) % 10) + gtin.slice(at + 1);
				expect(parseGtin(wrong).kind).toBe('failed');
			}),
		);
	});

	test('two neighbors swapped are found unless they differ by five', () => {
		fc.assert(
			fc.property(anyGtin, fc.nat(), (gtin, where) => {
				const at = where % (gtin.length - 1);
				const [left, right] = [gtin.charAt(at), gtin.charAt(at + 1)];
				const swapped = gtin.slice(0, at) + right + left + gtin.slice(at + 2);
				const goesUnnoticed = Math.abs(Number(left) - Number(right)) % 5 === 0;
				expect(parseGtin(swapped).kind).toBe(goesUnnoticed ? 'ok' : 'failed');
			}),
		);
	});

	test('a GTIN is the same in every longer form', () => {
		fc.assert(
			fc.property(anyGtin, (gtin) => {
				for (const length of [12, 13, 14].filter((each) => each >= gtin.length))
					expect(parseGtin(gtin.padStart(length, '0'))).toEqual(parseGtin(gtin));
			}),
		);
	});

	test('what is printed is read back as the same GTIN', () => {
		fc.assert(
			fc.property(anyGtin, (text) => {
				const gtin = text.padStart(14, '0');
				expect(parseGtin(printGtin(gtin))).toEqual({ kind: 'ok', gtin });
			}),
		);
	});

	test('UPC-E and the UPC-A that it stands for are the same GTIN, with or without number system and check digit', () => {
		fc.assert(
			fc.property(validUpcE, ({ eight, gtin }) => {
				expect(parseUpcE(eight)).toEqual({ kind: 'ok', gtins: [gtin] });
				expect(parseGtin(gtin.slice(2))).toEqual({ kind: 'ok', gtin });
				const sevenWithNumberSystem = parseUpcE(eight.slice(0, 7));
				expect(sevenWithNumberSystem.kind === 'ok' && sevenWithNumberSystem.gtins).toContain(gtin);
				if (eight.startsWith('0')) expect(parseUpcE(eight.slice(1, 7))).toEqual({ kind: 'ok', gtins: [gtin] });
				if (eight.startsWith('0')) expect(readGtins(eight.slice(1)).kind).toBe('ok');
			}),
		);
	});

	test('the short form of a UPC-A expands to the same UPC-A', () => {
		fc.assert(
			fc.property(validUpcE, ({ gtin }) => {
				const short = printUpcE(gtin);
				expect(short).toBeDefined();
				expect(parseUpcE(short ?? '')).toEqual({ kind: 'ok', gtins: [gtin] });
			}),
		);
	});

	test('any text gets an answer, and an answer holds only canonical GTINs', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{5,15}$/)), (text) => {
				const reading = readGtins(text);
				if (reading.kind === 'ok')
					for (const gtin of reading.gtins) expect(parseGtin(gtin)).toEqual({ kind: 'ok', gtin });
			}),
		);
	});
});
