// What every runtime that Backstock runs in offers, and nothing more: shared code may use only these globals.
declare class TextEncoder {
	encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean });
	decode(bytes?: ArrayBufferView | ArrayBuffer): string;
}
