import type { Symbology } from './symbology.ts';

export type GtinFailure = 'not_digits' | 'wrong_length' | 'wrong_check_digit' | 'wrong_number_system' | 'all_zeros';

/** `gtin` is canonical: 14 digits, zero-padded. */
export type GtinResult =
	| { readonly kind: 'ok'; readonly gtin: string }
	| { readonly kind: 'failed'; readonly reason: GtinFailure };

/** `gtins` holds every GTIN-14 that the text may mean, the likelier first; never empty. */
export type GtinCandidates =
	| { readonly kind: 'ok'; readonly gtins: readonly string[] }
	| { readonly kind: 'failed'; readonly reason: GtinFailure };

const failed = (reason: GtinFailure) => ({ kind: 'failed', reason }) as const;

const onlyDigits = /^[0-9]+$/;

/**
 * The digit that ends a GS1 number (GTIN, SSCC, GLN): weights 3 and 1 from the right, up to the next ten.
 * Source: GS1 General Specifications §7.9.1. `digitsWithout` is the number without its check digit.
 */
export function gtinCheckDigit(digitsWithout: string): string {
	let sum = 0;
	for (let i = 0; i < digitsWithout.length; i++) {
		const weight = (digitsWithout.length - i) % 2 === 1 ? 3 : 1;
		sum += weight * (digitsWithout.charCodeAt(i) - 48);
	}
	return String((10 - (sum % 10)) % 10);
}

/** True where the last digit is the right check digit of the digits before it. */
export function hasRightCheckDigit(digits: string): boolean {
	return gtinCheckDigit(digits.slice(0, -1)) === digits.slice(-1);
}

/** Reads GTIN-8, -12 (UPC-A), -13 (EAN-13) or -14. An eight-digit text is read as GTIN-8; see readGtins for UPC-E. */
export function parseGtin(text: string): GtinResult {
	if (!onlyDigits.test(text)) return failed(text === '' ? 'wrong_length' : 'not_digits');
	if (![8, 12, 13, 14].includes(text.length)) return failed('wrong_length');
	if (/^0+$/.test(text)) return failed('all_zeros');
	if (!hasRightCheckDigit(text)) return failed('wrong_check_digit');
	return { kind: 'ok', gtin: text.padStart(14, '0') };
}

/**
 * Eleven digits of UPC-A (no check digit) from a number system and the six digits of UPC-E.
 * Source: GS1 General Specifications, "UPC-E: zero-suppression".
 */
function expandSixDigits(numberSystem: string, six: string): string {
	const last = six.charAt(5);
	if ('012'.includes(last)) return `${numberSystem}${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
	if (last === '3') return `${numberSystem}${six.slice(0, 3)}00000${six.slice(3, 5)}`;
	if (last === '4') return `${numberSystem}${six.slice(0, 4)}00000${six.charAt(4)}`;
	return `${numberSystem}${six.slice(0, 5)}0000${last}`;
}

function upcEReading(numberSystem: string, six: string, checkDigit?: string): GtinResult {
	if (numberSystem !== '0' && numberSystem !== '1') return failed('wrong_number_system');
	const eleven = expandSixDigits(numberSystem, six);
	const expected = gtinCheckDigit(eleven);
	if (checkDigit !== undefined && checkDigit !== expected) return failed('wrong_check_digit');
	if (/^0+$/.test(eleven)) return failed('all_zeros');
	return { kind: 'ok', gtin: `00${eleven}${expected}` };
}

/**
 * Reads a text that is known to come from a UPC-E symbol. Scanners send it with or without its number system and its check
 * digit: 8 digits have both, 6 have neither (number system 0), 7 have one of them, so that both readings are candidates.
 */
export function parseUpcE(text: string): GtinCandidates {
	if (!onlyDigits.test(text)) return failed(text === '' ? 'wrong_length' : 'not_digits');
	if (text.length === 8) return candidates([upcEReading(text.charAt(0), text.slice(1, 7), text.charAt(7))]);
	if (text.length === 6) return candidates([upcEReading('0', text)]);
	if (text.length !== 7) return failed('wrong_length');
	return candidates([upcEReading('0', text.slice(0, 6), text.charAt(6)), upcEReading(text.charAt(0), text.slice(1))]);
}

function candidates(readings: readonly GtinResult[]): GtinCandidates {
	const gtins = new Set<string>();
	let reason: GtinFailure | undefined;
	for (const reading of readings) {
		if (reading.kind === 'ok') gtins.add(reading.gtin);
		else reason ??= reading.reason;
	}
	return gtins.size > 0 ? { kind: 'ok', gtins: [...gtins] } : failed(reason ?? 'wrong_length');
}

/**
 * Every GTIN that a scanned or typed text may mean. With a known symbology there is one reading. Without one, eight digits
 * may be a GTIN-8 or a UPC-E, and seven a UPC-E without its number system; only readings with a verified check digit count,
 * since six unchecked digits would make a product of any number.
 */
export function readGtins(text: string, symbology?: Symbology): GtinCandidates {
	if (symbology === 'upc_e' && text.length <= 8) return parseUpcE(text);
	const plain = parseGtin(text);
	if (symbology !== undefined && symbology !== 'other') return candidates([plain]);
	if (plain.kind === 'failed' && plain.reason === 'not_digits') return plain;
	if (text.length === 8) {
		const upcE = upcEReading(text.charAt(0), text.slice(1, 7), text.charAt(7));
		return candidates([plain, upcE]);
	}
	if (text.length === 7) return candidates([upcEReading('0', text.slice(0, 6), text.charAt(6))]);
	return candidates([plain]);
}

/** The shortest form that people know: GTIN-8, UPC-A (12 digits), EAN-13 or GTIN-14, from a canonical GTIN-14. */
export function printGtin(gtin: string): string {
	if (gtin.startsWith('000000')) return gtin.slice(6);
	if (gtin.startsWith('00')) return gtin.slice(2);
	return gtin.startsWith('0') ? gtin.slice(1) : gtin;
}

/** The eight digits of UPC-E for a GTIN-14 that has such a form, else undefined. */
export function printUpcE(gtin: string): string | undefined {
	if (!/^00[01]/.test(gtin)) return undefined;
	const [numberSystem, body] = [gtin.charAt(2), gtin.slice(3, 13)];
	const sixes = [
		`${body.slice(0, 2)}${body.slice(7, 10)}${body.charAt(2)}`,
		`${body.slice(0, 3)}${body.slice(8, 10)}3`,
		`${body.slice(0, 4)}${body.charAt(9)}4`,
		`${body.slice(0, 5)}${body.charAt(9)}`,
	];
	const six = sixes.find((each) => expandSixDigits(numberSystem, each) === `${numberSystem}${body}`);
	return six === undefined ? undefined : `${numberSystem}${six}${gtin.charAt(13)}`;
}
