import { decodeEntry } from './journal-entries.ts';
import { parseJournalFileName } from './journal-files.ts';
import { readRecords } from './journal-record.ts';
import type { JournalFolder } from './ports.ts';

export interface JournalOwner {
	readonly deviceId: string;
	/** The lane, when this folder holds it from its first operation on; a device may ask central to have it again. */
	readonly laneId: string | null;
}

/**
 * The device that wrote the newest journal of this folder, or null. A device whose identity was lost enrolls under its old id
 * again, keeps its lane, and so what it had not sent yet is sent. A lane that goes on in another one doesn't count.
 */
export async function journalOwner(folder: JournalFolder): Promise<JournalOwner | null> {
	const newest = new Map<string, { readonly deviceId: string; readonly wall: string }>();
	const whole = new Set<string>();
	const ended = new Set<string>();
	for (const name of await folder.list()) {
		const lane = parseJournalFileName(name)?.laneId;
		if (lane === undefined) continue;
		for (const { body } of readRecords(await folder.read(name)).records) {
			const entry = decodeEntry(body);
			if (entry?.kind === 'carried_over') ended.add(lane);
			if (entry?.kind !== 'operation') continue;
			const { deviceId, occurredAt, seq } = entry.operation;
			if (seq === 1) whole.add(lane);
			if (occurredAt.wall > (newest.get(lane)?.wall ?? '')) newest.set(lane, { deviceId, wall: occurredAt.wall });
		}
	}
	const open = [...newest].filter(([lane]) => !ended.has(lane)).sort(([, a], [, b]) => (a.wall < b.wall ? 1 : -1));
	const [found] = open;
	if (found === undefined) return null;
	const [laneId, { deviceId }] = found;
	return { deviceId, laneId: whole.has(laneId) ? laneId : null };
}
