import { existsSync, readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright';

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);

/** What a page holds, in megabytes, after a garbage collection. */
export interface PageMemory {
	readonly jsHeap: number;
	/** The renderer process with its workers, as it counts for the system; null where the system does not tell. */
	readonly process: number | null;
}

export async function memoryOf(page: Page, session: CDPSession): Promise<PageMemory> {
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	return { jsHeap: megabytes(usedSize), process: await processMemory(page) };
}

/** The largest of the browser's renderer processes, by the memory that is its own. */
async function processMemory(page: Page): Promise<number | null> {
	const browser = page.context().browser();
	if (!existsSync('/proc/self/smaps_rollup') || browser === null) return null;
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	await session.detach();
	const renderers = processInfo.filter(({ type }) => type === 'renderer');
	return Math.max(...renderers.map(({ id }) => privateMemory(id)));
}

function privateMemory(processId: number): number {
	const rollup = readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8');
	const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, number]) => Number(number));
	return megabytes(kilobytes.reduce((sum, each) => sum + each, 0) * 1024);
}
