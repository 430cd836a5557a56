import type { RecoveryNote } from './device-client.ts';
import { readRecords } from './journal-record.ts';
import type { JournalFile, JournalFolder } from './ports.ts';

/** One file as recovery left it: open, sound up to its end. */
export interface RecoveredFile {
	readonly file: JournalFile;
	readonly size: number;
	readonly bodies: readonly Uint8Array[];
	readonly notes: readonly RecoveryNote[];
}

/** Opens a file of the journal. A torn tail is copied aside and cut; damage in the middle is copied aside and stepped over. */
export async function recoverFile(
	folder: JournalFolder,
	name: string,
	existing: ReadonlySet<string>,
): Promise<RecoveredFile> {
	const file = await folder.open(name);
	try {
		return await mended(folder, name, file, existing);
	} catch (error) {
		await file.close();
		throw error;
	}
}

async function mended(
	folder: JournalFolder,
	name: string,
	file: JournalFile,
	existing: ReadonlySet<string>,
): Promise<RecoveredFile> {
	const size = await file.size();
	const bytes = await file.read(0, size);
	const { records, damaged, soundBytes } = readRecords(bytes);
	const notes: RecoveryNote[] = [];
	for (const damage of damaged) {
		const copiedTo = `${name}.damaged-at-${damage.offset}`;
		if (!existing.has(copiedTo)) await folder.copy(name, copiedTo);
		notes.push({ file: name, what: 'damaged_middle', bytes: damage.bytes, copiedTo });
	}
	if (soundBytes < size) {
		const copiedTo = freeName(`${name}.torn-at-${soundBytes}`, existing);
		await folder.copy(name, copiedTo);
		await file.truncate(soundBytes);
		await file.flush();
		notes.push({ file: name, what: 'torn_tail', bytes: size - soundBytes, copiedTo });
	}
	return { file, size: soundBytes, bodies: records.map((record) => record.body), notes };
}

function freeName(wanted: string, existing: ReadonlySet<string>): string {
	let name = wanted;
	for (let number = 2; existing.has(name); number++) name = `${wanted}-${number}`;
	return name;
}
