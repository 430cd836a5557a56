import { describe, it } from 'vitest';
import { journalConformance } from '../journal-conformance.ts';
import { memoryJournalFolder } from './memory-journal-folder.ts';

describe('the journal folder in memory', () => {
	for (const { name, run } of journalConformance) {
		it(name, async () => {
			const disk = memoryJournalFolder();
			await run(async () => disk);
		});
	}
});
