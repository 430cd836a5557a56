import { decodeEntry } from './journal-entries.ts';
import { parseJournalFileName } from './journal-files.ts';
import { readRecords } from './journal-record.ts';
import type { JournalFolder } from './ports.ts';

/**
 * The device that wrote the newest journal of this folder, or null. A device whose identity was lost enrolls under its old id
 * again, keeps its lane, and so what it had not sent yet is sent.
 */
export async function journalOwner(folder: JournalFolder): Promise<string | null> {
	let newest: { readonly deviceId: string; readonly wall: string } | null = null;
	for (const name of await folder.list()) {
		if (parseJournalFileName(name)?.holds !== 'operations') continue;
		const operations = readRecords(await folder.read(name)).records.flatMap(({ body }) => {
			const entry = decodeEntry(body);
			return entry?.kind === 'operation' ? [entry.operation] : [];
		});
		const operation = operations.at(-1);
		if (operation === undefined || (newest !== null && operation.occurredAt.wall <= newest.wall)) continue;
		newest = { deviceId: operation.deviceId, wall: operation.occurredAt.wall };
	}
	return newest?.deviceId ?? null;
}
