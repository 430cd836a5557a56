import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voidLabels } from '../../shared/domain/decide-address.ts';
import { sampleOrder } from '../../shared/domain/sample-order.ts';
import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../shared/schema/order.ts';
import type { ReturnCase } from '../../shared/schema/return-case.ts';
import {
	addDevice,
	addOrder,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { shopProducts } from '../../test/shop-for-tests.ts';
import { checkLedger, postMovements } from '../central/inventory/stock-ledger.ts';
import { DocumentWriter, siteStream } from '../database/documents.ts';
import { inTransaction } from '../database/transaction.ts';
import { keepProducts } from '../intake/opening-data.ts';
import { takeInOperation } from './take-in-operation.ts';

// The rows of the vocabulary's conflict table whose books are central's, through what devices send. Those of moved, short and
// missing goods are in central/routing/follow-operation.pg.test.ts.

let central: TestCentral;
let numbers = 9000;

beforeAll(async () => {
	central = await openTestCentral();
	for (const siteId of ['S-1', 'S-2', 'S-3']) await addSite(central, siteId);
});
afterAll(async () => {
	expect(await checkLedger(central.database.db)).toEqual([]);
	await central.close();
});

async function newOrder(quantity: number, method: 'ship' | 'pickup' = 'ship') {
	numbers += 1;
	const sku = `sku-${numbers}`;
	const sample = sampleOrder([{ sku, quantity }], method, String(numbers));
	await addOrder(central, sample);
	const target = { fulfillmentOrderId: sample.fulfillmentOrder.id, orderId: sample.order.id };
	return { ...sample, sku, target, units: (count: number) => ({ lineId: 'line-1', sku, quantity: count }) };
}

async function say(device: TestDevice, type: string, payload: object, v = 1) {
	const operation = device.write({ type, payload }, { v });
	const taken = await takeInOperation(central.ingest, device, operation);
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	return taken.outcome;
}

async function documentAt<T>(siteId: string, documentId: string): Promise<T> {
	const row = await central.database.db
		.selectFrom('stream_document')
		.select('body')
		.where('stream_id', '=', siteStream(siteId))
		.where('document_id', '=', documentId)
		.executeTakeFirstOrThrow();
	return row.body as T;
}

/** The exceptions of an operation, as the site's devices are shown them. */
async function exceptionsAt(siteId: string, opId: string): Promise<readonly ExceptionCase[]> {
	const rows = await central.database.db
		.selectFrom('stream_document')
		.select('body')
		.where('stream_id', '=', siteStream(siteId))
		.where('document_id', 'like', `${opId}-%`)
		.orderBy('document_id')
		.execute();
	return rows.map(({ body }) => body as unknown as ExceptionCase);
}

async function returnsOf(orderId: string): Promise<readonly ReturnCase[]> {
	const rows = await central.database.db
		.selectFrom('return_case')
		.select('body')
		.where('order_id', '=', orderId)
		.execute();
	return rows.map(({ body }) => body);
}

const onHand = async (siteId: string, sku: string) => {
	const row = await central.database.db
		.selectFrom('stock_position')
		.select(['available', 'allocated', 'picked'])
		.where('sku', '=', sku)
		.where('site_id', '=', siteId)
		.executeTakeFirst();
	return row ?? { available: 0, allocated: 0, picked: 0 };
};

test('same pickup handed over twice by two cut-off counters: the second is kept, and the site sees both signatures', async () => {
	const [first, second] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const { target, units, order } = await newOrder(2, 'pickup');
	await say(first, 'pick', { ...target, ...units(2) });
	await say(first, 'stage', { ...target, location: 'PU-01' });
	const handover = { ...target, lines: [units(2)], identityCheck: 'pass_code' };
	await say(first, 'hand_over', { ...handover, collectedBy: 'Ada', signature: 'M1 1L2 2' }, 2);
	const outcome = await say(second, 'hand_over', { ...handover, collectedBy: 'Bob', signature: 'M9 9L8 8' }, 2);
	expect(outcome).toMatchObject({ outcome: 'applied', exceptions: ['second_handover'] });
	const [told] = await exceptionsAt('S-1', outcome.opId);
	expect(told).toMatchObject({
		priority: 'high',
		orderNumber: order.number,
		productName: expect.stringContaining('Product'),
		handovers: [
			{ collectedBy: 'Ada', signature: 'M1 1L2 2' },
			{ collectedBy: 'Bob', signature: 'M9 9L8 8' },
		],
	});
	expect((await documentAt<Order>('S-1', order.id)).lines).toMatchObject([{ withCustomer: 2, open: 0 }]);
});

test('a package leaves with the lot that the packer scanned, and the one that the books had in hand is on the shelf', async () => {
	const { db } = central.database;
	const { target, units, sku } = await newOrder(2);
	const [sample] = shopProducts;
	if (sample === undefined) throw new Error('The shop has products');
	await keepProducts(db, [{ ...sample, id: sku, tracking: 'lot' }], new DocumentWriter());
	const came = { siteId: 'S-1', sku, quantity: 2, from: 'supplier', to: 'available', reason: 'test' } as const;
	const lots = [
		{ ...came, lot: 'early', expiresOn: '2027-01-01' },
		{ ...came, lot: 'late', expiresOn: '2027-06-01' },
	];
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: '2026-11-20T10:00:00Z' };
	await inTransaction(db, (transaction) => postMovements(transaction, lots, posting));
	const packer = await addDevice(central, 'S-1');
	await say(packer, 'pick', { ...target, ...units(2) }, 2);
	const shelf = async () => {
		const { rows } = await sql<{ place: string; lot: string; units: number }>`
			SELECT place, lot, units::int AS units FROM stock_detail WHERE sku = ${sku} ORDER BY place, lot`.execute(db);
		return rows.map(({ place, lot, units: held }) => [place, lot, held]);
	};
	expect(await shelf()).toEqual([
		['picked', 'early', 2],
		['shelf', 'late', 2],
	]);
	const late = { ...units(2), lot: 'late' };
	await say(packer, 'pack', { ...target, packageId: 'p1', lines: [late], weightGrams: 300 }, 2);
	await say(packer, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T-lot' });
	expect(await documentAt<FulfillmentOrder>('S-1', target.fulfillmentOrderId)).toMatchObject({
		packages: [{ named: [{ sku, quantity: 2, lot: 'late' }], trackingNumber: 'T-lot' }],
	});
	expect(await shelf()).toEqual([['shelf', 'early', 2]]);
});

async function sold(quantity: number) {
	const sale = await newOrder(quantity);
	const packer = await addDevice(central, 'S-1');
	const lines = [sale.units(quantity)];
	await say(packer, 'pack', { ...sale.target, packageId: 'p1', lines, weightGrams: 300 });
	await say(packer, 'ship', { ...sale.target, packageId: 'p1', trackingNumber: 'T1' });
	const back = (returnId: string, count: number, evidence: object) => ({
		returnId,
		orderId: sale.order.id,
		orderNumber: sale.order.number,
		lines: [{ ...sale.units(count), reason: 'unwanted', grade: 'as_new', disposition: 'restock' }],
		refund: { minor: 250 * count, currency: 'GBP' },
		evidence,
	});
	return { ...sale, back };
}

test('same item returned at two cut-off stores: exactly one refund, and the second store has a review case with both evidence sets', async () => {
	const { back, order, sku } = await sold(1);
	const [one, other] = [await addDevice(central, 'S-2'), await addDevice(central, 'S-3')];
	await say(one, 'return', back('r-first', 1, { proof: 'receipt_scanned' }), 2);
	const note = { proof: 'number_typed', conditionNote: 'A chip at the rim' };
	const outcome = await say(other, 'return', back('r-second', 1, note), 2);
	expect(outcome).toMatchObject({ outcome: 'applied', exceptions: ['returned_twice'] });
	const cases = await returnsOf(order.id);
	expect(cases.map(({ refund }) => refund.minor).sort()).toEqual([0, 250]);
	expect(await documentAt('S-3', 'r-second')).toMatchObject({ state: 'needs_review', refund: { minor: 0 } });
	expect(await exceptionsAt('S-3', outcome.opId)).toMatchObject([
		{
			priority: 'high',
			cameBack: 1,
			couldComeBack: 0,
			returns: [
				{ returnId: 'r-first', siteId: 'S-2', actorName: 'Ada associate', evidence: { proof: 'receipt_scanned' } },
				{ returnId: 'r-second', siteId: 'S-3', evidence: note },
			],
		},
	]);
	// Both units are in the books where they are.
	expect(await onHand('S-2', sku)).toMatchObject({ available: 1 });
	expect(await onHand('S-3', sku)).toMatchObject({ available: 1 });
});

test('whatever comes back at several stores at the same moment, no more is paid back than was paid', async () => {
	const stores = [await addDevice(central, 'S-1'), await addDevice(central, 'S-2'), await addDevice(central, 'S-3')];
	let run = 0;
	const returned = fc.record({ store: fc.integer({ min: 0, max: 2 }), count: fc.integer({ min: 1, max: 3 }) });
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 3 }),
			fc.array(returned, { minLength: 1, maxLength: 6 }),
			async (quantity, all) => {
				run += 1;
				const { back, order } = await sold(quantity);
				await Promise.all(
					stores.map(async (device, index) => {
						for (const [turn, { store, count }] of all.entries()) {
							if (store !== index) continue;
							await say(device, 'return', back(`r-${run}-${turn}`, count, { proof: 'found_by_name' }), 2);
						}
					}),
				);
				const paid = (await returnsOf(order.id)).reduce((sum, { refund }) => sum + refund.minor, 0);
				const came = all.reduce((sum, { count }) => sum + count, 0);
				expect(paid).toBe(250 * Math.min(quantity, came));
			},
		),
		{ numRuns: 25 },
	);
});

test('address edited, label printed: a cut-off packer’s label is void when it is heard of, and a new one clears it', async () => {
	const [desk, packer] = [await addDevice(central, 'S-1', 'manager'), await addDevice(central, 'S-1')];
	const { target, units, order, fulfillmentOrder } = await newOrder(2);
	const newHome = { line1: '7 Hill Road', town: 'York', postalCode: 'YO1', country: 'GB' };
	const edited = await say(desk, 'edit_address', { orderId: order.id, shipTo: newHome });
	expect(edited.outcome).toBe('applied');
	await say(packer, 'pack', { ...target, packageId: 'p1', lines: [units(2)], weightGrams: 300 });
	await say(packer, 'print_label', { ...target, packageId: 'p1', shipTo: order.shipTo });
	const asSeen = async () => {
		const { shipTo } = await documentAt<Order>('S-1', order.id);
		return voidLabels(await documentAt<FulfillmentOrder>('S-1', fulfillmentOrder.id), shipTo).map(({ id }) => id);
	};
	expect(await asSeen()).toEqual(['p1']);
	await say(packer, 'print_label', { ...target, packageId: 'p1', shipTo: newHome });
	expect(await asSeen()).toEqual([]);
	expect((await say(packer, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' })).exceptions).toEqual([]);
	const late = await say(desk, 'edit_address', { orderId: order.id, shipTo: order.shipTo });
	expect(late).toMatchObject({ outcome: 'refused', reason: 'already_shipped' });
});

test('address edited while a cut-off packer ships with the old label: the fact is kept, and the site is told where the parcel goes', async () => {
	const [desk, packer] = [await addDevice(central, 'S-1', 'manager'), await addDevice(central, 'S-1')];
	const { target, units, order } = await newOrder(1);
	const newHome = { line1: '7 Hill Road', town: 'York', postalCode: 'YO1', country: 'GB' };
	await say(desk, 'edit_address', { orderId: order.id, shipTo: newHome });
	await say(packer, 'pack', { ...target, packageId: 'p1', lines: [units(1)], weightGrams: 300 });
	await say(packer, 'print_label', { ...target, packageId: 'p1', shipTo: order.shipTo });
	const outcome = await say(packer, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	expect(outcome).toMatchObject({ outcome: 'applied', exceptions: ['label_void_shipped'] });
	expect(await exceptionsAt('S-1', outcome.opId)).toMatchObject([
		{ priority: 'high', labelAddress: order.shipTo, orderAddress: newHome, trackingNumber: 'T1' },
	]);
});

test('only those in charge edit an address', async () => {
	const device = await addDevice(central, 'S-1');
	const { order } = await newOrder(1);
	const outcome = await say(device, 'edit_address', { orderId: order.id, shipTo: { ...order.shipTo, line1: '7' } });
	expect(outcome).toMatchObject({ outcome: 'refused', reason: 'role_not_allowed' });
});

test('sale or pick during a count: what is picked between the scan and the submit changes nothing of the difference', async () => {
	const [counter, picker] = [await addDevice(central, 'S-1'), await addDevice(central, 'S-1')];
	const { target, units, sku } = await newOrder(9);
	// Nine in the books, eight on the shelf; three are picked while the count is being finished.
	const scans = [{ expected: 9, counted: 8 }];
	await say(picker, 'pick', { ...target, ...units(3) });
	const outcome = await say(counter, 'count', { countId: 'c-1', sku, posts: 'at_once', scans });
	expect(outcome.exceptions).toContain('count_differs');
	const { available, allocated, picked } = await onHand('S-1', sku);
	expect({ onShelf: available + allocated, picked }).toEqual({ onShelf: 5, picked: 3 });
	const told = (await exceptionsAt('S-1', outcome.opId)).find(({ exceptionKind }) => exceptionKind === 'count_differs');
	expect(told).toMatchObject({ sku, quantity: -1, expected: 9, counted: 8 });
});

test('FO cancelled, then picked, packed and shipped by a cut-off device: each fact is kept, and the site is told what to do', async () => {
	const [manager, cutOff] = [await addDevice(central, 'S-1', 'manager'), await addDevice(central, 'S-1')];
	const { target, units, fulfillmentOrder, order } = await newOrder(2);
	await say(manager, 'cancel', { ...target, reason: 'customer asked' });
	const picked = await say(cutOff, 'pick', { ...target, ...units(2) });
	expect(picked.exceptions).toContain('picked_after_cancel');
	expect(await documentAt('S-1', fulfillmentOrder.id)).toMatchObject({
		state: 'cancelled',
		putBack: [{ quantity: 2 }],
	});
	await say(cutOff, 'pack', { ...target, packageId: 'p1', lines: [units(2)], weightGrams: 300 });
	const shipped = await say(cutOff, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	expect(shipped.exceptions).toContain('fulfilled_after_cancel');
	expect(await documentAt('S-1', fulfillmentOrder.id)).toMatchObject({ state: 'shipped', putBack: [] });
	expect((await documentAt<Order>('S-1', order.id)).lines).toMatchObject([{ withCustomer: 2, cancelled: 0 }]);
});

test('FO cancelled, then handed over by a cut-off counter: the order counts as fulfilled, and somebody must bill or recover it', async () => {
	const [manager, cutOff] = [await addDevice(central, 'S-1', 'manager'), await addDevice(central, 'S-1')];
	const { target, units, order } = await newOrder(1, 'pickup');
	await say(cutOff, 'pick', { ...target, ...units(1) });
	await say(cutOff, 'stage', { ...target, location: 'PU-01' });
	await say(manager, 'cancel', { ...target, reason: 'customer asked' });
	const handover = { ...target, lines: [units(1)], identityCheck: 'photo_id', collectedBy: 'Ada' };
	const outcome = await say(cutOff, 'hand_over', handover, 2);
	expect(outcome.exceptions).toEqual(['fulfilled_after_cancel']);
	expect((await documentAt<Order>('S-1', order.id)).lines).toMatchObject([{ withCustomer: 1, cancelled: 0 }]);
});
