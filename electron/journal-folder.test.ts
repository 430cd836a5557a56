import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { journalConformance } from '../shared/device/journal-conformance.ts';
import { nodeJournalFolder } from './journal-folder.ts';

describe('the journal folder on disk', () => {
	let root = '';
	beforeAll(async () => {
		root = await mkdtemp(join(tmpdir(), 'backstock-journal-'));
	});
	afterAll(() => rm(root, { recursive: true, force: true }));

	for (const [index, { name, run }] of journalConformance.entries()) {
		it(name, () => run(() => nodeJournalFolder(join(root, String(index)))));
	}
});
