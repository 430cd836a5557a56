import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePurchaseOrder } from '../../shared/domain/sample-supply.ts';
import type { StockDocument } from '../../shared/schema/stock-document.ts';
import {
	addDevice,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { shopProducts } from '../../test/shop-for-tests.ts';
import { keepingStockDocuments, stockDocumentRow } from '../central/inventory/stock-documents.ts';
import { openStockDoubt } from '../central/inventory/stock-doubt.ts';
import { checkLedger, postMovements } from '../central/inventory/stock-ledger.ts';
import { publishDraft, readRulesState, saveDraft } from '../central/rules/change-rules.ts';
import { promisingSubject } from '../central/rules/promising-subject.ts';
import { siteStream } from '../database/documents.ts';
import { takeInOperation } from './take-in-operation.ts';

let central: TestCentral;
/** York gets, Leeds sends. */
let york: TestDevice;
let leeds: TestDevice;
let run = 0;

beforeAll(async () => {
	central = await openTestCentral();
	for (const siteId of ['York', 'Leeds']) await addSite(central, siteId);
	york = await addDevice(central, 'York', 'manager');
	leeds = await addDevice(central, 'Leeds', 'manager');
});
afterAll(() => central.close());

async function does(device: TestDevice, type: string, payload: object) {
	const operation = device.write({ type, payload });
	const taken = await takeInOperation(central.ingest, device, operation);
	if (taken.kind !== 'outcome') throw new Error(taken.kind);
	const again = await takeInOperation(central.ingest, device, operation);
	expect(again).toMatchObject({ kind: 'outcome', isNew: false });
	const { outcome, reason, exceptions } = taken.outcome;
	return { outcome, reason, exceptions };
}

/** A product of which Leeds has some. */
async function stock(units: number): Promise<string> {
	run += 1;
	const sku = `sku-${run}`;
	const opening = {
		siteId: 'Leeds',
		sku,
		quantity: units,
		from: 'supplier',
		to: 'available',
		reason: 'opening',
	} as const;
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt: '2026-11-20T10:00:00Z' };
	await postMovements(central.database.db, [opening], posting);
	return sku;
}

async function unitsOf(siteId: string, sku: string) {
	const { db } = central.database;
	const inside = await db
		.selectFrom('stock_position')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('sku', '=', sku)
		.executeTakeFirst();
	const outside = await db
		.selectFrom('outside_position')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('sku', '=', sku)
		.executeTakeFirst();
	const all = { ...inside, ...outside };
	return Object.fromEntries(
		Object.entries(all).filter(([name, value]) => typeof value === 'number' && value !== 0 && name !== 'supplier'),
	);
}

async function keep(document: StockDocument): Promise<void> {
	const rows = JSON.stringify([stockDocumentRow(document)]);
	await sql.raw(keepingStockDocuments(`'${rows.replaceAll("'", "''")}'`)).execute(central.database.db);
}

async function documentOf(id: string) {
	const { db } = central.database;
	const { body } = await db.selectFrom('stock_document').select('body').where('id', '=', id).executeTakeFirstOrThrow();
	return body;
}

const request = (sku: string, quantity: number, change: object = {}) => ({
	transferId: `transfer-${sku}`,
	number: `T-${sku}`,
	fromSiteId: 'Leeds',
	fromSiteName: 'Store Leeds',
	toSiteName: 'Store York',
	expectedOn: '2026-11-24',
	lines: [{ sku, name: 'Mug', gtins: [], quantity }],
	...change,
});
const received = (sku: string, quantity: number, change: object = {}) => ({
	receiptId: `receipt-${sku}`,
	transferId: `transfer-${sku}`,
	lines: [{ lineId: `line-${quantity}`, sku, name: 'Mug', quantity, condition: 'good' }],
	...change,
});

test('a transfer goes from one site to the other with the books of both right at every step, and both see it', async () => {
	const sku = await stock(9);
	const transferId = `transfer-${sku}`;
	expect(await does(york, 'request_transfer', request(sku, 5))).toMatchObject({ outcome: 'applied' });
	expect(await unitsOf('Leeds', sku)).toEqual({ available: 4, allocated: 5 });
	await does(leeds, 'pick_transfer', { transferId, sku, quantity: 5 });
	await does(leeds, 'pack_transfer', { transferId, sscc: '095012345678901237', lines: [{ sku, quantity: 5 }] });
	await does(leeds, 'send_transfer', { transferId, lines: [{ sku, quantity: 5 }] });
	expect(await unitsOf('Leeds', sku)).toEqual({ available: 4, other_site: 5 });
	expect(await unitsOf('York', sku)).toEqual({ in_transit: 5, other_site: -5 });
	await does(york, 'receive', received(sku, 3));
	const close = { receiptId: `receipt-${sku}`, transferId, complete: true };
	expect(await does(york, 'close_receipt', close)).toMatchObject({ exceptions: ['delivery_differs'] });
	expect(await unitsOf('York', sku)).toEqual({ available: 3, lost: 2, other_site: -5 });
	expect(await checkLedger(central.database.db)).toEqual([]);

	const { db } = central.database;
	for (const siteId of ['York', 'Leeds']) {
		const seen = await db
			.selectFrom('stream_document')
			.select('body')
			.where('stream_id', '=', siteStream(siteId))
			.where('document_id', '=', transferId)
			.executeTakeFirst();
		expect(seen?.body).toMatchObject({ state: 'discrepancy', lines: [{ sent: 5, received: 3 }] });
		const told = await db.selectFrom('exception_case').select('body').where('site_id', '=', siteId).execute();
		expect(told.map(({ body }) => [body.exceptionKind, body.supplyNumber])).toContainEqual([
			'delivery_differs',
			`T-${sku}`,
		]);
	}
});

test('goods that are received before central has heard that they left are right in the end, and nobody is sent to count them', async () => {
	const sku = await stock(5);
	const transferId = `transfer-${sku}`;
	await does(york, 'request_transfer', request(sku, 5));
	expect(await does(york, 'receive', received(sku, 5))).toEqual({
		outcome: 'applied',
		reason: undefined,
		exceptions: [],
	});
	await does(york, 'close_receipt', { receiptId: `receipt-${sku}`, transferId, complete: true });
	await does(leeds, 'pick_transfer', { transferId, sku, quantity: 5 });
	await does(leeds, 'send_transfer', { transferId, lines: [{ sku, quantity: 5 }] });
	expect(await unitsOf('Leeds', sku)).toEqual({ other_site: 5 });
	expect(await unitsOf('York', sku)).toEqual({ available: 5, other_site: -5 });
	expect(await documentOf(transferId)).toMatchObject({ state: 'received' });
	expect(await checkLedger(central.database.db)).toEqual([]);
});

test('no more is set aside for a transfer than the other site can spare', async () => {
	const sku = await stock(5);
	const { db } = central.database;
	expect(await does(york, 'request_transfer', request(sku, 6))).toMatchObject({ reason: 'not_enough_stock' });
	expect(await does(york, 'request_transfer', request('unknown', 1))).toMatchObject({ reason: 'not_enough_stock' });
	await db
		.insertInto('stock_claim')
		.values({ site_id: 'Leeds', sku, kind: 'reservation', holder_id: 'r', units: 2, expires_at: null })
		.execute();
	expect(await does(york, 'request_transfer', request(sku, 4))).toMatchObject({ reason: 'not_enough_stock' });
	expect(await does(york, 'request_transfer', request(sku, 3))).toMatchObject({ outcome: 'applied' });
	const other = await stock(5);
	await openStockDoubt(db, { siteId: 'Leeds', sku: other, since: '2026-11-20T10:00:00Z', operationId: 'op' });
	expect(await does(york, 'request_transfer', request(other, 1))).toMatchObject({ reason: 'not_enough_stock' });
	expect(await unitsOf('Leeds', other)).toEqual({ available: 5 });
});

test('what the rules of the other site keep back is not given to a site that asks', async () => {
	const sku = await stock(5);
	const { db } = central.database;
	const body = JSON.stringify({ ...shopProducts[0], id: sku });
	await db.insertInto('product').values({ sku, gtin: sku, body }).execute();
	const effect = { safetyStock: { units: 2 } };
	const rule = { id: 'keep', name: 'Keep two', products: { skus: [sku] }, siteGroup: {}, effect };
	const parts = { db, clock: central.ingest.clock };
	const { published } = await readRulesState(promisingSubject, parts);
	const ann = { id: 'ann', name: 'Ann' };
	const draft = { baseVersion: published.version, revision: 0, rules: [rule], groups: [] };
	const saved = await saveDraft(promisingSubject, parts, ann, draft);
	const { version = 0, revision = 0 } = (saved.done ? saved.value.draft : null) ?? {};
	expect(await publishDraft(promisingSubject, parts, ann, { version, revision, note: 'for the test' })).toMatchObject({
		done: true,
	});
	expect(await does(york, 'request_transfer', request(sku, 4))).toMatchObject({ reason: 'not_enough_stock' });
	expect(await does(york, 'request_transfer', request(sku, 3))).toMatchObject({ outcome: 'applied' });
});

test('a site sends another one goods that it has not asked for; it sees them come, and one that is not there gets none', async () => {
	const sku = await stock(5);
	const transferId = `given-${sku}`;
	const opened = {
		transferId,
		number: `G-${sku}`,
		fromSiteName: 'Store Leeds',
		toSiteId: 'York',
		toSiteName: 'Store York',
		expectedOn: '2026-11-24',
	};
	expect(await does(leeds, 'open_transfer', opened)).toMatchObject({ outcome: 'applied', exceptions: [] });
	await does(leeds, 'pick_transfer', { transferId, sku, quantity: 2, name: 'Mug', gtins: [] });
	await does(leeds, 'send_transfer', { transferId, lines: [{ sku, quantity: 2 }] });
	expect(await unitsOf('Leeds', sku)).toEqual({ available: 3, other_site: 2 });
	expect(await unitsOf('York', sku)).toEqual({ in_transit: 2, other_site: -2 });
	const lost = { ...opened, transferId: `lost-${sku}`, toSiteId: 'Nowhere' };
	expect(await does(leeds, 'open_transfer', lost)).toMatchObject({ outcome: 'quarantined', reason: 'unknown_site' });
	expect(await does(leeds, 'open_transfer', { ...lost, toSiteId: 'Leeds' })).toMatchObject({ reason: 'same_site' });
});

test('a site asks neither itself nor one that is not there, and only somebody in charge asks', async () => {
	const sku = await stock(5);
	const ask = (change: object) => does(york, 'request_transfer', request(sku, 1, change));
	expect(await ask({ fromSiteId: 'York' })).toMatchObject({ reason: 'same_site' });
	expect(await ask({ fromSiteId: 'Nowhere' })).toMatchObject({ reason: 'unknown_site' });
	const associate = await addDevice(central, 'York');
	expect(await does(associate, 'request_transfer', request(sku, 1))).toMatchObject({ reason: 'role_not_allowed' });
});

test('two sites that ask for the last units at once do not both get them', async () => {
	const sku = await stock(5);
	const other = await addDevice(central, 'York', 'manager');
	const [first, second] = await Promise.all([
		does(york, 'request_transfer', request(sku, 5)),
		does(other, 'request_transfer', request(sku, 5, { transferId: `other-${sku}` })),
	]);
	expect([first.outcome, second.outcome].sort()).toEqual(['applied', 'refused']);
	expect(await unitsOf('Leeds', sku)).toEqual({ allocated: 5 });
});

test('two people who receive one order at once, and each retry, make right sums', async () => {
	const id = 'po-two';
	await keep(samplePurchaseOrder({ id, siteId: 'York', lines: [line('two', 40)], announced: [] }));
	const other = await addDevice(central, 'York');
	const counts = [1, 2, 3, 4, 5];
	const receiveAll = async (device: TestDevice, receiptId: string) => {
		for (const quantity of counts)
			await does(device, 'receive', {
				...received('two', quantity),
				transferId: undefined,
				purchaseOrderId: id,
				receiptId,
			});
	};
	await Promise.all([receiveAll(york, 'two-1'), receiveAll(other, 'two-2')]);
	expect(await documentOf(id)).toMatchObject({ lines: [{ ordered: 40, received: 30 }] });
	expect(await unitsOf('York', 'two')).toEqual({ available: 30 });
});

const line = (sku: string, ordered: number) => ({ sku, name: 'Mug', gtins: [], ordered, received: 0, damaged: 0 });

test('a receipt against a closed or cancelled order is kept and told; one against another site’s order or none waits for a person', async () => {
	await keep(samplePurchaseOrder({ id: 'po-gone', siteId: 'York', state: 'cancelled', lines: [line('gone', 5)] }));
	await keep(samplePurchaseOrder({ id: 'po-leeds', siteId: 'Leeds', lines: [line('gone', 5)] }));
	const against = (purchaseOrderId: string) => ({
		...received('gone', 2),
		transferId: undefined,
		purchaseOrderId,
		receiptId: `of-${purchaseOrderId}`,
	});
	expect(await does(york, 'receive', against('po-gone'))).toMatchObject({ exceptions: ['received_after_close'] });
	expect(await unitsOf('York', 'gone')).toEqual({ available: 2 });
	expect(await does(york, 'receive', against('po-leeds'))).toMatchObject({ reason: 'other_site' });
	expect(await does(york, 'receive', against('po-none'))).toMatchObject({ reason: 'not_found' });
	expect(await unitsOf('York', 'gone')).toEqual({ available: 2 });
});

test('a quantity that is none is no receipt: it is kept for a person, and the books stay as they are', async () => {
	for (const quantity of [0, -1, 1.5, 1_000_000, Number.NaN]) {
		const bad = { receiptId: 'bad', lines: [{ lineId: 'b', sku: 'bad', name: 'Mug', quantity, condition: 'good' }] };
		expect(await does(york, 'receive', bad)).toMatchObject({ outcome: 'quarantined', reason: 'unreadable_payload' });
	}
	expect(await unitsOf('York', 'bad')).toEqual({});
});

test('nothing more of a product is promised from a site that came up short of it for a transfer', async () => {
	const sku = await stock(5);
	await does(york, 'request_transfer', request(sku, 3));
	const short = { transferId: `transfer-${sku}`, sku, quantity: 3, reason: 'not_found' };
	expect(await does(leeds, 'short_transfer', short)).toMatchObject({ exceptions: ['transfer_units_short'] });
	expect(await unitsOf('Leeds', sku)).toEqual({ available: 2, lost: 3 });
	const again = request(sku, 1, { transferId: `again-${sku}` });
	expect(await does(york, 'request_transfer', again)).toMatchObject({ reason: 'not_enough_stock' });
});
