import { decodeEntry } from './journal-entries.ts';
import { parseJournalFileName } from './journal-files.ts';
import { readRecords } from './journal-record.ts';
import type { JournalFolder } from './ports.ts';

/**
 * The device that wrote the newest journal of this folder, or null. A device whose identity was lost enrolls under its old id
 * again, keeps its lane, and so what it had not sent yet is sent. A lane that goes on in another one doesn't count.
 */
export async function journalOwner(folder: JournalFolder): Promise<string | null> {
	const newest = new Map<string, { readonly deviceId: string; readonly wall: string }>();
	const ended = new Set<string>();
	for (const name of await folder.list()) {
		const lane = parseJournalFileName(name)?.laneId;
		if (lane === undefined) continue;
		for (const { body } of readRecords(await folder.read(name)).records) {
			const entry = decodeEntry(body);
			if (entry?.kind === 'carried_over') ended.add(lane);
			if (entry?.kind !== 'operation') continue;
			const { deviceId, occurredAt } = entry.operation;
			if (occurredAt.wall > (newest.get(lane)?.wall ?? '')) newest.set(lane, { deviceId, wall: occurredAt.wall });
		}
	}
	const open = [...newest].filter(([lane]) => !ended.has(lane)).map(([, owner]) => owner);
	return open.sort((a, b) => (a.wall < b.wall ? 1 : -1))[0]?.deviceId ?? null;
}
