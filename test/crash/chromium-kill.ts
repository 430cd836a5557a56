import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { BackstockServer } from '../e2e/backstock-server.ts';
import { type Central, type PlacedOrder, type Store, storeOf } from '../e2e/central.ts';
import { type Device, deviceOf } from '../e2e/device.ts';
import { gotUnits, openPick } from '../e2e/work.ts';
import type { CrashReport } from './crash-report.ts';
import { type KillableChromium, openKillableChromium } from './killable-chromium.ts';

/** Units of each round's order: as many scans, if Chromium lives so long. */
const quantities = [6, 6, 6, 6];
const longestBurstMs = 1500;
/** The demo's stores with much stock; each is one device with one profile. */
const stores = ['LONDON-W1H', 'LONDON-E15', 'LONDON-SW11', 'LIVERPOOL'];
const roundsPerStore = 13;

/**
 * Kills Chromium with SIGKILL while a person scans, opens it again on the same profile, and compares: whatever the screen had
 * counted must be counted again, and in the end be at central once.
 */
export async function killChromium(
	server: BackstockServer,
	central: Central,
	rounds: number,
	say: (line: string) => void,
): Promise<CrashReport> {
	const began = performance.now();
	const faults: string[] = [];
	let saved = 0;
	let unanswered = 0;
	for (let first = 0; first < rounds; first += roundsPerStore) {
		const place = stores[Math.floor(first / roundsPerStore) % stores.length] ?? '';
		const store = storeOf(place);
		const profile = mkdtempSync(join(tmpdir(), 'backstock-crash-profile-'));
		let chromium = await openKillableChromium(profile);
		try {
			let device = await deviceOf(chromium.context, server.url);
			await device.startWork(store, 1);
			await device.keptOffline();
			for (let round = first + 1; round <= Math.min(rounds, first + roundsPerStore); round += 1) {
				const order = await central.placeOrder({ store, method: 'ship', customer: `Round ${round}`, quantities });
				const told = await scanUntilKilled(chromium, device, order);
				const before = await picksOf(central, store, order);
				chromium = await openKillableChromium(profile);
				device = await deviceOf(chromium.context, server.url);
				const counted = await openedAgain(device, told.address);
				saved += counted;
				unanswered += counted - before.length;
				const found = await compared(central, store, order, { told: told.units, counted });
				faults.push(...found.map((fault) => `round ${round}: ${fault}`));
				say(
					`round ${round} of ${rounds}: the screen had counted ${told.units}, ${counted} are there; ${faults.length} faults`,
				);
			}
		} finally {
			await chromium.kill();
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		}
	}
	return { rounds, saved, unanswered, faults, seconds: Math.round((performance.now() - began) / 1000) };
}

async function scanUntilKilled(
	chromium: KillableChromium,
	device: Device,
	order: PlacedOrder,
): Promise<{ readonly units: number; readonly address: string }> {
	await openPick(device, order);
	const counted = await watchCount(device.page);
	const address = device.page.url();
	const scanning = (async () => {
		for (const { barcode, quantity } of order.products) {
			for (let unit = 0; unit < quantity; unit += 1) await device.scan(barcode);
		}
	})().catch(() => undefined);
	await delay(50 + Math.random() * longestBurstMs);
	await chromium.kill();
	await scanning;
	return { units: counted(), address };
}

/** What the pick screen says is in hand: it counts a unit only when its operation is on the disk. */
async function watchCount(page: Page): Promise<() => number> {
	let most = 0;
	await page.exposeFunction('toldUnits', (units: number) => {
		most = Math.max(most, units);
	});
	await page.evaluate(() => {
		const { toldUnits } = window as unknown as { toldUnits: (units: number) => void };
		new MutationObserver(() => {
			const [, units] = /(\d+) of \d+ units/.exec(document.body.textContent ?? '') ?? [];
			if (units !== undefined) toldUnits(Number(units));
		}).observe(document.body, { childList: true, subtree: true, characterData: true });
	});
	return () => most;
}

/** Opens the screen on which the scans were, and lets everything be sent. Gives the units that it counts. */
async function openedAgain(device: Device, address: string): Promise<number> {
	await device.page.goto(address);
	await expect(device.page.getByText(/\d+ of \d+ units/)).toBeVisible({ timeout: 30_000 });
	const atOnce = await gotUnits(device);
	await expect(device.status).toContainText('online', { timeout: 30_000 });
	await expect(device.status).not.toContainText('waiting', { timeout: 30_000 });
	return Math.max(atOnce, await gotUnits(device));
}

async function picksOf(central: Central, store: Store, order: PlacedOrder) {
	const operations = await central.operationsOf(store.siteId);
	return operations.filter(({ type, order_id }) => type === 'pick' && order_id === order.id);
}

async function compared(
	central: Central,
	store: Store,
	order: PlacedOrder,
	{ told, counted }: { readonly told: number; readonly counted: number },
): Promise<readonly string[]> {
	const faults: string[] = [];
	if (counted < told) faults.push(`the screen had counted ${told} units, and ${told - counted} are lost`);
	const picks = await picksOf(central, store, order);
	if (picks.length !== counted) faults.push(`the device holds ${counted} picks, and central ${picks.length}`);
	if (picks.some(({ outcome }) => outcome !== 'applied')) faults.push('a pick was not applied');
	const { lines } = await central.fulfillmentOrder(order.fulfillmentOrderId);
	const picked = lines.reduce((sum, { quantities: { picked } }) => sum + picked, 0);
	if (picked !== counted) faults.push(`the fulfillment order has ${picked} picked units, not ${counted}`);
	const operations = await central.operationsOf(store.siteId);
	if (operations.some(({ seq }, index) => seq !== index + 1)) faults.push('the lane has a gap');
	const wrong = await central.ledgerFaults();
	if (wrong.length > 0) faults.push(`the ledger is wrong in ${wrong.length} buckets`);
	return faults;
}
