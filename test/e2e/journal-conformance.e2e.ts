import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { journalConformance } from '../../shared/device/journal-conformance.ts';
import { keyConformance } from '../../shared/device/key-conformance.ts';
import { type ServedPage, servePage } from '../serve-page.ts';

let served: ServedPage;

test.beforeAll(async () => {
	served = await servePage(join(import.meta.dirname, 'journal-harness'));
});
test.afterAll(() => served.close());

test("the browser's journal folder and key store keep every promise of such a folder and store", async ({ page }) => {
	await page.goto(served.url);
	const promises = [...journalConformance, ...keyConformance].map(({ name }) => `kept: ${name}`);
	await expect(page.getByRole('status')).toHaveText(promises.join(' '), {
		useInnerText: false,
		timeout: 60_000,
	});
});
