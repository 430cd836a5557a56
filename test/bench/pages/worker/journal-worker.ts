import { opfsJournalFolder } from '../../../../renderer/src/device/worker/opfs-journal-folder.ts';
import { timeBareAppends, timeJournal } from '../../time-journal.ts';
import type { JournalResult } from '../answers.ts';

async function run(count: number): Promise<JournalResult> {
	const folder = await opfsJournalFolder(`bench-${crypto.randomUUID()}`);
	return { journal: await timeJournal(folder, count), bare: await timeBareAppends(folder, count) };
}

self.addEventListener('message', ({ data }: MessageEvent<number>) => {
	void run(data).then((result) => self.postMessage(result));
});
