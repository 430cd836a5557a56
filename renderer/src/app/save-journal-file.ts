import { openDeviceClient } from '../device/index.ts';

/** Hands the journal's bytes to the browser as a download, named after the day. */
export async function saveJournalFile(): Promise<void> {
	const client = await openDeviceClient();
	const bytes = await client.exportJournal();
	const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = `backstock-journal-${Temporal.Now.plainDateISO().toString()}.bin`;
	link.click();
	// The browser reads the bytes after the click has returned.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
