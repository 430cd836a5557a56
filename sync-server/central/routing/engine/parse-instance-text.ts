import { gunzipSync } from 'node:zlib';
import type { InstanceFault } from './instance-fault.ts';
import { jsonFaultPlace } from './json-fault-place.ts';

/** What a packed file may unpack to: more is an attack or an accident. */
const mostBytes = 400_000_000;

export type ParsedText = { readonly value: unknown } | { readonly fault: InstanceFault };

/** Bytes to a JSON value, unpacking gzip by its first two bytes. Never throws. */
export function parseInstanceText(bytes: Uint8Array, mostUnpackedBytes = mostBytes): ParsedText {
	if (bytes.length === 0) return broken('The file is empty.');
	const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
	let plain = bytes;
	if (isPacked) {
		try {
			plain = gunzipSync(bytes, { maxOutputLength: mostUnpackedBytes });
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'ERR_BUFFER_TOO_LARGE')
				return broken(`The gzip file unpacks to more than ${Math.round(mostUnpackedBytes / 1_000_000)} MB.`);
			return broken(
				code === 'Z_BUF_ERROR'
					? 'The gzip file ends too early: it was cut off.'
					: 'The gzip file is damaged, and can’t be unpacked.',
			);
		}
	}
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
	} catch {
		return broken('This is not a text in UTF-8, and so no JSON.');
	}
	try {
		return { value: JSON.parse(text) };
	} catch {
		return broken(jsonFault(text));
	}
}

function broken(what: string): ParsedText {
	return { fault: { place: '', what } };
}

function jsonFault(text: string): string {
	const at = jsonFaultPlace(text);
	return at >= text.trimEnd().length
		? `The JSON ends too early, at ${placeInText(text, text.length)}: it was cut off.`
		: `This is no JSON from ${placeInText(text, at)} on.`;
}

function placeInText(text: string, position: number): string {
	let line = 1;
	let start = 0;
	for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) {
		line += 1;
		start = at + 1;
	}
	return `line ${line}, column ${position - start + 1}`;
}
