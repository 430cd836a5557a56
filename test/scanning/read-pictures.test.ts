import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { DecodedCode, FrameDecoder } from '../../renderer/src/scanning/frame-decoder.ts';
import { openFrameDecoder } from '../../renderer/src/scanning/open-frame-decoder.ts';
import { openZxingLibraryDecoder } from '../../renderer/src/scanning/zxing-library-decoder.ts';
import { openZxingWasmDecoder } from '../../renderer/src/scanning/zxing-wasm-decoder.ts';
import { FNC1, readScanCode } from '../../shared/codes/index.ts';
import { readPng } from '../fixtures/read-png.ts';

interface Picture {
	readonly file: string;
	readonly symbology: string;
	readonly expected: string;
	readonly gtin: string | null;
}

const folder = new URL('../fixtures/barcodes/', import.meta.url);
const { pictures } = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as { pictures: Picture[] };
const wasmFile = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
const wasm = Uint8Array.from(wasmFile).buffer;

/** Whether a decoded code says what the picture holds, whichever of its forms the decoder gives. */
function says({ text, symbology }: DecodedCode, { gtin, expected }: Picture): boolean {
	const code = readScanCode(text, symbology);
	if (gtin !== null) return code.kind === 'product' && code.gtins.includes(gtin);
	return text.replace(/^\][A-Za-z][0-9]/, '').replaceAll(FNC1, '') === expected.replace(/[()]/g, '');
}

async function readAll(decoder: FrameDecoder) {
	const misses: string[] = [];
	let wrong = 0;
	const startedAt = performance.now();
	for (const picture of pictures) {
		const codes = await decoder.decode(readPng(readFileSync(new URL(picture.file, folder))));
		if (codes.some((code) => says(code, picture))) continue;
		if (codes.length > 0) wrong++;
		misses.push(
			`${picture.file} -> ${codes.map(({ symbology, text }) => `${symbology} ${text}`).join(', ') || 'nothing'}`,
		);
	}
	const right = pictures.length - misses.length;
	const milliseconds = (performance.now() - startedAt) / pictures.length;
	console.log(
		`${decoder.name}: ${right} of ${pictures.length} right, ${wrong} wrong, ${milliseconds.toFixed(1)} ms a picture`,
	);
	for (const miss of misses) console.log(`  ${miss}`);
	return { right, wrong };
}

describe('real pictures of barcodes', () => {
	const opened: FrameDecoder[] = [];
	afterAll(() => {
		for (const decoder of opened) decoder.close();
	});

	test('zxing-wasm reads every picture of the set, and none wrongly', async () => {
		const decoder = await openZxingWasmDecoder(wasm);
		opened.push(decoder);
		expect(await readAll(decoder)).toEqual({ right: pictures.length, wrong: 0 });
	}, 60_000);

	test('the JavaScript decoder reads most of them, and none wrongly', async () => {
		const decoder = openZxingLibraryDecoder();
		opened.push(decoder);
		const { right, wrong } = await readAll(decoder);
		expect(wrong).toBe(0);
		expect(right).toBeGreaterThanOrEqual(20);
	}, 60_000);
});

test('where the WebAssembly file is broken, the JavaScript decoder takes over', async () => {
	const decoder = await openFrameDecoder(new ArrayBuffer(8));
	expect(decoder.name).toBe('zxing-library');
	decoder.close();
});

test('an empty picture holds no code', async () => {
	const white = () => ({ data: new Uint8ClampedArray(320 * 240 * 4).fill(255), width: 320, height: 240 });
	for (const decoder of [openZxingLibraryDecoder(), await openZxingWasmDecoder(wasm)]) {
		expect(await decoder.decode(white())).toEqual([]);
		decoder.close();
	}
});
