import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isInSight, unitsNotLeft } from '../../../shared/domain/order-parts.ts';
import { sampleOrder } from '../../../shared/domain/sample-order.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import {
	addDevice,
	addOrder,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../../test/central-for-tests.ts';
import { siteStream } from '../../database/documents.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { checkLedger, postMovements } from '../inventory/stock-ledger.ts';
import { moveFulfillmentOrder } from './move-fulfillment-order.ts';

const siteIds = ['S-1', 'S-2', 'S-3'] as const;
let central: TestCentral;
const devices: TestDevice[] = [];
let run = 0;

beforeAll(async () => {
	central = await openTestCentral();
	for (const siteId of siteIds) {
		await addSite(central, siteId);
		devices.push(await addDevice(central, siteId, 'manager'));
	}
});
afterAll(() => central.close());

interface Step {
	readonly site: number;
	readonly part: number;
	readonly type: string;
	readonly quantity: number;
}

const step: fc.Arbitrary<Step> = fc.record({
	site: fc.nat(2),
	part: fc.nat(5),
	type: fc.constantFrom(
		...['start_picking', 'pick', 'pick', 'pick', 'undo_pick', 'short', 'pack', 'ship', 'stage', 'put_back', 'cancel'],
		...['decline', 'move', 'move', 'move', 'count', 'hand_over', 'hand_over'],
	),
	quantity: fc.integer({ min: 1, max: 3 }),
});

async function partsOf(orderIds: readonly string[]): Promise<readonly FulfillmentOrder[]> {
	const rows = await central.database.db
		.selectFrom('fulfillment_order')
		.select('body')
		.where('order_id', 'in', orderIds)
		.orderBy('id')
		.execute();
	return rows.map(({ body }) => body);
}

/** A device does one thing about a part that its site has or had; the API moves any part. */
async function take(orderIds: readonly string[], sku: string, { site, part, type, quantity }: Step): Promise<void> {
	const parts = await partsOf(orderIds);
	const device = devices[site];
	const chosen = parts[part % parts.length];
	if (device === undefined || chosen === undefined) throw new Error('There are three devices and some parts');
	if (type === 'move') {
		const { db, clock } = central.ingest;
		const request = { siteId: siteIds[site] ?? '', evenIfStarted: quantity > 1 };
		await moveFulfillmentOrder({ db, clock }, chosen.id, request);
		return;
	}
	const own = parts.filter(({ siteId }) => siteId === device.siteId);
	const mine = own[part % Math.max(1, own.length)];
	if (mine === undefined) return;
	const target = { fulfillmentOrderId: mine.id, orderId: mine.orderId };
	const units = { lineId: 'line-1', sku, quantity };
	const payloads: Record<string, object> = {
		pick: { ...target, ...units },
		undo_pick: { ...target, ...units },
		short: { ...target, ...units, reason: 'not_found' },
		pack: { ...target, packageId: `package-${quantity}`, lines: [units], weightGrams: 100 },
		ship: { ...target, packageId: `package-${quantity}`, trackingNumber: 'T1' },
		stage: { ...target, location: 'PU-01' },
		hand_over: { ...target, lines: [units], identityCheck: 'photo_id', collectedBy: 'Ada' },
		put_back: { ...target, sku, quantity },
		cancel: { ...target, reason: 'asked' },
		decline: { ...target, reason: 'too busy' },
		count: { countId: crypto.randomUUID(), sku, posts: 'at_once', scans: [{ expected: 4, counted: 4 - quantity }] },
	};
	const taken = await takeInOperation(
		central.ingest,
		device,
		device.write({ type, payload: payloads[type] ?? target }),
	);
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	expect(taken.outcome.outcome).not.toBe('quarantined');
}

async function checkOrders(orderIds: readonly string[]): Promise<void> {
	const { db } = central.database;
	const parts = await partsOf(orderIds);
	const orders = await db.selectFrom('customer_order').select('body').where('id', 'in', orderIds).execute();
	for (const { body: order } of orders) {
		const own = parts.filter(({ orderId }) => orderId === order.id);
		for (const { id, open, short, cancelled, withCustomer, returned, unassigned, ordered } of order.lines) {
			expect(open + short + cancelled + withCustomer + returned).toBe(ordered);
			const promised = own
				.flatMap(unitsNotLeft)
				.reduce((sum, unit) => sum + (unit.lineId === id ? unit.quantity : 0), 0);
			expect(promised + unassigned).toBe(open);
		}
		const inSight = own.filter((part) => isInSight(part, order));
		for (const siteId of siteIds) {
			const documents = await db
				.selectFrom('stream_document')
				.select(['document_id', 'body'])
				.where('stream_id', '=', siteStream(siteId))
				.where('document_id', 'in', [order.id, ...own.map(({ id }) => id)])
				.where('deleted', '=', false)
				.execute();
			const here = inSight.filter((part) => part.siteId === siteId);
			const expected = new Map<string, object>(here.map((part) => [part.id, part]));
			if (here.length > 0) expected.set(order.id, order);
			expect(new Map(documents.map(({ document_id, body }) => [document_id, body]))).toEqual(expected);
		}
	}
}

test('whatever three sites do and central moves at once, each site sees exactly its own, every open unit is with one site, and the ledger balances', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
			run += 1;
			const sku = `sku-${run}`;
			const samples = ['a', 'b'].map((name) => sampleOrder([{ sku, quantity: 3 }], 'ship', `R${run}${name}`));
			for (const sample of samples) await addOrder(central, sample);
			const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: '2026-11-20T06:00:00Z' };
			const arrived = { sku, quantity: 5, from: 'supplier', to: 'available', reason: 'opening' } as const;
			await postMovements(
				central.database.db,
				siteIds.slice(1).map((siteId) => ({ ...arrived, siteId })),
				posting,
			);
			const orderIds = samples.map(({ order }) => order.id);
			const inTurn = async (own: readonly Step[]) => {
				for (const one of own) await take(orderIds, sku, one);
			};
			await Promise.all(siteIds.map((_, site) => inTurn(steps.filter((one) => one.site === site))));
			await checkOrders(orderIds);
			expect(await checkLedger(central.database.db)).toEqual([]);
		}),
		{ numRuns: 60 },
	);
});
