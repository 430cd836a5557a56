import { opfsJournalFolder } from '../../../renderer/src/device/worker/opfs-journal-folder.ts';
import { timeBareAppends, timeJournal } from '../time-journal.ts';

export interface JournalResult {
	/** Milliseconds from asking until the operation is on the disk, one after the other. */
	readonly journal: readonly number[];
	/** The same bytes appended and flushed, without the journal. */
	readonly bare: readonly number[];
}

async function run(count: number): Promise<JournalResult> {
	const folder = await opfsJournalFolder(`bench-${crypto.randomUUID()}`);
	return { journal: await timeJournal(folder, count), bare: await timeBareAppends(folder, count) };
}

self.addEventListener('message', ({ data }: MessageEvent<number>) => {
	void run(data).then((result) => self.postMessage(result));
});
