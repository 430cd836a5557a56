export {
	FNC1,
	type Gs1Element,
	type Gs1Failure,
	type Gs1Result,
	gs1NetWeightGrams,
	gs1Value,
	readGs1Date,
	readGs1Elements,
	writeGs1Elements,
} from './gs1-elements.ts';
export {
	type GtinCandidates,
	type GtinFailure,
	type GtinResult,
	gtinCheckDigit,
	hasRightCheckDigit,
	parseGtin,
	parseUpcE,
	printGtin,
	printUpcE,
	readGtins,
} from './gtin.ts';
export {
	locationCode,
	orderCode,
	type ProductScan,
	passCode,
	readScanCode,
	type ScanCode,
	type UnknownScanReason,
} from './scan-code.ts';
export { makeSscc, readSscc, ssccSerialDigits } from './sscc.ts';
export type { Symbology } from './symbology.ts';
