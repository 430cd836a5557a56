import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderCapture } from '../../../shared/schema/order.ts';
import { openShop, shopCapture } from '../../../test/shop-for-tests.ts';
import type { Database } from '../../database/open-database.ts';
import { isDatabaseAway } from '../../database/transaction.ts';
import { checkLedger } from '../inventory/stock-ledger.ts';
import { decisionsSeenAt, readDecisions } from '../routing/live/routing-decisions.ts';
import { placeFinder } from '../routing/place-of-address.ts';
import { type CaptureResult, captureOrder, findOrder } from './capture-order.ts';

const context = { now: Temporal.Instant.from('2026-11-20T10:00:05Z'), findPlace: placeFinder([]) };
let shop: Database & { drop(): Promise<void> };

beforeAll(async () => {
	shop = await openShop({
		'leeds A': 10,
		'leeds B': 2,
		'london A': 10,
		'london B': 10,
		'london C': 1,
		'daventry A': 3,
	});
});
afterAll(() => shop.drop());

const documentsOf = (streamId: string, collection: string) =>
	shop.db
		.selectFrom('stream_document')
		.select(['document_id', 'body', 'position'])
		.where('stream_id', '=', streamId)
		.where('collection', '=', collection as 'orders')
		.execute();

async function stockOf(siteId: string, sku: string) {
	return shop.db
		.selectFrom('stock_position')
		.select(['available', 'allocated'])
		.where('site_id', '=', siteId)
		.where('sku', '=', sku)
		.executeTakeFirstOrThrow();
}

async function created(changes: Parameters<typeof shopCapture>[0]) {
	const result = await captureOrder(shop.db, shopCapture(changes), context);
	if (!result.captured) throw new Error(result.fault.message);
	expect(result.created).toBe(true);
	return result.order;
}

describe('a captured order', () => {
	it('sets stock aside at the nearest site that holds it, and is published to that site only', async () => {
		const before = await stockOf('leeds', 'A');
		const order = await created({ lines: [{ sku: 'A', quantity: 2, unitPriceMinor: 95 }] });
		expect(order).toMatchObject({
			promisedAt: '2026-11-20T16:00:00Z',
			fulfillments: [{ number: `${order.number}-1`, siteId: 'leeds' }],
			lines: [{ id: 'L1', open: 2, unassigned: 0, unitPrice: { minor: 95, currency: 'GBP' } }],
		});
		expect(order.timeline.map(({ what }) => what)).toEqual(['placed', 'assigned']);
		expect(await stockOf('leeds', 'A')).toEqual({ available: before.available - 2, allocated: before.allocated + 2 });
		const seen = await documentsOf('site:leeds', 'orders');
		expect(seen.find(({ document_id }) => document_id === order.id)?.body).toEqual(order);
		const work = await documentsOf('site:leeds', 'work');
		expect(work.at(-1)?.body).toMatchObject({
			orderNumber: order.number,
			passCode: expect.stringMatching(/^[A-Z0-9]{6}$/),
			lines: [{ bin: 'A-1-1', gtins: ['00000000000000', '00000000000055'], ordered: 2, quantities: { toPick: 2 } }],
		});
		const stock = (await documentsOf('site:leeds', 'stock')).find(({ document_id }) => document_id === 'leeds:A');
		expect(stock?.body).toMatchObject({ units: { available: before.available - 2 } });
		expect((await documentsOf('site:london', 'orders')).some(({ document_id }) => document_id === order.id)).toBe(
			false,
		);
	});

	it('is found by its id and by its number', async () => {
		const order = await created({});
		expect(await findOrder(shop.db, order.id)).toEqual(order);
		expect(await findOrder(shop.db, order.number)).toEqual(order);
		expect(await findOrder(shop.db, 'nothing')).toBeUndefined();
	});

	it('that nobody holds in full goes to the site with the most units, and tells what is missing', async () => {
		const order = await created({ lines: [{ sku: 'C', quantity: 3 }] });
		expect(order.fulfillments).toMatchObject([{ siteId: 'london' }]);
		expect(order.lines).toMatchObject([{ open: 3, unassigned: 2 }]);
		expect(order.timeline.at(-1)).toMatchObject({ what: 'not_enough_stock', quantity: 2 });
	});

	it('of which units are nowhere opens an exception at the site that would have been asked', async () => {
		const order = await created({ method: 'pickup', siteId: 'leeds', lines: [{ sku: 'C', quantity: 2 }] });
		const [told] = (await documentsOf('site:leeds', 'meta')).filter(
			({ body }) => (body as { orderNumber?: string }).orderNumber === order.number,
		);
		expect(told?.body).toMatchObject({ exceptionKind: 'not_enough_stock', state: 'open', sku: 'C', quantity: 2 });
		const row = await shop.db
			.selectFrom('customer_order')
			.select('brought_to')
			.where('id', '=', order.id)
			.executeTakeFirstOrThrow();
		expect(row.brought_to).toEqual(['leeds']);
	});

	it('for a pickup stays at its store even when nothing is there, and the store sees it', async () => {
		const order = await created({ method: 'pickup', siteId: 'leeds', lines: [{ sku: 'C', quantity: 1 }] });
		expect(order).toMatchObject({ fulfillments: [], promisedAt: '2026-11-20T12:00:00Z', lines: [{ unassigned: 1 }] });
		const seen = await documentsOf('site:leeds', 'orders');
		expect(seen.some(({ document_id }) => document_id === order.id)).toBe(true);
	});
});

describe('the same order again', () => {
	it('gives the stored order and sets nothing aside a second time', async () => {
		const capture = shopCapture();
		const first = await captureOrder(shop.db, capture, context);
		const before = await stockOf('leeds', 'A');
		const again = await captureOrder(shop.db, { ...capture, placedAt: '2026-11-20T10:00:00+00:00' }, context);
		expect(again).toEqual({ ...first, created: false });
		expect(await stockOf('leeds', 'A')).toEqual(before);
	});

	it('with other content is a conflict, and the first one stays', async () => {
		const capture = shopCapture();
		const first = await captureOrder(shop.db, capture, context);
		const other = await captureOrder(shop.db, { ...capture, customer: { name: 'Somebody Else' } }, context);
		expect(other).toMatchObject({ captured: false, fault: { error: 'conflict', where: '/externalId' } });
		expect(first.captured && (await findOrder(shop.db, first.order.id))).toEqual(first.captured && first.order);
	});

	it('sent eight times at once is captured once', async () => {
		const capture = shopCapture();
		const results = await Promise.all(Array.from({ length: 8 }, () => captureOrder(shop.db, capture, context)));
		expect(results.filter((result) => result.captured && result.created)).toHaveLength(1);
		expect(new Set(results.map((result) => result.captured && result.order.id)).size).toBe(1);
	});
});

it('a refused capture leaves no trace', async () => {
	const capture = shopCapture({ lines: [{ sku: 'nothing', quantity: 1 }] });
	const result = await captureOrder(shop.db, capture, context);
	expect(result).toMatchObject({ captured: false, fault: { error: 'unknown_sku', where: '/lines/0/sku' } });
	const rows = await shop.db
		.selectFrom('customer_order')
		.select('id')
		.where('external_id', '=', capture.externalId)
		.execute();
	expect(rows).toEqual([]);
});

/** As a channel does it: a database that is too busy for now is asked again. */
async function captureInTheEnd(db: Database['db'], capture: OrderCapture): Promise<CaptureResult> {
	for (;;) {
		try {
			return await captureOrder(db, capture, context);
		} catch (error) {
			if (!isDatabaseAway(error)) throw error;
		}
	}
}

it('a hundred orders at once for the last units sell each unit once, and never draw a position below zero', async () => {
	const own = await openShop({ 'leeds A': 7, 'leeds B': 20, 'london A': 5, 'london B': 4 });
	try {
		const results = await Promise.all(
			Array.from({ length: 100 }, (_, index) => {
				const lines = [
					{ sku: 'A', quantity: 1 },
					{ sku: 'B', quantity: 1 },
				];
				return captureInTheEnd(own.db, shopCapture({ lines: index % 2 ? lines : lines.toReversed() }));
			}),
		);
		const lines = results.flatMap((result) => (result.captured ? result.order.lines : []));
		const allocated = (sku: string) =>
			lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.ordered - line.unassigned, 0);
		expect(allocated('A')).toBe(12);
		expect(allocated('B')).toBe(24);
		const positions = await own.db.selectFrom('stock_position').select(['available', 'allocated']).execute();
		expect(positions.every(({ available }) => available >= 0)).toBe(true);
		expect(positions.reduce((sum, { allocated: units }) => sum + units, 0)).toBe(36);
		expect(await checkLedger(own.db)).toEqual([]);
	} finally {
		await own.drop();
	}
});

it('an order that no site has whole goes out from several at once, each sees its own part, and why is written down', async () => {
	const own = await openShop({ 'leeds A': 10, 'london A': 10, 'london C': 1, 'daventry A': 3 });
	try {
		const lines = [
			{ sku: 'A', quantity: 12 },
			{ sku: 'C', quantity: 1 },
		];
		const result = await captureOrder(own.db, shopCapture({ lines }), context);
		if (!result.captured) throw new Error(result.fault.message);
		const { order } = result;
		const documents = (siteId: string) =>
			own.db
				.selectFrom('stream_document')
				.select(['document_id', 'body'])
				.where('stream_id', '=', `site:${siteId}`)
				.execute();
		expect(order.lines.map(({ unassigned }) => unassigned)).toEqual([0, 0]);
		expect(order.fulfillments.map(({ number, siteId }) => [number, siteId])).toEqual([
			[`${order.number}-1`, expect.stringMatching(/leeds|london/)],
			[`${order.number}-2`, expect.stringMatching(/leeds|london/)],
		]);
		for (const { siteId, fulfillmentOrderId } of order.fulfillments) {
			const seen = await documents(siteId);
			const part = seen.find(({ document_id }) => document_id === fulfillmentOrderId)?.body;
			expect(part).toMatchObject({ siteId, routing: { cause: 'captured', parcels: 2 } });
			expect(seen.some(({ document_id }) => document_id === order.id)).toBe(true);
		}
		const [decision] = await readDecisions(own.db, order.id);
		expect(decision).toMatchObject({ cause: 'captured', orderNumber: order.number, chosen: { unfilledUnits: 0 } });
		expect(decision?.chosen.parcels.map(({ siteId }) => siteId).sort()).toEqual(['leeds', 'london']);
		expect(await decisionsSeenAt(own.db, 'leeds', order.id)).toHaveLength(1);
		expect(await decisionsSeenAt(own.db, 'daventry', order.id)).toEqual([]);
		expect(await checkLedger(own.db)).toEqual([]);
	} finally {
		await own.drop();
	}
});
