import { opfsJournalFolder } from '../../../renderer/src/device/worker/opfs-journal-folder.ts';
import { journalConformance } from '../../../shared/device/journal-conformance.ts';

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
