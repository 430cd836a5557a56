import type { Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import type { LineUnits } from '../../../shared/domain/decision.ts';
import type { NewPart, OrderParts } from '../../../shared/domain/order-parts.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { RoutingDecision } from '../../../shared/schema/routing-decision.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';
import { readStockShelf, type StockShelf } from '../inventory/stock-shelf.ts';
import { nextPartNumber } from '../orders/keep-order-parts.ts';
import { type EffectAt, readProducts, readRuleEffects } from '../promising/rule-effects.ts';
import { reasonFor } from './live/explain-shipment.ts';
import { openShipmentRouter, type ShipmentRouter } from './live/shipment-router.ts';
import type { FindPlace } from './place-of-address.ts';
import { listSites } from './sites.ts';

/** What giving units of an order to other sites looks at, as its transaction sees it. The SKUs' stock is locked. */
export interface Rerouting {
	readonly sites: readonly Site[];
	readonly products: ReadonlyMap<string, Product>;
	readonly shelf: StockShelf;
	readonly effectAt: EffectAt;
	readonly router: ShipmentRouter;
}

export async function openRerouting(
	transaction: Transaction<Tables>,
	{ order }: OrderParts,
	units: readonly LineUnits[],
	{ findPlace, at }: { readonly findPlace: FindPlace | undefined; readonly at: string },
): Promise<Rerouting> {
	const sites = await listSites(transaction);
	const skus = units.map(({ sku }) => sku);
	const shelf = await readStockShelf(transaction, skus, { at, lock: true });
	const products = await readProducts(transaction, skus);
	const effectsOf = await readRuleEffects(transaction, { products, sites, at });
	const router = await openShipmentRouter(transaction, { products, sites, findPlace, at, shelf });
	return { sites, products, shelf, effectAt: effectsOf(order.channel, order.method), router };
}

/** The next part of an order, at a site that units were given to. */
export function nextPartAt(
	all: OrderParts,
	{ id: siteId, name: siteName }: Site,
	{ shelf }: Pick<Rerouting, 'shelf'>,
	decision?: RoutingDecision,
): NewPart {
	return {
		id: newId(),
		number: nextPartNumber(all),
		siteId,
		siteName,
		binOf: (sku) => shelf.bin(siteId, sku),
		...(decision && { routing: reasonFor(decision, siteId) }),
	};
}

/** The units of a share, line by line. */
export function unitsAllocated(units: readonly LineUnits[], allocated: readonly number[]): readonly LineUnits[] {
	return units.flatMap((unit, index) => {
		const quantity = allocated[index] ?? 0;
		return quantity > 0 ? [{ ...unit, quantity }] : [];
	});
}
