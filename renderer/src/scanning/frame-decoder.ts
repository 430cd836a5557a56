import type { Symbology } from '../../../shared/codes/index.ts';

/** A picture as a canvas gives it: RGBA, four bytes a pixel, row by row. */
export interface Frame {
	readonly data: Uint8ClampedArray<ArrayBuffer>;
	readonly width: number;
	readonly height: number;
}

export interface DecodedCode {
	readonly text: string;
	readonly symbology: Symbology;
}

/** Finds the codes in one picture. No code in it is an empty list, not an error. */
export interface FrameDecoder {
	readonly name: 'zxing-wasm' | 'zxing-library';
	readonly decode: (frame: Frame) => Promise<readonly DecodedCode[]>;
	readonly close: () => void;
}
