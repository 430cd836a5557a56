import { join } from 'node:path';
import { nodeJournalFolder } from '../../electron/journal-folder.ts';
import type { Bench } from './bench.ts';
import { openBrowser } from './bench-browser.ts';
import { inBenchPage, serveBenchPages } from './bench-pages.ts';
import type { JournalResult } from './pages/answers.ts';
import { rounded, spreadOf } from './quantiles.ts';
import { timeBareAppends, timeJournal } from './time-journal.ts';

const appends = 2000;

/** An operation is sealed, appended and flushed, one after the other, in both of the journal's places. */
export const journal: Bench = {
	name: 'journal',
	run: async (workshop) => {
		const folder = await nodeJournalFolder(join(workshop.folder, 'journal'));
		const node = { journal: await timeJournal(folder, appends), bare: await timeBareAppends(folder, appends) };
		const url = await serveBenchPages(workshop);
		const context = await openBrowser(workshop, 'journal');
		const page = await context.newPage();
		const browser = await inBenchPage<JournalResult>(page, url, 'journal', appends);
		await context.close();
		const ours = { node: spreadOf(node.journal), browser: spreadOf(browser.journal) };
		const bare = { node: spreadOf(node.bare), browser: spreadOf(browser.bare) };
		return {
			line:
				`journal: saved on disk in the browser p50 ${ours.browser.p50} ms, p99 ${ours.browser.p99} ms; ` +
				`in Node p50 ${ours.node.p50} ms, p99 ${ours.node.p99} ms`,
			budget: 'none of its own: a part of scan to verdict',
			figures: { milliseconds: ours },
			peer: { name: 'the same bytes appended and flushed', figures: { milliseconds: bare } },
			ratio: rounded(ours.browser.p50 / bare.browser.p50),
			ratioOf: 'p50 in the browser, ours by bare',
		};
	},
};
