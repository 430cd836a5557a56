import { join } from 'node:path';
import type { Page } from 'playwright';
import { servePage } from '../serve-page.ts';
import type { BenchPage } from './pages/page.ts';
import type { Workshop } from './workshop.ts';

/** Builds the benches' own page as the app is built, and serves it. Gives its address. */
export async function serveBenchPages(workshop: Workshop): Promise<string> {
	const served = await servePage(join(import.meta.dirname, 'pages'));
	workshop.onClose(served.close);
	return served.url;
}

/** Runs one of the page's benches. */
export async function inBenchPage<T>(page: Page, url: string, name: keyof BenchPage, count: number): Promise<T> {
	await page.goto(url);
	await page.waitForFunction(() => 'benchPage' in window);
	return page.evaluate(
		([chosen, amount]) => {
			const { benchPage } = window as unknown as { benchPage: Record<string, (amount: number) => Promise<unknown>> };
			return benchPage[chosen]?.(amount);
		},
		[name, count] as const,
	) as Promise<T>;
}
