import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { type MemoryCentral, memoryCentral } from '../../shared/device/simulated/memory-central.ts';
import { type ServedPage, servePage } from '../serve-page.ts';
import { answerAsCentral } from './device-harness/central-over-http.ts';

let served: ServedPage;
let central: MemoryCentral;

test.beforeAll(async () => {
	central = memoryCentral({ pins: { ada: '1234' } });
	served = await servePage(join(import.meta.dirname, 'device-harness'), (request, response) =>
		answerAsCentral(central, request, response),
	);
});
test.afterAll(() => served.close());

async function openTab(context: BrowserContext): Promise<Page> {
	const page = await context.newPage();
	page.on('pageerror', (error) => console.error(error));
	await page.goto(served.url);
	await expect(page).toHaveTitle('Device core is open');
	return page;
}

const record = (page: Page, location: string) =>
	page.evaluate(
		(place) => window.device.record('stage', { fulfillmentOrderId: 'fo-1', orderId: 'order-1', location: place }),
		location,
	);
const states = (page: Page) =>
	page.evaluate(async () => (await window.device.operations(50)).map(({ operation, state }) => [operation.seq, state]));

test('two tabs share one journal; when the leading tab closes the other takes over, and nothing is lost or doubled', async ({
	context,
}) => {
	const first = await openTab(context);
	expect(await first.evaluate(() => window.device.enroll('GOOD-CODE', 'Counter 1'))).toEqual({ ok: true });
	expect(await first.evaluate(() => window.device.signIn('ada', '1234'))).toMatchObject({ ok: true });
	expect(await record(first, 'A-1')).toMatchObject({ ok: true, operation: { operation: { seq: 1 } } });

	const second = await openTab(context);
	expect(await record(second, 'A-2')).toMatchObject({ ok: true, operation: { operation: { seq: 2 } } });
	expect(
		await first.evaluate(() =>
			window.heard.some((event) => event.kind === 'operations' && event.operations[0]?.operation.seq === 2),
		),
	).toBe(true);

	// Asked while the leader dies: each is answered by the old leader or by the new one, and saved once.
	const asked = second.evaluate(() =>
		Promise.all(
			Array.from({ length: 20 }, (_, index) =>
				window.device.record('stage', { fulfillmentOrderId: 'fo-1', orderId: 'order-1', location: `B-${index}` }),
			),
		),
	);
	await first.close();
	expect((await asked).every(({ ok }) => ok)).toBe(true);
	await expect.poll(() => states(second)).toHaveLength(22);
	await expect.poll(async () => (await states(second)).every(([, state]) => state === 'confirmed')).toBe(true);
	expect(central.taken.map(({ seq }) => seq)).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
	expect(new Set(central.taken.map(({ payload }) => JSON.stringify(payload))).size).toBe(22);
});

test('what was recorded without central survives a reload, and is sent once when central is back', async ({
	context,
}) => {
	const before = central.taken.length;
	const page = await openTab(context);
	await page.evaluate(() => window.device.enroll('GOOD-CODE', 'Counter 1'));
	await page.evaluate(() => window.device.signIn('ada', '1234'));
	central.failAlways({ kind: 'unreachable', message: 'dead' });
	expect(await record(page, 'C-1')).toMatchObject({ ok: true });
	await page.reload();
	await expect(page).toHaveTitle('Device core is open');
	expect(await states(page)).toEqual([[1, 'saved']]);
	await expect.poll(() => page.evaluate(async () => (await window.device.status()).connection.kind)).toBe('cut_off');
	expect(await record(page, 'C-2')).toMatchObject({ ok: true });
	central.failAlways(null);
	await expect
		.poll(() => states(page), { timeout: 30_000 })
		.toEqual([
			[2, 'confirmed'],
			[1, 'confirmed'],
		]);
	expect(central.taken).toHaveLength(before + 2);
});

test('a full disk is told in a word that the screens know, nothing counts as saved, and work goes on when there is room', async ({
	playwright,
	launchOptions,
}) => {
	// A profile on the disk: a private window's files are kept in memory, and no quota holds for them.
	const profile = await mkdtemp(join(tmpdir(), 'backstock-profile-'));
	const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
	const before = central.taken.length;
	const page = await openTab(context);
	await page.evaluate(() => window.device.enroll('GOOD-CODE', 'Counter 1'));
	await page.evaluate(() => window.device.signIn('ada', '1234'));
	expect(await record(page, 'D-1')).toMatchObject({ ok: true });
	const { origin } = new URL(page.url());
	const browser = await context.newCDPSession(page);
	await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
	// Chromium has granted the open file up to a megabyte ahead; large records use that up.
	const results = await page.evaluate(async () => {
		const location = 'D'.repeat(300_000);
		const all = [];
		for (let count = 0; count < 12; count++) {
			const target = { fulfillmentOrderId: 'fo-1', orderId: 'order-1' };
			const result = await window.device.record('stage', { ...target, location });
			all.push(result.ok ? 'saved' : `${result.reason}: ${result.message}`);
		}
		return all;
	});
	const saved = results.indexOf('storage: storage_full');
	expect(saved).toBeGreaterThanOrEqual(0);
	expect(new Set(results.slice(saved))).toEqual(new Set(['storage: storage_full']));
	expect(await page.evaluate(async () => (await window.device.status()).storageProblem)).toBe('storage_full');
	await browser.send('Storage.overrideQuotaForOrigin', { origin });
	const next = saved + 2;
	expect(await record(page, 'D-2')).toMatchObject({ ok: true, operation: { operation: { seq: next } } });
	expect(await page.evaluate(async () => (await window.device.status()).storageProblem)).toBeNull();
	await expect
		.poll(async () => new Set((await states(page)).map(([, state]) => state)))
		.toEqual(new Set(['confirmed']));
	expect(central.taken).toHaveLength(before + next);
	await page.reload();
	await expect(page).toHaveTitle('Device core is open');
	expect(await page.evaluate(async () => (await window.device.status()).recovery)).toEqual([]);
	await context.close();
	await rm(profile, { recursive: true, force: true });
});
