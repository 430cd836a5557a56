import { gs1Value, readGs1Elements } from './gs1-elements.ts';
import { gtinCheckDigit, hasRightCheckDigit } from './gtin.ts';

/**
 * The SSCC that a scan names: as the element (00) of a GS1 symbol, with or without its AIM prefix or brackets, or as its bare 18 digits.
 * Null where there is none, or its check digit is wrong.
 */
export function readSscc(text: string): string | null {
	const trimmed = text.trim();
	if (/^[0-9]{18}$/.test(trimmed)) return hasRightCheckDigit(trimmed) ? trimmed : null;
	const result = readGs1Elements(trimmed);
	return result.kind === 'ok' ? (gs1Value(result.elements, '00') ?? null) : null;
}

/** How many digits a serial reference has beside a company prefix. Source: GS1 General Specifications §2.2.1. */
export function ssccSerialDigits(companyPrefix: string): number {
	return 16 - companyPrefix.length;
}

/**
 * Makes an SSCC: extension digit, GS1 company prefix (7 to 12 digits), serial reference filled up with zeros, check digit.
 * @throws RangeError when a part does not fit
 */
export function makeSscc(companyPrefix: string, extensionDigit: number, serialReference: number): string {
	const serial = String(serialReference).padStart(ssccSerialDigits(companyPrefix), '0');
	const digits = `${extensionDigit}${companyPrefix}${serial}`;
	if (!/^[0-9]{7,12}$/.test(companyPrefix) || !/^[0-9]{17}$/.test(digits))
		throw new RangeError(`no SSCC can be made of ${companyPrefix}, ${extensionDigit} and ${serialReference}`);
	return digits + gtinCheckDigit(digits);
}
