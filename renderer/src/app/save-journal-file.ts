import { openDeviceClient } from '../device/index.ts';
import { saveFile } from './save-file.ts';

/** Hands the journal's bytes to the browser as a download, named after the day. */
export async function saveJournalFile(): Promise<void> {
	const client = await openDeviceClient();
	const bytes = await client.exportJournal();
	const name = `backstock-journal-${Temporal.Now.plainDateISO().toString()}.bin`;
	saveFile(new Uint8Array(bytes), name, 'application/octet-stream');
}
