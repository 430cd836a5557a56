import {
	AztecCodeReader,
	BarcodeFormat,
	BinaryBitmap,
	DataMatrixReader,
	DecodeHintType,
	HybridBinarizer,
	MultiFormatOneDReader,
	PDF417Reader,
	QRCodeReader,
	type Reader,
	RGBLuminanceSource,
} from '@zxing/library';
import type { Symbology } from '../../../shared/codes/index.ts';
import type { DecodedCode, Frame, FrameDecoder } from './frame-decoder.ts';

const symbologies: ReadonlyMap<BarcodeFormat, Symbology> = new Map([
	[BarcodeFormat.EAN_8, 'ean_8'],
	[BarcodeFormat.EAN_13, 'ean_13'],
	[BarcodeFormat.UPC_A, 'upc_a'],
	[BarcodeFormat.UPC_E, 'upc_e'],
	[BarcodeFormat.ITF, 'itf'],
	[BarcodeFormat.CODE_39, 'code_39'],
	[BarcodeFormat.CODE_93, 'code_93'],
	[BarcodeFormat.CODABAR, 'codabar'],
	[BarcodeFormat.CODE_128, 'code_128'],
	[BarcodeFormat.RSS_14, 'databar'],
	[BarcodeFormat.RSS_EXPANDED, 'databar_expanded'],
	[BarcodeFormat.QR_CODE, 'qr_code'],
	[BarcodeFormat.DATA_MATRIX, 'data_matrix'],
	[BarcodeFormat.AZTEC, 'aztec'],
	[BarcodeFormat.PDF_417, 'pdf_417'],
]);

const hints = new Map<DecodeHintType, unknown>([
	[DecodeHintType.TRY_HARDER, true],
	// DataBar Expanded is left out: the library itself warns of its reader.
	[DecodeHintType.POSSIBLE_FORMATS, [...symbologies.keys()].filter((format) => format !== BarcodeFormat.RSS_EXPANDED)],
]);

/** Decodes in plain JavaScript, slower and less: for places that bar WebAssembly. Finds at most one code in a picture. */
export function openZxingLibraryDecoder(): FrameDecoder {
	// Not the library's own MultiFormatReader: it writes a warning to the console for each reader that finds nothing.
	const readers: readonly Reader[] = [
		new MultiFormatOneDReader(hints),
		new QRCodeReader(),
		new DataMatrixReader(),
		new AztecCodeReader(),
		new PDF417Reader(),
	];
	return {
		name: 'zxing-library',
		decode: async (frame) => {
			const source = new RGBLuminanceSource(luminance(frame), frame.width, frame.height);
			const bitmap = new BinaryBitmap(new HybridBinarizer(source));
			for (const reader of readers) {
				const code = decodeWith(reader, bitmap);
				if (code !== undefined) return [code];
			}
			return [];
		},
		close: () => {
			for (const reader of readers) reader.reset();
		},
	};
}

function decodeWith(reader: Reader, bitmap: BinaryBitmap): DecodedCode | undefined {
	try {
		const result = reader.decode(bitmap, hints);
		return { text: result.getText(), symbology: symbologies.get(result.getBarcodeFormat()) ?? 'other' };
	} catch {
		// Finding nothing is an exception in this library, and so is half a symbol at the edge of a frame.
		return undefined;
	} finally {
		reader.reset();
	}
}

/** One byte a pixel over a white ground; green counts double. */
function luminance({ data, width, height }: Frame): Uint8ClampedArray {
	const gray = new Uint8ClampedArray(width * height);
	for (let pixel = 0, at = 0; pixel < gray.length; pixel++, at += 4) {
		const light = ((data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 4;
		const opacity = (data[at + 3] ?? 255) / 255;
		gray[pixel] = light * opacity + 255 * (1 - opacity);
	}
	return gray;
}
