/** For tests only: runs the suite where access handles exist. No page of the app starts it. */

import { journalConformance } from '../../../../shared/device/journal-conformance.ts';
import { opfsJournalFolder } from './opfs-journal-folder.ts';

async function results(): Promise<string> {
	const lines: string[] = [];
	for (const [index, { name, run }] of journalConformance.entries()) {
		try {
			await run(() => opfsJournalFolder(`conformance-${index}`));
			lines.push(`kept: ${name}`);
		} catch (error) {
			lines.push(`broken: ${name}: ${String(error)}`);
		}
	}
	return lines.join('\n');
}

postMessage(await results());
