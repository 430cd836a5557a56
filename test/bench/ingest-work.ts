import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import { toStockPosition } from '../../sync-server/central/inventory/stock-ledger.ts';
import { openDatabase } from '../../sync-server/database/open-database.ts';
import { type LaneOfDevice, operationsOf } from './device-work.ts';
import { type RowsOfOperation, rowsOfOperations, type SiteDocuments } from './rows-of-operations.ts';

/** What one device sends, and what it writes. */
export interface WorkOfSite {
	readonly siteId: string;
	readonly operations: readonly OperationEnvelope[];
	readonly rows: readonly RowsOfOperation[];
}

/** Reads what a site has to do, and its documents as they are now. */
export async function readSite(databaseUrl: string, siteId: string): Promise<SiteDocuments> {
	const { db, close } = openDatabase(databaseUrl, { connections: 1 });
	try {
		const fulfillmentOrders = await db
			.selectFrom('fulfillment_order')
			.select('body')
			.where('site_id', '=', siteId)
			.orderBy('id')
			.execute();
		const orderIds = fulfillmentOrders.map(({ body }) => body.orderId);
		const orders = await db.selectFrom('customer_order').select('body').where('id', 'in', orderIds).execute();
		const positions = await db.selectFrom('stock_position').selectAll().where('site_id', '=', siteId).execute();
		return {
			siteId,
			fulfillmentOrders: new Map(fulfillmentOrders.map(({ body }) => [body.id, body])),
			orders: new Map(orders.map(({ body }) => [body.id, body])),
			positions: new Map(positions.map(toStockPosition).map((position) => [position.id, position])),
		};
	} finally {
		await close();
	}
}

export function shippedWork(site: SiteDocuments): readonly FulfillmentOrder[] {
	// Long orders would make one document much larger than most are.
	return [...site.fulfillmentOrders.values()].filter(({ method, lines }) => method === 'ship' && lines.length < 10);
}

export function workOfSite(site: SiteDocuments, lane: LaneOfDevice, count: number): WorkOfSite {
	const operations = operationsOf(lane, shippedWork(site), count);
	return { siteId: site.siteId, operations, rows: rowsOfOperations(site, operations) };
}
