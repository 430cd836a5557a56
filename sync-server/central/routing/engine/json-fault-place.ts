/** What may come next: a value, a key, a colon, or what follows a value. `first…`: also the end of the list or object. */
type Wanted = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'rest';

const plainToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Where a text stops being JSON (RFC 8259), as an offset; its length where it only ends too early. JSON.parse doesn't tell it for all faults. */
export function jsonFaultPlace(text: string): number {
	const open: ('[' | '{')[] = [];
	let wanted = 'value' as Wanted;
	for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
		const sign = text[at] as string;
		if (wanted === 'rest') {
			const inner = open.at(-1);
			if (sign === ',' && inner !== undefined) wanted = inner === '[' ? 'value' : 'key';
			else if ((sign === ']' && inner === '[') || (sign === '}' && inner === '{')) open.pop();
			else return at;
			at += 1;
		} else if (wanted === 'colon') {
			if (sign !== ':') return at;
			wanted = 'value';
			at += 1;
		} else if ((sign === ']' && wanted === 'first value') || (sign === '}' && wanted === 'first key')) {
			open.pop();
			wanted = 'rest';
			at += 1;
		} else if (sign === '"') {
			const { end, isClosed } = readString(text, at);
			if (!isClosed) return end;
			wanted = wanted === 'key' || wanted === 'first key' ? 'colon' : 'rest';
			at = end;
		} else if (wanted === 'key' || wanted === 'first key') {
			return at;
		} else if (sign === '[' || sign === '{') {
			open.push(sign);
			wanted = sign === '[' ? 'first value' : 'first key';
			at += 1;
		} else {
			plainToken.lastIndex = at;
			if (!plainToken.test(text)) return at;
			wanted = 'rest';
			at = plainToken.lastIndex;
		}
	}
	return text.length;
}

/** `end`: after the closing quote, or the place of the fault where there is none. */
function readString(text: string, start: number): { readonly end: number; readonly isClosed: boolean } {
	let at = start + 1;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code === 0x22) return { end: at + 1, isClosed: true };
		if (code < 0x20) break;
		if (code === 0x5c) {
			escapeSequence.lastIndex = at;
			if (!escapeSequence.test(text)) break;
			at = escapeSequence.lastIndex;
		} else at += 1;
	}
	return { end: at, isClosed: false };
}

function skipSpace(text: string, from: number): number {
	let at = from;
	for (; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) break;
	}
	return at;
}
