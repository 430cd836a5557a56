import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PromisingRule } from '../../../shared/schema/promising-rules.ts';
import { openShop, shopCapture, shopSites } from '../../../test/shop-for-tests.ts';
import type { Clock } from '../../clock.ts';
import { captureOrder } from '../orders/capture-order.ts';
import { reserve } from '../promising/reserve.ts';
import { placeFinder } from '../routing/place-of-address.ts';
import { publishDraft, readRulesState, saveDraft } from './change-rules.ts';
import { promisingSubject } from './promising-subject.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
const clock: Clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z') };
const ann = { id: 'ann', name: 'Ann' };
const findPlace = placeFinder([]);

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 6, 'leeds B': 4, 'leeds C': 4, 'london C': 4 });
});
afterAll(() => shop.drop());

async function publish(changes: Partial<PromisingRule>): Promise<void> {
	const parts = { db: shop.db, clock };
	const { published } = await readRulesState(promisingSubject, parts);
	const rule = { id: '1', name: 'One', products: {}, siteGroup: {}, effect: { threshold: 1 }, ...changes };
	const asked = { baseVersion: published.version, revision: 0, rules: [rule], groups: [] };
	const saved = await saveDraft(promisingSubject, parts, ann, asked);
	const draft = saved.done ? saved.value.draft : null;
	const version = draft?.version ?? 0;
	await publishDraft(promisingSubject, parts, ann, { version, revision: draft?.revision ?? 0, note: 'for the test' });
}
const capture = (sku: string, quantity: number, changes: object = {}) =>
	captureOrder(shop.db, shopCapture({ lines: [{ sku, quantity }], ...changes }), { now: clock.now(), findPlace });
const reserved = (sku: string, quantity: number, channel = 'web-shop') =>
	reserve(
		{ db: shop.db, clock, findPlace, sites: async () => shopSites, quiet: async () => new Set() },
		{ channel, externalId: crypto.randomUUID(), method: 'ship', lines: [{ sku, quantity }] },
	);

it('no order and no reservation gets what the rules keep back, from the moment on at which they are published', async () => {
	await publish({ effect: { safetyStock: { units: 2 } }, products: { skus: ['A'] } });
	expect(await reserved('A', 5)).toMatchObject({ reserved: false, fault: { error: 'not_enough_stock' } });
	expect(await capture('A', 5)).toMatchObject({ order: { lines: [{ open: 5, unassigned: 1 }] } });
	expect(await capture('A', 1)).toMatchObject({ order: { lines: [{ unassigned: 1 }] } });
	await publish({ effect: { safetyStock: { units: 1 } }, products: { skus: ['A'] } });
	expect(await capture('A', 1)).toMatchObject({ order: { lines: [{ unassigned: 0 }] } });
});

it('what was reserved before stays promised', async () => {
	const held = await reserved('B', 4);
	await publish({ effect: { safetyStock: { units: 3 } }, products: { skus: ['B'] } });
	const reservationId = held.reserved ? held.reservation.id : '';
	expect(await capture('B', 4, { reservationId })).toMatchObject({ order: { lines: [{ open: 4, unassigned: 0 }] } });
});

it('a site that is not eligible is passed by for another one, on the channels of the rule only', async () => {
	await publish({ siteGroup: { siteIds: ['leeds'] }, channels: ['market'], effect: { ship: 'not_eligible' } });
	expect(await reserved('C', 1, 'market')).toMatchObject({ reservation: { siteId: 'london' } });
	expect(await capture('C', 1, { channel: 'market' })).toMatchObject({
		order: { fulfillments: [{ siteId: 'london' }] },
	});
	expect(await capture('C', 1)).toMatchObject({ order: { fulfillments: [{ siteId: 'leeds' }] } });
});
