import { prepareZXingModule, purgeZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader';
import type { Symbology } from '../../../shared/codes/index.ts';
import type { DecodedCode, FrameDecoder } from './frame-decoder.ts';

const symbologies: Readonly<Partial<Record<ReadResult['format'], Symbology>>> = {
	EAN8: 'ean_8',
	EAN13: 'ean_13',
	ISBN: 'ean_13',
	UPCA: 'upc_a',
	UPCE: 'upc_e',
	DataBarExp: 'databar_expanded',
	DataBarExpStk: 'databar_expanded',
};

const symbologyGroups: Readonly<Partial<Record<ReadResult['symbology'], Symbology>>> = {
	ITF: 'itf',
	Code39: 'code_39',
	Code93: 'code_93',
	Codabar: 'codabar',
	Code128: 'code_128',
	DataBar: 'databar',
	QRCode: 'qr_code',
	DataMatrix: 'data_matrix',
	Aztec: 'aztec',
	PDF417: 'pdf_417',
};

/**
 * Decodes with zxing-cpp compiled to WebAssembly. `wasm` is the binary itself or its address on this origin; without it the library
 * would ask a public server. Throws where WebAssembly is barred.
 */
export async function openZxingWasmDecoder(wasm: ArrayBuffer | string): Promise<FrameDecoder> {
	const overrides = typeof wasm === 'string' ? { locateFile: () => wasm } : { wasmBinary: wasm };
	await prepareZXingModule({ overrides, fireImmediately: true });
	return {
		name: 'zxing-wasm',
		decode: async (frame) => {
			const picture = { ...frame, colorSpace: 'srgb' } as const;
			const results = await readBarcodes(picture as ImageData, {
				tryHarder: true,
				maxNumberOfSymbols: 4,
				textMode: 'Plain',
			});
			return results.filter((result) => result.isValid).map(decodedCode);
		},
		close: purgeZXingModule,
	};
}

function decodedCode(result: ReadResult): DecodedCode {
	const symbology = symbologies[result.format] ?? symbologyGroups[result.symbology] ?? 'other';
	// A symbol that says of itself that it carries GS1 elements keeps saying so, in the form that a scanner would send.
	const isGs1 = result.contentType === 'GS1' && /^\](C1|d2|Q3|e0|J1)$/.test(result.symbologyIdentifier);
	return { text: isGs1 ? result.symbologyIdentifier + result.text : result.text, symbology };
}
