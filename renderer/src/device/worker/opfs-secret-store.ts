import { frameRecord, readRecords } from '../../../../shared/device/journal-record.ts';
import type { JournalFolder, SecretStore } from '../../../../shared/device/ports.ts';

const slots = ['identity-1.bin', 'identity-2.bin'] as const;

/** The device's secrets in two slots that are written by turns: a crash while one is written leaves the other whole. */
export function opfsSecretStore(folder: JournalFolder): SecretStore {
	let version = 0;

	async function latest(): Promise<{ version: number; text: string } | null> {
		const names = new Set(await folder.list());
		let found: { version: number; text: string } | null = null;
		for (const slot of slots) {
			if (!names.has(slot)) continue;
			const body = readRecords(await folder.read(slot)).records[0]?.body;
			if (body === undefined) continue;
			const text = new TextDecoder().decode(body);
			const end = text.indexOf('\n');
			const stored = Number(text.slice(0, end));
			if (found === null || stored > found.version) found = { version: stored, text: text.slice(end + 1) };
		}
		return found;
	}

	return {
		read: async () => {
			const found = await latest();
			version = found?.version ?? 0;
			return found?.text ?? null;
		},
		write: async (text) => {
			const next = version + 1;
			const file = await folder.open(slots[next % slots.length] ?? slots[0]);
			try {
				await file.truncate(0);
				await file.append(frameRecord(new TextEncoder().encode(`${next}\n${text}`)));
				await file.flush();
				version = next;
			} finally {
				await file.close();
			}
		},
	};
}
