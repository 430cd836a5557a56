import type { ByteReader } from './http-central.ts';

/** Reads an event stream (HTML standard, section 9.2) until it ends: `event` gets each event's data, `heard` every sign of life. */
export async function readServerSentEvents(
	reader: ByteReader,
	on: { readonly heard: () => void; readonly event: (data: string) => void },
): Promise<void> {
	let pending = new Uint8Array(0);
	let data: string[] = [];
	on.heard();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return;
		on.heard();
		pending = concatenated(pending, value ?? new Uint8Array(0));
		// Lines are cut in bytes: a character may be split between two chunks, a line end never is.
		for (let end = pending.indexOf(10); end !== -1; end = pending.indexOf(10)) {
			const line = new TextDecoder('utf-8').decode(pending.subarray(0, end)).replace(/\r$/, '');
			pending = pending.slice(end + 1);
			if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
			if (line !== '' || data.length === 0) continue;
			on.event(data.join('\n'));
			data = [];
		}
	}
}

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}
