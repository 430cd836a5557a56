import { mostFileBytes } from '../../../../shared/protocol/replay-messages.ts';

export type PackedFile =
	| { readonly ok: true; readonly file: string }
	| { readonly ok: false; readonly reason: 'too_large' | 'empty' | 'unreadable' };

/** What a question may hold, but for what goes with the file. */
const mostPackedText = 1_900_000;

/** A file's bytes as a question carries them: packed unless they are, and in base64. */
export async function packFile(file: Blob): Promise<PackedFile> {
	if (file.size === 0) return { ok: false, reason: 'empty' };
	if (file.size > mostFileBytes) return { ok: false, reason: 'too_large' };
	try {
		const bytes = new Uint8Array(await file.arrayBuffer());
		const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
		const packed = isPacked ? bytes : await gzip(file);
		const text = base64Of(packed);
		return text.length > mostPackedText ? { ok: false, reason: 'too_large' } : { ok: true, file: text };
	} catch {
		// Moved, deleted or changed since it was chosen.
		return { ok: false, reason: 'unreadable' };
	}
}

async function gzip(file: Blob): Promise<Uint8Array> {
	const packed = file.stream().pipeThrough(new CompressionStream('gzip'));
	return new Uint8Array(await new Response(packed).arrayBuffer());
}

const atOnce = 0x8000;

function base64Of(bytes: Uint8Array): string {
	let text = '';
	for (let start = 0; start < bytes.length; start += atOnce) {
		text += String.fromCharCode(...bytes.subarray(start, start + atOnce));
	}
	return btoa(text);
}
