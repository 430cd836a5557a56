import { decodeEntry } from '../../shared/device/journal-entries.ts';
import { parseJournalFileName } from '../../shared/device/journal-files.ts';
import { readRecords } from '../../shared/device/journal-record.ts';
import type { SimulatedDisk } from './simulated-disk.ts';
import type { World } from './world.ts';

/** Ids of the operations that can be read in the journals of this disk. */
export async function readableOperations(disk: SimulatedDisk): Promise<ReadonlySet<string>> {
	const { folder } = await disk.copy();
	const readable = new Set<string>();
	for (const name of await folder.list()) {
		if (parseJournalFileName(name)?.holds !== 'operations') continue;
		for (const { body } of readRecords(await folder.read(name)).records) {
			const entry = decodeEntry(body);
			if (entry?.kind === 'operation') readable.add(entry.operation.opId);
		}
	}
	return readable;
}

/** An accident has changed a disk that held these operations: it took those that can't be read any more. */
export async function noteTaken(world: World, before: ReadonlySet<string>, disk: SimulatedDisk): Promise<void> {
	for (const opId of before.difference(await readableOperations(disk))) world.taken.add(opId);
	await excuseTaken(world);
}

/**
 * Operations that an accident took from a disk may be missing from when on central lacks them too, as it never had them or a backup was
 * restored, and no other disk has a copy: nothing can bring them back. Nothing else may be missing.
 */
export async function excuseTaken({ postgres: { db }, machines, taken, excused }: World): Promise<void> {
	if (taken.size === 0) return;
	const rows = await db.selectFrom('operation').select('op_id').execute();
	const kept = new Set(rows.map(({ op_id }) => op_id));
	for (const { disk } of machines) for (const opId of await readableOperations(disk)) kept.add(opId);
	for (const opId of taken.difference(kept)) excused.add(opId);
}
