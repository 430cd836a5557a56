import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { outstandingUnits } from '../../../shared/domain/selling-rights.ts';
import type { PromisingRule } from '../../../shared/schema/promising-rules.ts';
import { addDevice, openTestCentral, type TestCentral } from '../../../test/central-for-tests.ts';
import { addStockedSite, captureAt, giveRight, rightOf } from '../../../test/rights-for-tests.ts';
import { inTransaction } from '../../database/transaction.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { readFreeUnits } from '../promising/stock-claims.ts';
import { publishDraft, readRulesState, saveDraft } from '../rules/change-rules.ts';
import { AskedBack } from './asked-back.ts';
import { balanceAll, balancerLock, balanceSite, type RightsContext } from './balance-rights.ts';
import { noteDemand } from './own-demand.ts';
import { watchRights } from './watch-rights.ts';

let central: TestCentral;
let context: RightsContext;

beforeAll(async () => {
	central = await openTestCentral();
	context = { db: central.database.db, clock: central.ingest.clock };
});
afterAll(() => central.close());

const now = () => context.clock.now().toString();
const units = (sku: string, quantity: number) => ({ sku, quantity });

/** A site at which 4 units of A were wanted today. */
async function addWantingSite(stock: number): Promise<string> {
	const siteId = await addStockedSite(central, { A: stock });
	await noteDemand(context.db, [{ siteId, sku: 'A', at: now(), units: 4 }]);
	return siteId;
}

async function outAt(siteId: string): Promise<number> {
	const right = await rightOf(central, siteId, 'A');
	return right === undefined ? 0 : outstandingUnits(right);
}

async function claimsAt(siteId: string): Promise<number> {
	const claims = await context.db.selectFrom('stock_claim').select('units').where('site_id', '=', siteId).execute();
	return claims.reduce((sum, claim) => sum + claim.units, 0);
}

const freeAt = async (siteId: string) =>
	(await readFreeUnits(context.db, [{ siteId, sku: 'A' }], now())).get(`${siteId}:A`);

describe('rights are balanced', () => {
	test('once: again nothing changes, and what central claims is what the devices hold', async () => {
		const siteId = await addWantingSite(20);
		for (let count = 0; count < 3; count += 1) await addDevice(central, siteId);
		expect(await balanceSite(context, siteId)).toBe(1);
		const right = await rightOf(central, siteId, 'A');
		expect(await outAt(siteId)).toBeGreaterThan(0);
		expect(await claimsAt(siteId)).toBe(await outAt(siteId));
		expect(await balanceSite(context, siteId)).toBe(0);
		expect(await balanceSite(context, siteId, ['A', 'A', 'never heard of'])).toBe(0);
		expect(await rightOf(central, siteId, 'A')).toEqual(right);
	});

	test('by two servers at once as by one: never more is claimed than what is there', async () => {
		const sites = await Promise.all([addWantingSite(3), addWantingSite(1), addWantingSite(40)]);
		for (const siteId of sites) await addDevice(central, siteId);
		await Promise.all(
			Array.from({ length: 8 }, (_, index) =>
				index % 2 === 0
					? balanceAll(context)
					: Promise.all(sites.map((siteId) => balanceSite(context, siteId, ['A', 'B']))),
			),
		);
		await balanceAll(context);
		for (const siteId of sites) {
			expect(await claimsAt(siteId)).toBe(await outAt(siteId));
			expect(await freeAt(siteId)).toBeGreaterThanOrEqual(0);
		}
		expect(await balanceAll(context)).toBe(0);
	});

	test('or not at all: a crash in the middle leaves everything as it was, and the next time does it', async () => {
		const siteId = await addWantingSite(20);
		await addDevice(central, siteId);
		await context.db.schema.alterTable('stream_document').renameTo('stream_document_away').execute();
		await expect(balanceSite(context, siteId)).rejects.toThrow();
		await context.db.schema.alterTable('stream_document_away').renameTo('stream_document').execute();
		expect(await rightOf(central, siteId, 'A')).toBeUndefined();
		expect(await claimsAt(siteId)).toBe(0);
		expect(await balanceSite(context, siteId)).toBe(1);
	});

	test('by one at a time: who comes while another is at it does nothing', async () => {
		const siteId = await addWantingSite(20);
		await addDevice(central, siteId);
		await inTransaction(context.db, async (transaction) => {
			await sql`SELECT pg_advisory_xact_lock(${balancerLock})`.execute(transaction);
			expect(await balanceSite(context, siteId)).toBe(0);
		});
		expect(await balanceSite(context, siteId)).toBe(1);
	});

	test('while orders take stock at the same time, and the sum of all promises stays within the stock', async () => {
		const siteId = await addWantingSite(6);
		const devices = [await addDevice(central, siteId), await addDevice(central, siteId)];
		await Promise.all([
			...devices.map(async (device) => {
				for (let count = 0; count < 4; count += 1) {
					await takeInOperation(central.ingest, device, device.write(captureAt(siteId, [units('A', 1)])));
				}
			}),
			...Array.from({ length: 4 }, () => balanceSite(context, siteId, ['A'])),
		]);
		expect(await freeAt(siteId)).toBeGreaterThanOrEqual(0);
		expect(await claimsAt(siteId)).toBe(await outAt(siteId));
	});
});

describe('what the rules keep back', () => {
	async function publish(changes: Partial<PromisingRule>): Promise<void> {
		const ann = { id: 'ann', name: 'Ann' };
		const { published } = await readRulesState(context);
		const rule = { id: '1', name: 'One', products: {}, siteGroup: {}, effect: { threshold: 1 }, ...changes };
		const asked = { baseVersion: published.version, revision: 0, rules: [rule], groups: [] };
		const saved = await saveDraft(context, ann, asked);
		const { version = 0, revision = 0 } = (saved.done ? saved.value.draft : null) ?? {};
		await publishDraft(context, ann, { version, revision, note: 'for the test' });
	}

	test('is not given out as rights, and what was is asked back', async () => {
		const siteId = await addWantingSite(20);
		const device = await addDevice(central, siteId);
		await publish({ siteGroup: { siteIds: [siteId] }, effect: { safetyStock: { units: 20 } } });
		expect(await balanceSite(context, siteId)).toBe(0);
		await publish({ siteGroup: { siteIds: [siteId] }, effect: { threshold: 18 } });
		expect(await balanceSite(context, siteId)).toBe(1);
		expect(await balanceSite(context, siteId)).toBe(0);
		const given = await outAt(siteId);
		await publish({ siteGroup: { siteIds: [siteId] }, effect: { pickup: 'not_eligible' } });
		expect(await balanceSite(context, siteId)).toBe(1);
		const right = await rightOf(central, siteId, 'A');
		expect(right?.shares).toMatchObject([{ deviceId: device.deviceId, recall: given }]);
	});

	test('no device is promised without a right; what its right covers stays promised', async () => {
		const siteId = await addStockedSite(central, { A: 4 });
		const device = await addDevice(central, siteId);
		await giveRight(central, siteId, device.deviceId, 'A', 2);
		await publish({ siteGroup: { siteIds: [siteId] }, effect: { safetyStock: { units: 2 } } });
		const send = async (rights: number) => {
			const capture = captureAt(siteId, [units('A', 2)], rights === 0 ? [] : [units('A', rights)]);
			const taken = await takeInOperation(central.ingest, device, device.write(capture));
			return taken.kind === 'outcome' ? taken.outcome : taken;
		};
		expect(await send(0)).toMatchObject({ outcome: 'refused', reason: 'not_enough_stock' });
		expect(await send(2)).toMatchObject({ outcome: 'applied', exceptions: [] });
	});
});

test('a device that was just enrolled has rights within seconds', async () => {
	const log: string[] = [];
	const watch = watchRights(context, (line) => log.push(line));
	const siteId = await addWantingSite(20);
	await addDevice(central, siteId);
	watch.enrolled(siteId);
	await vi.waitFor(async () => expect(await outAt(siteId)).toBeGreaterThan(0), { timeout: 5_000, interval: 100 });
	await watch.stop();
	expect(log).toEqual([]);
});

test('what an order lacks is asked back from the devices, and stays with central for the next try', async () => {
	const siteId = await addWantingSite(20);
	const device = await addDevice(central, siteId);
	await balanceSite(context, siteId);
	const given = await outAt(siteId);
	await context.db.updateTable('stock_position').set({ available: given }).where('site_id', '=', siteId).execute();
	const watch = watchRights(context, () => undefined);
	watch.lacking([
		{ sku: 'A', units: given, siteId },
		{ sku: 'B', units: 1, siteId: undefined },
	]);
	const recalled = async () => (await rightOf(central, siteId, 'A'))?.shares[0]?.recall;
	await vi.waitFor(async () => expect(await recalled()).toBe(given), { timeout: 5_000, interval: 50 });
	const release = { type: 'release_rights', payload: { rights: [units('A', given)] } };
	await takeInOperation(central.ingest, device, device.write(release));
	watch.lacking([]);
	watch.enrolled(siteId);
	await new Promise((resolve) => setTimeout(resolve, 1_200));
	await watch.stop();
	expect(await freeAt(siteId)).toBe(given);
});

test('rights that would not suffice are not asked for', async () => {
	const siteId = await addWantingSite(20);
	await addDevice(central, siteId);
	await balanceSite(context, siteId);
	const asked = new AskedBack();
	const units = (await outAt(siteId)) + 1;
	expect(await asked.note(context.db, [{ sku: 'A', units, siteId }])).toEqual([]);
	expect(asked.units(siteId, 'A')).toBe(0);
	expect(await asked.note(context.db, [{ sku: 'A', units: 1, siteId }])).toEqual([{ siteId, sku: 'A' }]);
	expect(asked.units(siteId, 'A')).toBe(1);
});
