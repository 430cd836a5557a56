/** For tests only: runs the suites where access handles and IndexedDB exist. No page of the app starts it. */

import { journalConformance } from '../../../../shared/device/journal-conformance.ts';
import { keyConformance } from '../../../../shared/device/key-conformance.ts';
import { browserKeyStore } from './browser-key-store.ts';
import { opfsJournalFolder } from './opfs-journal-folder.ts';

async function verified(publicKey: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
	const raw = Uint8Array.fromBase64(publicKey, { alphabet: 'base64url' });
	const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
	return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
}

const cases = [
	...journalConformance.map(({ name, run }, index) => ({
		name,
		run: () => run(() => opfsJournalFolder(`conformance-${index}`)),
	})),
	...keyConformance.map(({ name, run }, index) => ({
		name,
		run: () => run(async () => browserKeyStore(`key-conformance-${index}`), verified),
	})),
];

async function results(): Promise<string> {
	const lines: string[] = [];
	for (const { name, run } of cases) {
		try {
			await run();
			lines.push(`kept: ${name}`);
		} catch (error) {
			lines.push(`broken: ${name}: ${String(error)}`);
		}
	}
	return lines.join('\n');
}

postMessage(await results());
