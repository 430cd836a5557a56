import { FNC1, gs1NetWeightGrams, gs1Value, readGs1Date, readGs1Elements } from './gs1-elements.ts';
import { type GtinFailure, hasRightCheckDigit, parseGtin, readGtins } from './gtin.ts';
import type { Symbology } from './symbology.ts';

export type UnknownScanReason =
	| 'empty'
	| 'not_a_code'
	| 'no_product'
	| 'broken_gs1'
	| Exclude<GtinFailure, 'not_digits'>;

/**
 * A product as its barcode names it. `gtins` are canonical GTIN-14 candidates, likelier first; `expiry` is
 * an ISO date, from (17) or else the best-before date (15).
 */
export interface ProductScan {
	readonly kind: 'product';
	readonly gtins: readonly string[];
	readonly lot?: string;
	readonly serial?: string;
	readonly expiry?: string;
	readonly quantity?: number;
	readonly weightGrams?: number;
}

/** What a scanned or typed text names. */
export type ScanCode =
	| ProductScan
	| { readonly kind: 'order'; readonly number: string }
	| { readonly kind: 'location'; readonly code: string }
	| { readonly kind: 'pass'; readonly code: string }
	| { readonly kind: 'unknown'; readonly text: string; readonly reason: UnknownScanReason };

// A prefix in letters, so that no order number can be taken for a GTIN.
const ownCode = /^(ORD|LOC|PASS)-([0-9A-Z][0-9A-Z._/-]{0,59})$/;

/** The text of an order's barcode. Letters become capitals: case never tells two codes apart. */
export function orderCode(number: string): string {
	return written('ORD', number);
}

/** The text on a shelf, tote or staging location. */
export function locationCode(code: string): string {
	return written('LOC', code);
}

/** The text of a customer's pickup pass. */
export function passCode(code: string): string {
	return written('PASS', code);
}

function written(prefix: 'ORD' | 'LOC' | 'PASS', body: string): string {
	const text = `${prefix}-${body.toUpperCase()}`;
	if (!ownCode.test(text)) throw new RangeError(`a ${prefix} code can't carry "${body}"`);
	return text;
}

/**
 * Says what a text names. `symbology` is passed where the reader knows it (camera): it settles whether eight digits are a GTIN-8 or a
 * UPC-E. A leading AIM identifier (`]C1`, `]E0`) is understood and dropped.
 */
export function readScanCode(text: string, symbology?: Symbology): ScanCode {
	const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
	const prefix = /^\][A-Za-z][0-9A-Za-z]/.exec(trimmed)?.[0];
	const body = prefix === undefined ? trimmed : trimmed.slice(3);
	if (body === '') return { kind: 'unknown', text, reason: 'empty' };
	const own = ownCode.exec(body.toUpperCase());
	if (own !== null) return readOwnCode(own[1] ?? '', own[2] ?? '');
	if (saysGs1(body, prefix, symbology)) return readGs1Code(body, text);
	const gtins = readGtins(body, symbologyOf(prefix) ?? symbology);
	if (gtins.kind === 'ok') return { kind: 'product', gtins: gtins.gtins };
	if (mayBeGs1WithoutPrefix(body)) {
		const code = readGs1Code(body, text);
		if (code.kind === 'product') return code;
	}
	return { kind: 'unknown', text, reason: gtins.reason === 'not_digits' ? 'not_a_code' : gtins.reason };
}

function readOwnCode(prefix: string, body: string): ScanCode {
	if (prefix === 'ORD') return { kind: 'order', number: body };
	return prefix === 'LOC' ? { kind: 'location', code: body } : { kind: 'pass', code: body };
}

/** ISO/IEC 15424: ]E4 is EAN-8; ]E0 carries EAN-13, UPC-A and UPC-E, all sent in full length. */
function symbologyOf(prefix: string | undefined): Symbology | undefined {
	if (prefix === ']E4') return 'ean_8';
	return prefix === ']E0' ? 'ean_13' : undefined;
}

function saysGs1(body: string, prefix: string | undefined, symbology: Symbology | undefined): boolean {
	if (prefix !== undefined) return /^\](C1|d2|Q3|e0|J1)$/.test(prefix);
	return symbology === 'databar_expanded' || body.startsWith(FNC1) || /^\([0-9]{2,4}\)/.test(body);
}

// A scanner in keyboard mode often sends neither AIM prefix nor FNC1; the GTIN's own check digit is then the proof.
function mayBeGs1WithoutPrefix(body: string): boolean {
	return /^0[12][0-9]{14}/.test(body) && hasRightCheckDigit(body.slice(2, 16));
}

function readGs1Code(body: string, text: string): ScanCode {
	const result = readGs1Elements(body);
	if (result.kind === 'failed') {
		const reason = result.reason === 'wrong_check_digit' ? 'wrong_check_digit' : 'broken_gs1';
		return { kind: 'unknown', text, reason };
	}
	const { elements } = result;
	const named = gs1Value(elements, '01') ?? gs1Value(elements, '02');
	if (named === undefined) return { kind: 'unknown', text, reason: 'no_product' };
	const gtin = parseGtin(named);
	if (gtin.kind === 'failed') return { kind: 'unknown', text, reason: 'no_product' };
	const expiry = readGs1Date(gs1Value(elements, '17') ?? gs1Value(elements, '15') ?? '');
	const quantity = gs1Value(elements, '30') ?? gs1Value(elements, '37');
	const lot = gs1Value(elements, '10');
	const serial = gs1Value(elements, '21');
	const weightGrams = gs1NetWeightGrams(elements);
	return {
		kind: 'product',
		gtins: [gtin.gtin],
		...(lot === undefined ? {} : { lot }),
		...(serial === undefined ? {} : { serial }),
		...(expiry === undefined ? {} : { expiry }),
		...(quantity === undefined ? {} : { quantity: Number(quantity) }),
		...(weightGrams === undefined ? {} : { weightGrams }),
	};
}
