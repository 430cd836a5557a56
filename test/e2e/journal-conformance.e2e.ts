import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { journalConformance } from '../../shared/device/journal-conformance.ts';
import { keyConformance } from '../../shared/device/key-conformance.ts';

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

test("the browser's journal folder and key store keep every promise of such a folder and store", async ({ page }) => {
	await page.goto(`${server.resolvedUrls?.local[0]}test/e2e/journal-harness/index.html`);
	const promises = [...journalConformance, ...keyConformance].map(({ name }) => `kept: ${name}`);
	await expect(page.getByRole('status')).toHaveText(promises.join(' '), {
		useInnerText: false,
		timeout: 60_000,
	});
});
