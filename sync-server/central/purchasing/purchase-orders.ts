import { type Kysely, sql, type Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import type {
	PurchaseOrder,
	PurchaseOrderCapture,
	PurchaseOrderChange,
} from '../../../shared/schema/purchase-order.ts';
import { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { keepStockDocuments } from '../inventory/stock-documents.ts';
import {
	announcementFault,
	dateFault,
	isSamePurchase,
	type PurchaseCatalog,
	type PurchaseFault,
	purchaseFault,
} from './check-purchase-order.ts';

export type PurchaseResult =
	| { readonly kept: true; readonly created: boolean; readonly purchaseOrder: PurchaseOrder }
	| { readonly kept: false; readonly fault: PurchaseFault };

/** Takes a purchase order in, once: the same again changes nothing, other content under its number is a conflict. */
export function capturePurchaseOrder(
	db: Kysely<Tables>,
	capture: PurchaseOrderCapture,
	now: Temporal.Instant,
): Promise<PurchaseResult> {
	return inTransaction(db, async (transaction) => {
		const documents = new DocumentWriter();
		const [result] = await keepPurchaseOrders(transaction, [capture], now, documents);
		if (result === undefined) throw new Error('A purchase order got no answer.');
		await documents.publish(transaction);
		return result;
	});
}

/** Takes several in, in the order of the answers; the caller publishes. */
export async function keepPurchaseOrders(
	transaction: Transaction<Tables>,
	captures: readonly PurchaseOrderCapture[],
	now: Temporal.Instant,
	documents: DocumentWriter,
): Promise<readonly PurchaseResult[]> {
	const catalog = await readCatalog(transaction, captures);
	const results: PurchaseResult[] = [];
	for (const capture of captures) {
		const fault = purchaseFault(capture, catalog);
		results.push(
			fault === undefined
				? await keepPurchaseOrder(transaction, capture, catalog, now, documents)
				: { kept: false, fault },
		);
	}
	return results;
}

async function keepPurchaseOrder(
	transaction: Transaction<Tables>,
	capture: PurchaseOrderCapture,
	catalog: PurchaseCatalog,
	now: Temporal.Instant,
	documents: DocumentWriter,
): Promise<PurchaseResult> {
	const purchaseOrder = purchaseOrderOf(capture, catalog, now);
	const { supplierId, number } = capture;
	const taken = await transaction
		.insertInto('purchase_order_request')
		.values({ supplier_id: supplierId, number, purchase_order_id: purchaseOrder.id, body: JSON.stringify(capture) })
		.onConflict((conflict) => conflict.columns(['supplier_id', 'number']).doNothing())
		.returning('purchase_order_id')
		.executeTakeFirst();
	if (taken === undefined) return knownPurchaseOrder(transaction, capture);
	await keepStockDocuments(transaction, [purchaseOrder], documents);
	return { kept: true, created: true, purchaseOrder };
}

async function knownPurchaseOrder(db: Kysely<Tables>, capture: PurchaseOrderCapture): Promise<PurchaseResult> {
	const { supplierId, number } = capture;
	const known = await db
		.selectFrom('purchase_order_request')
		.select(['purchase_order_id', 'body'])
		.where('supplier_id', '=', supplierId)
		.where('number', '=', number)
		.executeTakeFirstOrThrow();
	if (!isSamePurchase(known.body, capture)) {
		const message = `Purchase order ${number} of ${supplierId} is there already, with other content.`;
		const whatToDo = 'Change its expected day or announcement under its id, or cancel it and send a new number.';
		return { kept: false, fault: { error: 'conflict', message, where: '/number', whatToDo } };
	}
	const purchaseOrder = await findPurchaseOrder(db, known.purchase_order_id);
	if (purchaseOrder === undefined) throw new Error(`Purchase order ${known.purchase_order_id} is gone.`);
	return { kept: true, created: false, purchaseOrder };
}

function purchaseOrderOf(
	capture: PurchaseOrderCapture,
	{ products, sites }: PurchaseCatalog,
	now: Temporal.Instant,
): PurchaseOrder {
	const { number, siteId, supplierId, expectedOn, announced = [] } = capture;
	return {
		id: newId(),
		kind: 'purchase_order',
		number,
		siteId,
		supplierId,
		supplierName: sites.get(supplierId)?.name ?? supplierId,
		state: 'open',
		orderedAt: Temporal.Instant.from(capture.orderedAt ?? now).toString(),
		expectedOn,
		lines: capture.lines.map(({ sku, quantity }) => {
			const product = products.get(sku);
			if (product === undefined) throw new Error(`The purchase order was not checked: ${sku} is not in the catalog.`);
			const gtins = [product.gtin, ...product.otherGtins];
			return { sku, name: product.name, gtins, ordered: quantity, received: 0, damaged: 0 };
		}),
		announced: [...announced],
	};
}

async function readCatalog(
	transaction: Transaction<Tables>,
	captures: readonly PurchaseOrderCapture[],
): Promise<PurchaseCatalog> {
	const skus = [...new Set(captures.flatMap(({ lines }) => lines.map(({ sku }) => sku)))].filter(isStorable);
	const siteIds = [...new Set(captures.flatMap(({ siteId, supplierId }) => [siteId, supplierId]))].filter(isStorable);
	const products = await transaction
		.selectFrom('product')
		.select(['sku', 'body'])
		.where('sku', '=', sql<string>`ANY (${skus}::text[])`)
		.execute();
	const sites = await transaction
		.selectFrom('site')
		.select(['id', 'body'])
		.where('id', '=', sql<string>`ANY (${siteIds}::text[])`)
		.execute();
	return {
		products: new Map(products.map(({ sku, body }) => [sku, body])),
		sites: new Map(sites.map(({ id, body }) => [id, body])),
	};
}

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

export async function findPurchaseOrder(db: Kysely<Tables>, id: string): Promise<PurchaseOrder | undefined> {
	const row = await db
		.selectFrom('stock_document')
		.select('body')
		.where('id', '=', id)
		.where('kind', '=', 'purchase_order')
		.executeTakeFirst();
	return row?.body.kind === 'purchase_order' ? row.body : undefined;
}

/** Which purchase orders are asked for; those after an id, in the order of ids, which is that of their coming. */
export interface PurchaseOrderQuestion {
	readonly siteId?: string;
	readonly supplierId?: string;
	readonly number?: string;
	readonly state?: PurchaseOrder['state'];
	readonly after?: string;
	readonly limit: number;
}

export async function listPurchaseOrders(
	db: Kysely<Tables>,
	{ siteId, supplierId, number, state, after, limit }: PurchaseOrderQuestion,
): Promise<readonly PurchaseOrder[]> {
	let query = db.selectFrom('stock_document').select('body').where('kind', '=', 'purchase_order');
	if (siteId !== undefined) query = query.where('site_ids', '@>', sql<string[]>`ARRAY[${siteId}]::text[]`);
	if (supplierId !== undefined) query = query.where(sql<string>`body ->> 'supplierId'`, '=', supplierId);
	if (number !== undefined) query = query.where(sql<string>`body ->> 'number'`, '=', number);
	if (state !== undefined) query = query.where('state', '=', state);
	if (after !== undefined) query = query.where('id', '>', after);
	const rows = await query.orderBy('id').limit(limit).execute();
	return rows.flatMap(({ body }) => (body.kind === 'purchase_order' ? [body] : []));
}

export type ChangeResult =
	| { readonly changed: true; readonly purchaseOrder: PurchaseOrder }
	| { readonly changed: false; readonly fault: PurchaseFault | 'not_found' };

/** Another expected day, or another announcement. Units that have come stay announced as they came. */
export function changePurchaseOrder(
	db: Kysely<Tables>,
	id: string,
	change: PurchaseOrderChange,
): Promise<ChangeResult> {
	return changeOpen(db, id, (before) => {
		const came = before.announced.filter(({ receiptId }) => receiptId !== undefined);
		const news = change.announced?.filter(({ sscc }) => !came.some((unit) => unit.sscc === sscc));
		const fault =
			(change.expectedOn === undefined ? undefined : dateFault(change.expectedOn, '/expectedOn')) ??
			announcementFault(change.announced ?? [], new Set(before.lines.map(({ sku }) => sku)));
		return (
			fault ?? {
				...before,
				expectedOn: change.expectedOn ?? before.expectedOn,
				announced: news === undefined ? before.announced : [...came, ...news],
			}
		);
	});
}

/** What has not come is expected no more. Doing it again changes nothing; what comes all the same is received as a fact. */
export function cancelPurchaseOrder(db: Kysely<Tables>, id: string): Promise<ChangeResult> {
	return changeOpen(db, id, (before) => ({ ...before, state: 'cancelled' }), 'cancelled');
}

function changeOpen(
	db: Kysely<Tables>,
	id: string,
	change: (before: PurchaseOrder) => PurchaseOrder | PurchaseFault,
	already?: PurchaseOrder['state'],
): Promise<ChangeResult> {
	return inTransaction(db, async (transaction) => {
		const row = await transaction
			.selectFrom('stock_document')
			.select('body')
			.where('id', '=', id)
			.where('kind', '=', 'purchase_order')
			.forUpdate()
			.executeTakeFirst();
		const before = row?.body;
		if (before?.kind !== 'purchase_order') return { changed: false, fault: 'not_found' };
		if (before.state === already) return { changed: true, purchaseOrder: before };
		if (before.state !== 'open') {
			const message = `Purchase order ${before.number} is ${before.state === 'discrepancy' ? 'closed' : before.state} already.`;
			return { changed: false, fault: { error: 'already_closed', message, where: '/id' } };
		}
		const after = change(before);
		if ('error' in after) return { changed: false, fault: after };
		const documents = new DocumentWriter();
		await keepStockDocuments(transaction, [after], documents);
		await documents.publish(transaction);
		return { changed: true, purchaseOrder: after };
	});
}
