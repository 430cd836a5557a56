import type { FrameDecoder } from './frame-decoder.ts';

/**
 * The best decoder that works here: zxing-wasm, or @zxing/library where WebAssembly is missing, barred by policy, or its file can't be
 * had. `wasm` is the binary or its address on this origin.
 */
export async function openFrameDecoder(wasm: ArrayBuffer | string): Promise<FrameDecoder> {
	if (typeof WebAssembly === 'object') {
		try {
			const { openZxingWasmDecoder } = await import('./zxing-wasm-decoder.ts');
			return await openZxingWasmDecoder(wasm);
		} catch {
			// Whatever the reason, the slower decoder is the answer.
		}
	}
	const { openZxingLibraryDecoder } = await import('./zxing-library-decoder.ts');
	return openZxingLibraryDecoder();
}
