import type { RuledOrder, StockHealth } from '../../../../shared/domain/routing-rules.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { Place } from '../nearest-site.ts';

/** What a batch looks at, as it was at one moment: plain data, so that another thread can read it. */
export interface BatchQuestion {
	readonly routing: RoutingSet;
	/** Nothing leaves before this instant. */
	readonly at: string;
	/** All that ship, each once. */
	readonly sites: readonly Site[];
	/** Only of SKUs that the orders want; a site and SKU stand here once at most. */
	readonly stock: readonly BatchStock[];
	/** What a unit of a SKU weighs, where it is known. */
	readonly unitGrams: ReadonlyMap<string, number>;
	/** Units by site that it has to pick in any case. */
	readonly fixedWork: ReadonlyMap<string, number>;
	readonly orders: readonly MovableOrder[];
	/** Orders that are to be expected before stock comes in again. */
	readonly expectedOrders: number;
}

export interface BatchStock {
	readonly siteId: string;
	readonly sku: string;
	/** What may be given out, with what the movable orders hold there now. */
	readonly units: number;
	readonly health: StockHealth;
}

/** An order with units that nobody has started. */
export interface MovableOrder {
	readonly orderId: string;
	readonly orderNumber: string;
	readonly ruled: RuledOrder;
	/** Where the goods go, or undefined when nobody knows. */
	readonly place: Place | undefined;
	readonly dueAt: string;
	/** Sites that are not asked for anything more of it. */
	readonly barredSites: ReadonlySet<string>;
	readonly held: readonly HeldUnits[];
}

/** Units of one fulfillment order that may go to another site. */
export interface HeldUnits {
	readonly fulfillmentOrderId: string;
	readonly siteId: string;
	readonly sku: string;
	readonly units: number;
}
