import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { samplePurchaseOrder } from '../../shared/domain/sample-supply.ts';
import {
	addDevice,
	addSite,
	openTestCentral,
	sampleSite,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { shopProducts } from '../../test/shop-for-tests.ts';
import { addWork } from '../../test/work-for-tests.ts';
import { keepingStockDocuments, stockDocumentRow } from '../central/inventory/stock-documents.ts';
import { checkLedger, postMovements } from '../central/inventory/stock-ledger.ts';
import { DocumentWriter } from '../database/documents.ts';
import { keepProducts } from '../intake/opening-data.ts';
import { verifyLedger } from '../verify-ledger/verify-ledger.ts';
import { takeInOperation } from './take-in-operation.ts';

let central: TestCentral;
let device: TestDevice;
let run = 0;
let sku = '';

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'York');
	await central.database.db
		.updateTable('site')
		.set({ body: JSON.stringify({ ...sampleSite('York'), closedBins: ['Z-1'] }) })
		.where('id', '=', 'York')
		.execute();
	device = await addDevice(central, 'York', 'manager');
});
afterAll(() => central.close());

/** Nine mugs, of a product of its own in each test. */
beforeEach(async () => {
	run += 1;
	sku = `mug-${run}`;
	const opening = { siteId: 'York', sku, quantity: 9, from: 'supplier', to: 'available', reason: 'opening' } as const;
	await postMovements(central.database.db, [opening], {
		operationId: null,
		orderId: null,
		actorName: 'central',
		recordedAt: '2026-11-20T10:00:00Z',
	});
});

async function does(type: string, payload: object) {
	const taken = await takeInOperation(central.ingest, device, device.write({ type, payload }));
	if (taken.kind !== 'outcome') throw new Error(taken.kind);
	const { outcome, reason, exceptions } = taken.outcome;
	return { outcome, reason, exceptions };
}

async function movements(): Promise<string[]> {
	const rows = await central.database.db
		.selectFrom('movement')
		.select(['quantity', 'from_bucket', 'to_bucket'])
		.where('sku', '=', sku)
		.where('operation_id', 'is not', null)
		.orderBy('id')
		.execute();
	return rows.map(({ quantity, from_bucket, to_bucket }) => `${quantity} ${from_bucket} > ${to_bucket}`);
}

const counted = (scan: { expected: number; counted: number }, change: object = {}) => ({
	countId: `count-${sku}`,
	sku,
	name: 'Mug',
	posts: 'at_once',
	scans: [scan],
	...change,
});
const adjusted = (quantity: number, change: object = {}) => ({
	adjustmentId: `adjustment-${sku}`,
	sku,
	name: 'Mug',
	quantity,
	reason: 'found',
	...change,
});
const moved = (quantity: number, change: object = {}) => ({ sku, quantity, fromBin: 'A-1', toBin: 'A-2', ...change });
const received = (lines: readonly object[], change: object = {}) => ({
	receiptId: `receipt-${sku}`,
	lines: lines.map((line, index) => ({ lineId: `l-${index}`, sku, name: 'Mug', condition: 'good', ...line })),
	...change,
});

test('a quantity that none can be is kept for a person, and moves nothing', async () => {
	const unreadable = { outcome: 'quarantined', reason: 'unreadable_payload' };
	for (const quantity of [0, -1, 0.5, 1e9, Number.NaN, null, '3']) {
		const absurd = quantity as number;
		expect(await does('adjust', adjusted(absurd))).toMatchObject(unreadable);
		expect(await does('move_between_bins', moved(absurd))).toMatchObject(unreadable);
		if (quantity !== 0)
			expect(await does('count', counted({ expected: 9, counted: absurd }))).toMatchObject(unreadable);
	}
	expect(await does('count', counted({ expected: 9.5, counted: 9 }))).toMatchObject(unreadable);
	expect(await does('adjust', adjusted(1, { reason: 'because' }))).toMatchObject(unreadable);
	expect(await movements()).toEqual([]);
});

test('a product that the catalog does not have is counted and received all the same: the goods are there', async () => {
	sku = 'nobody-knows-it';
	expect(await does('count', counted({ expected: 0, counted: 2 }))).toMatchObject({ outcome: 'applied' });
	expect(await does('receive', received([{ quantity: 3 }]))).toMatchObject({ outcome: 'applied' });
	expect(await movements()).toEqual(['2 lost > available', '3 supplier > available']);
});

test('goods that are counted, found or laid into a closed bin are in the books, and somebody is told of the bin', async () => {
	const told = { outcome: 'applied', exceptions: ['closed_bin_used'] };
	expect(await does('count', counted({ expected: 9, counted: 9 }, { bin: 'Z-1' }))).toMatchObject(told);
	expect(await does('adjust', adjusted(1, { bin: 'Z-1' }))).toMatchObject(told);
	expect(await does('move_between_bins', moved(2, { toBin: 'Z-1' }))).toMatchObject(told);
	expect(await movements()).toEqual(['1 lost > available', '2 available > available']);
	const { body } = await central.database.db
		.selectFrom('exception_case')
		.select('body')
		.where(sql<boolean>`body ->> 'sku' = ${sku}`)
		.limit(1)
		.executeTakeFirstOrThrow();
	expect(body).toMatchObject({ exceptionKind: 'closed_bin_used', bin: 'Z-1', siteId: 'York' });
});

test('a product tells when it was last counted, also where the count changed nothing', async () => {
	const told = async () => {
		const { rows } = await sql<{ body: { countedAt?: string; units: { available: number } } }>`
			SELECT body FROM stream_document WHERE document_id = ${`York:${sku}`}`.execute(central.database.db);
		return rows[0]?.body;
	};
	await does('count', counted({ expected: 9, counted: 9 }));
	const first = await told();
	expect(first).toMatchObject({ countedAt: expect.any(String), units: { available: 9 } });
	await does('move_between_bins', moved(1));
	expect(await told()).toMatchObject({ countedAt: first?.countedAt });
	await does('count', counted({ expected: 9, counted: 8 }, { countId: `again-${sku}` }));
	expect(await told()).toMatchObject({ units: { available: 8 } });
	expect((await told())?.countedAt).not.toBe(first?.countedAt);
});

test('a manager closes a bin and puts it into use again; what came between is told, in a receipt too', async () => {
	const bin = `B-${run}`;
	const about = { binClosureId: `bin:York:${bin}`, bin };
	const associate = await addDevice(central, 'York');
	const close = associate.write({ type: 'close_bin', payload: { ...about, reason: 'wet' } });
	const refused = await takeInOperation(central.ingest, associate, close);
	expect(refused).toMatchObject({ outcome: { outcome: 'refused', reason: 'role_not_allowed' } });
	expect(await does('close_bin', { ...about, reason: 'wet' })).toMatchObject({ outcome: 'applied' });
	expect(await does('close_bin', { ...about, binClosureId: 'bin:York:C-1', reason: '' })).toMatchObject({
		outcome: 'refused',
		reason: 'not_found',
	});
	const lines = [
		{ quantity: 1, bin },
		{ quantity: 2, bin: 'A-1' },
		{ quantity: 1, bin },
	];
	expect(await does('receive', received(lines))).toMatchObject({ exceptions: ['closed_bin_used'] });
	expect(await does('open_bin', about)).toMatchObject({ outcome: 'applied' });
	expect(await does('move_between_bins', moved(1, { toBin: bin }))).toMatchObject({ exceptions: [] });
	// The site's record says that this one is closed: its people's word is newer.
	expect(await does('open_bin', { binClosureId: 'bin:York:Z-1', bin: 'Z-1' })).toMatchObject({ outcome: 'applied' });
	expect(await does('move_between_bins', moved(1, { toBin: 'Z-1' }))).toMatchObject({ exceptions: [] });
	await does('close_bin', { binClosureId: 'bin:York:Z-1', bin: 'Z-1', reason: 'still wet' });
});

test('goods leave a closed bin, and are counted beside it, without a word', async () => {
	expect(await does('move_between_bins', moved(2, { fromBin: 'Z-1' }))).toMatchObject({ exceptions: [] });
	expect(await does('adjust', adjusted(1, { reason: 'damaged', bin: 'Z-1' }))).toMatchObject({ exceptions: [] });
	expect(await does('count', counted({ expected: 8, counted: 8 }, { bin: 'Z-11' }))).toMatchObject({ exceptions: [] });
});

test('a serial number that came before is told, within one receipt and in the next; no unit is lost', async () => {
	const body = JSON.stringify({ id: sku, name: 'Phone', tracking: 'serial' });
	await central.database.db.insertInto('product').values({ sku, gtin: sku, body }).execute();
	const once = [{ quantity: 2, serials: [`${sku}-a`, `${sku}-b`] }];
	expect(await does('receive', received(once))).toMatchObject({ outcome: 'applied', exceptions: [] });
	const twice = received([{ quantity: 2, serials: [`${sku}-b`, `${sku}-c`] }], { receiptId: `again-${sku}` });
	expect(await does('receive', twice)).toMatchObject({ outcome: 'applied', exceptions: ['duplicate_serial'] });
	expect(await movements()).toEqual(['2 supplier > available', '2 supplier > available']);
	const { rows } = await sql`SELECT serial FROM stock_detail WHERE sku = ${sku} AND serial <> ''`.execute(
		central.database.db,
	);
	expect(rows).toHaveLength(3);
});

test('a serial number that is picked and is not on the shelf by the books is kept with the pick, and somebody is told', async () => {
	const body = JSON.stringify({ id: sku, name: 'Phone', tracking: 'serial' });
	await central.database.db.insertInto('product').values({ sku, gtin: sku, body }).execute();
	const work = await addWork(central, 4, 'York', sku);
	const pick = (serial: string) => {
		const { type, payload } = work.pick(1);
		return does(type, { ...(payload as object), serials: [serial] });
	};
	// All nine of the shelf are known by now, and the four that the order waits for are not.
	const nine = Array.from({ length: 9 }, (_, index) => `${sku}-${index}`);
	expect(await does('adjust', adjusted(9, { reason: 'lost' }))).toMatchObject({ outcome: 'applied' });
	expect(await does('receive', received([{ quantity: 9, serials: nine }]))).toMatchObject({ exceptions: [] });
	expect(await pick(`${sku}-0`)).toMatchObject({ outcome: 'applied', exceptions: [] });
	expect(await pick(`${sku}-new`)).toMatchObject({ outcome: 'applied', exceptions: [] });
	expect(await pick(`${sku}-0`)).toMatchObject({ outcome: 'applied', exceptions: ['serial_not_here'] });
	const { rows } = await sql`SELECT place FROM stock_detail WHERE sku = ${sku} AND serial = ${`${sku}-new`}`.execute(
		central.database.db,
	);
	expect(rows).toEqual([{ place: 'picked' }]);
	expect((await movements()).filter((each) => each === '1 allocated > picked')).toHaveLength(3);
});

test('an expired lot that is received can not be sold, and somebody is told', async () => {
	const expired = received([{ quantity: 4, lot: 'L-1', expiresOn: '2020-01-31' }]);
	expect(await does('receive', expired)).toMatchObject({ outcome: 'applied', exceptions: ['expired_received'] });
	expect(await movements()).toEqual(['4 supplier > quarantine']);
});

test('a receipt against an order that came in full is kept and told', async () => {
	const line = { sku, name: 'Mug', gtins: [], ordered: 5, received: 5, damaged: 0 };
	const order = samplePurchaseOrder({ id: `po-${sku}`, siteId: 'York', state: 'received', lines: [line] });
	const rows = JSON.stringify([stockDocumentRow(order)]).replaceAll("'", "''");
	await sql.raw(keepingStockDocuments(`'${rows}'`)).execute(central.database.db);
	const late = received([{ quantity: 2 }], { purchaseOrderId: order.id });
	expect(await does('receive', late)).toMatchObject({ outcome: 'applied', exceptions: ['received_after_close'] });
	expect(await movements()).toEqual(['2 supplier > available']);
});

test('a count by lot corrects the lots that were counted and those that nobody found, and what is of no lot stays apart', async () => {
	const { db } = central.database;
	const [sample] = shopProducts;
	if (sample === undefined) throw new Error('The shop has products');
	await keepProducts(db, [{ ...sample, id: sku, tracking: 'lot' }], new DocumentWriter());
	await does('receive', received([{ quantity: 4, lot: 'early', expiresOn: '2027-01-01' }]));
	await does('receive', received([{ quantity: 5, lot: 'late' }], { receiptId: `second-${sku}` }));
	const lotBooks = [
		{ lot: 'early', units: 4 },
		{ lot: 'late', units: 5 },
	];
	const lots = [
		{ lot: 'late', counted: 3 },
		{ lot: 'new', expiresOn: '2027-06-01', counted: 10 },
	];
	const told = await does('count', counted({ expected: 18, counted: 13 }, { lotBooks, lots }));
	expect(told).toMatchObject({ outcome: 'applied', exceptions: ['count_differs'] });
	const { bins, available } = await db
		.selectFrom('stock_position')
		.select(['bins', 'available'])
		.where('sku', '=', sku)
		.executeTakeFirstOrThrow();
	expect([available, bins]).toEqual([
		13,
		[
			{ bin: '', lot: 'late', units: 3 },
			{ bin: '', lot: 'new', units: 10, expiresOn: '2027-06-01' },
		],
	]);
	const { rows } = await sql`SELECT quantity::int AS quantity, identity FROM movement
		WHERE sku = ${sku} AND reason = 'counted' ORDER BY id`.execute(db);
	expect(rows).toEqual([
		{ quantity: 4, identity: { lot: 'early', expiresOn: '2027-01-01' } },
		{ quantity: 2, identity: { lot: 'late' } },
		{ quantity: 10, identity: { lot: 'new', expiresOn: '2027-06-01' } },
		{ quantity: 9, identity: null },
	]);
});

test('after all of it the books are right', async () => {
	const { db } = central.database;
	expect(await checkLedger(db)).toEqual([]);
	const faults: string[] = [];
	await verifyLedger(db, Temporal.Now.instant(), ({ kind, what }) => kind === 'fault' && faults.push(what));
	expect(faults).toEqual([]);
	const { rows } = await sql`SELECT id FROM lane WHERE frozen_reason IS NOT NULL`.execute(db);
	expect(rows).toEqual([]);
});
