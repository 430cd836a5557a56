import type { DecodedCode, Frame, FrameDecoder } from '../frame-decoder.ts';

export interface DecodeRequest {
	readonly id: number;
	readonly frame: Frame;
}

/** `error` holds the decoder's own words, for a log; a picture without a code is an empty list. */
export type DecodeReply = { readonly id: number; readonly decoder: FrameDecoder['name'] } & (
	| { readonly kind: 'decoded'; readonly codes: readonly DecodedCode[] }
	| { readonly kind: 'failed'; readonly error: string }
);
