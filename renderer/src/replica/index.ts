import { useCallback, useSyncExternalStore } from 'react';
import type { Tracking } from '../../../shared/domain/stock-detail.ts';
import { emptyPosition } from '../../../shared/domain/stock-ledger.ts';
import type { Supply } from '../../../shared/domain/supply.ts';
import type { BinClosure } from '../../../shared/schema/bin-closure.ts';
import type { CountCase } from '../../../shared/schema/count.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../shared/schema/order.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { PublishedRules } from '../../../shared/schema/promising-rules.ts';
import type { PurchaseOrder } from '../../../shared/schema/purchase-order.ts';
import type { Receipt } from '../../../shared/schema/receipt.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { ReturnCase } from '../../../shared/schema/return-case.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Transfer } from '../../../shared/schema/transfer.ts';
import type { ShownKind, ShownKinds } from './live-site.ts';
import { type Shelf, shelfOf } from './shelf.ts';

export { lotsOn, type Shelf, unitsInBin } from './shelf.ts';

import { shownReplica, subscribe } from './shown-replica.ts';

export type { CatalogFindings } from './catalog-search.ts';
export { showReplica } from './shown-replica.ts';
export { useCatalogSearch } from './use-catalog-search.ts';
export { readStocksHere, type StockHere, useStockHere, useStocksHere } from './use-stock-here.ts';

const nothing: readonly never[] = [];

function useAll<K extends ShownKind>(kind: K): readonly ShownKinds[K][] {
	return useSyncExternalStore(subscribe, () => shownReplica()?.live.all(kind) ?? nothing);
}

function useOne<K extends ShownKind>(kind: K, id: string | undefined): ShownKinds[K] | null {
	const snapshot = useCallback(
		() => (id === undefined ? null : (shownReplica()?.live.one(kind, id) ?? null)),
		[kind, id],
	);
	return useSyncExternalStore(subscribe, snapshot);
}

/** The site's fulfillment orders, projected, in no order. The same array until one of them changes. */
export function useFulfillmentOrders(): readonly FulfillmentOrder[] {
	return useAll('fulfillment_order');
}

export function useFulfillmentOrder(id: string | undefined): FulfillmentOrder | null {
	return useOne('fulfillment_order', id);
}

export function useOrders(): readonly Order[] {
	return useAll('order');
}

export function useOrder(id: string | undefined): Order | null {
	return useOne('order', id);
}

export function useReturns(): readonly ReturnCase[] {
	return useAll('return');
}

/** The purchase orders that come to this site, projected. */
export function usePurchaseOrders(): readonly PurchaseOrder[] {
	return useAll('purchase_order');
}

/** The transfers that this site sends or gets, projected. */
export function useTransfers(): readonly Transfer[] {
	return useAll('transfer');
}

/** What was counted in at this site, projected. */
export function useReceipts(): readonly Receipt[] {
	return useAll('receipt');
}

export function useExceptions(): readonly ExceptionCase[] {
	return useAll('exception');
}

export function useCounts(): readonly CountCase[] {
	return useAll('count');
}

export function useCount(id: string | undefined): CountCase | null {
	return useOne('count', id);
}

/** The rules of promising that hold, as far as this device has heard; null before the first ones came down. */
export function usePublishedRules(): PublishedRules | null {
	return useOne('rules', 'promising-rules');
}

export function useReservations(): readonly Reservation[] {
	return useAll('reservation');
}

export function useReservation(id: string | undefined): Reservation | null {
	return useOne('reservation', id);
}

/** What people have said of this site's bins: which are out of use, and which in use again. */
export function useBinClosures(): readonly BinClosure[] {
	return useAll('bin_closure');
}

/** The device's own site, or null before it came down. */
export function useSite(): Site | null {
	return useOne('site', shownReplica()?.siteId);
}

/** All sites, in no order. */
export function useSites(): readonly Site[] {
	return useAll('site');
}

/** True when the site's work is on this device: false during the very first load. */
export function useReplicaReady(): boolean {
	return useSyncExternalStore(subscribe, () => (shownReplica()?.reader ?? null) !== null);
}

/** The documents as they are now, outside of rendering: for the handler of a scan. */
export function currentDocuments<K extends ShownKind>(kind: K): readonly ShownKinds[K][] {
	return shownReplica()?.live.all(kind) ?? nothing;
}

/** The purchase orders and transfers of this site as they are now. */
export function currentSupplies(): readonly Supply[] {
	return [...currentDocuments('purchase_order'), ...currentDocuments('transfer')];
}

/** The device's own site; empty before the replica is open. */
export function currentSiteId(): string {
	return shownReplica()?.siteId ?? '';
}

/** The order as soon as it is in memory; null when it takes longer than this. For one that the device core has stored just now. */
export function orderWhenHere(orderId: string, limitMs: number): Promise<Order | null> {
	const { promise, resolve } = Promise.withResolvers<Order | null>();
	const look = () => {
		const order = shownReplica()?.live.one('order', orderId) ?? null;
		if (order !== null) resolve(order);
	};
	const forget = subscribe(look);
	const late = setTimeout(() => resolve(null), limitMs);
	look();
	return promise.finally(() => {
		forget();
		clearTimeout(late);
	});
}

const settledAfterMs = 120;

/**
 * What the books have of a SKU on the shelf at this moment, with what was done here and is not confirmed yet. While an operation is
 * being confirmed, its page and the operation may pass each other: so the answer is one that has lasted a moment.
 * @param tracking how the product is kept: only of one kept by lot does the answer tell lots
 */
export async function readShelf(sku: string, tracking: Tracking = 'none'): Promise<Shelf | null> {
	let before: Shelf | null = null;
	const on = Temporal.Now.plainDateISO('UTC').toString();
	for (;;) {
		const connected = shownReplica();
		if (connected === null) return null;
		const { reader, live, siteId } = connected;
		const [row] = (await reader?.readByIds('stock', [stockPositionId(siteId, sku)])) ?? [];
		const position = row !== undefined && 'units' in row.document ? row.document : undefined;
		const shelf = shelfOf(position ?? emptyPosition(siteId, sku, ''), live.movements(), { tracking, on });
		if (before !== null && isSameShelf(before, shelf)) return shelf;
		before = shelf;
		await new Promise((resolve) => setTimeout(resolve, settledAfterMs));
	}
}

const isSameShelf = (one: Shelf, other: Shelf) =>
	one.units === other.units && JSON.stringify(one.lots) === JSON.stringify(other.lots);

/** Finds a product by its SKU; about 1 ms, whatever the catalog's size. */
export async function findProduct(sku: string): Promise<Product | null> {
	const [found] = (await shownReplica()?.reader?.readByIds('catalog', [sku])) ?? [];
	return found?.document.kind === 'product' ? found.document : null;
}

/** Finds the product of the first of these GTIN-14s that is known, as its own code or as a further one. */
export async function findProductByGtins(gtins: readonly string[]): Promise<Product | null> {
	for (const gtin of gtins) {
		const rows = (await shownReplica()?.reader?.readWhere('catalog', 'gtin', gtin)) ?? [];
		const found = rows.map(({ document }) => document);
		const product = found.find((each) => each.kind === 'product');
		if (product !== undefined) return product;
		const [alias] = found;
		const behind = alias?.kind === 'gtin_alias' ? await findProduct(alias.sku) : null;
		if (behind !== null) return behind;
	}
	return null;
}
