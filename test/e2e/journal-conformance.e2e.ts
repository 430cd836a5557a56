import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { journalConformance } from '../../shared/device/journal-conformance.ts';

let server: ViteDevServer;

test.beforeAll(async () => {
	server = await createServer({
		configFile: false,
		root: fileURLToPath(new URL('../..', import.meta.url)),
		logLevel: 'error',
		cacheDir: 'node_modules/.vite/journal-harness',
		server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
	});
	await server.listen();
});
test.afterAll(() => server.close());

test("the journal in the browser's private file system keeps every promise of a journal folder", async ({ page }) => {
	await page.goto(`${server.resolvedUrls?.local[0]}test/e2e/journal-harness/index.html`);
	await expect(page.getByRole('status')).toHaveText(journalConformance.map(({ name }) => `kept: ${name}`).join(' '), {
		useInnerText: false,
		timeout: 60_000,
	});
});
