import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { outstandingUnits } from '../../../shared/domain/selling-rights.ts';
import type { PromisingRule } from '../../../shared/schema/promising-rules.ts';
import { addDevice, openTestCentral, type TestCentral, type TestDevice } from '../../../test/central-for-tests.ts';
import { addStockedSite, captureAt, giveRight, rightOf } from '../../../test/rights-for-tests.ts';
import { shopCapture } from '../../../test/shop-for-tests.ts';
import { inTransaction } from '../../database/transaction.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { captureOrder } from '../orders/capture-order.ts';
import { reserve } from '../promising/reserve.ts';
import { readFreeUnits } from '../promising/stock-claims.ts';
import { publishDraft, readRulesState, saveDraft } from '../rules/change-rules.ts';
import { promisingSubject } from '../rules/promising-subject.ts';
import { askRightsBack, listAskedBack, readAskedBack } from './asked-back.ts';
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

	test('by one at a time: who comes while another is at it does his part after it', async () => {
		const siteId = await addWantingSite(20);
		await addDevice(central, siteId);
		const { balanced } = await inTransaction(context.db, async (transaction) => {
			await sql`SELECT pg_advisory_xact_lock(${balancerLock})`.execute(transaction);
			const balanced = balanceSite(context, siteId);
			expect(await Promise.race([balanced, delay(100, 'waits')])).toBe('waits');
			return { balanced };
		});
		expect(await balanced).toBe(1);
	});

	test('soon after stock was touched, also when PostgreSQL breaks it off', async () => {
		const siteId = await addWantingSite(20);
		await addDevice(central, siteId);
		const watch = await watchRights({ ...context, url: central.url }, () => undefined);
		await vi.waitFor(async () => expect(await outAt(siteId)).toBeGreaterThan(0), { timeout: 5_000, interval: 50 });
		const other = await addWantingSite(20);
		await addDevice(central, other);
		await sql`CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			RAISE EXCEPTION 'for the test' USING ERRCODE = 'deadlock_detected'; END $$`.execute(context.db);
		await sql`CREATE TRIGGER break_off BEFORE INSERT ON stock_claim EXECUTE FUNCTION break_off()`.execute(context.db);
		watch.touched([{ siteId: other, sku: 'A' }]);
		await delay(1_500);
		expect(await outAt(other)).toBe(0);
		await sql`DROP FUNCTION break_off CASCADE`.execute(context.db);
		await vi.waitFor(async () => expect(await outAt(other)).toBeGreaterThan(0), { timeout: 5_000, interval: 50 });
		await watch.stop();
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
		const { published } = await readRulesState(promisingSubject, context);
		const rule = { id: '1', name: 'One', products: {}, siteGroup: {}, effect: { threshold: 1 }, ...changes };
		const asked = { baseVersion: published.version, revision: 0, rules: [rule], groups: [] };
		const saved = await saveDraft(promisingSubject, context, ann, asked);
		const { version = 0, revision = 0 } = (saved.done ? saved.value.draft : null) ?? {};
		await publishDraft(promisingSubject, context, ann, { version, revision, note: 'for the test' });
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
	const watch = await watchRights({ ...context, url: central.url }, (line) => log.push(line));
	const siteId = await addWantingSite(20);
	await addDevice(central, siteId);
	watch.enrolled(siteId);
	await vi.waitFor(async () => expect(await outAt(siteId)).toBeGreaterThan(0), { timeout: 5_000, interval: 100 });
	await watch.stop();
	expect(log).toEqual([]);
});

/** A site of which all units of A are rights of one device. */
async function siteGivenOut(): Promise<{ siteId: string; device: TestDevice; given: number }> {
	const siteId = await addWantingSite(20);
	const device = await addDevice(central, siteId);
	await balanceSite(context, siteId);
	const given = await outAt(siteId);
	await context.db.updateTable('stock_position').set({ available: given }).where('site_id', '=', siteId).execute();
	return { siteId, device, given };
}

const recallAt = async (siteId: string) => (await rightOf(central, siteId, 'A'))?.shares[0]?.recall;

describe('what somebody lacks is asked back from the devices', () => {
	test('at once, by any server that hears of it, and stays with central for the next try', async () => {
		const { siteId, device, given } = await siteGivenOut();
		const watches = [
			await watchRights({ ...context, url: central.url }, () => undefined),
			await watchRights({ ...context, url: central.url }, () => undefined),
		];
		const order = { lines: [{ sku: 'A', quantity: given }], method: 'pickup', siteId } as const;
		const findPlace = () => undefined;
		const asks = () =>
			captureOrder(context.db, shopCapture({ ...order, lines: [...order.lines] }), {
				now: context.clock.now(),
				findPlace,
			});
		expect(await asks()).toMatchObject({ order: { lines: [{ unassigned: given }] } });
		await vi.waitFor(async () => expect(await recallAt(siteId)).toBe(given), { timeout: 5_000, interval: 50 });
		const release = { type: 'release_rights', payload: { rights: [units('A', given)] } };
		await takeInOperation(central.ingest, device, device.write(release));
		for (const watch of watches) watch.enrolled(siteId);
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		for (const watch of watches) await watch.stop();
		expect(await freeAt(siteId)).toBe(given);
		expect(await asks()).toMatchObject({ order: { lines: [{ unassigned: 0 }] } });
	});

	test('whether an order, a reservation, or a request of another device lacks it', async () => {
		const findPlace = () => undefined;
		const sites = async () => (await context.db.selectFrom('site').select('body').execute()).map(({ body }) => body);
		const asks: readonly ((siteId: string, quantity: number) => Promise<unknown>)[] = [
			(siteId, quantity) =>
				reserve(
					{ ...context, findPlace, sites, quiet: async () => new Set() },
					{
						channel: 'web-shop',
						externalId: crypto.randomUUID(),
						method: 'ship',
						siteIds: [siteId],
						lines: [units('A', quantity)],
					},
				),
			async (siteId, quantity) => {
				const other = await addDevice(central, siteId);
				return takeInOperation(central.ingest, other, other.write(captureAt(siteId, [units('A', quantity)])));
			},
		];
		for (const ask of asks) {
			const { siteId, given } = await siteGivenOut();
			await ask(siteId, given);
			expect(await readAskedBack(context.db, siteId, ['A', 'B'], now())).toEqual(new Map([[`${siteId}:A`, given]]));
		}
	});

	test('also by who was away when it was asked, as long as it is not long ago', async () => {
		const { siteId, given } = await siteGivenOut();
		await askRightsBack(context.db, [{ sku: 'A', units: 1, siteIds: [siteId] }], '2020-01-01T00:00:00Z');
		expect(await listAskedBack(context.db, now())).not.toContainEqual({ siteId, sku: 'A' });
		await askRightsBack(context.db, [{ sku: 'A', units: given, siteIds: [siteId] }], now());
		const watch = await watchRights({ ...context, url: central.url }, () => undefined);
		await vi.waitFor(async () => expect(await recallAt(siteId)).toBe(given), { timeout: 5_000, interval: 50 });
		await watch.stop();
	});

	test('and not where rights would not suffice', async () => {
		const { siteId, given } = await siteGivenOut();
		await askRightsBack(context.db, [{ sku: 'A', units: given + 1, siteIds: [siteId] }], now());
		expect(await readAskedBack(context.db, siteId, ['A'], now())).toEqual(new Map());
	});
});
