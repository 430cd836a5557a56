import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import type { Page } from 'playwright';
import { build } from 'vite';
import type { BenchPage } from './pages/page.ts';
import type { Workshop } from './workshop.ts';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Builds the benches' own page as the app is built, and serves it. Gives its address. */
export async function serveBenchPages(workshop: Workshop): Promise<string> {
	const folder = join(workshop.folder, 'pages');
	await build({
		configFile: false,
		root: join(import.meta.dirname, 'pages'),
		logLevel: 'error',
		build: { outDir: folder, emptyOutDir: true, target: 'esnext' },
		worker: { format: 'es' },
	});
	const server = createServer((request, response) => {
		const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
		readFile(join(folder, name)).then(
			(bytes) => response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' }).end(bytes),
			() => response.writeHead(404).end(),
		);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	workshop.onClose(
		() =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	);
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('The bench page has no address.');
	return `http://localhost:${address.port}/`;
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
