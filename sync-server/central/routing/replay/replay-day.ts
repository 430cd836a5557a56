import type { Product } from '../../../../shared/schema/product.ts';
import type { RuleSet } from '../../../../shared/schema/promising-rules.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { Place } from '../nearest-site.ts';

/** A past day as plain data: what was to be shipped, and what there was to ship it from. */
export interface ReplayDay {
	/** In UTC, as 2026-11-22. */
	readonly day: string;
	/** In the sequence in which they were placed. */
	readonly orders: readonly ReplayOrder[];
	readonly sites: readonly Site[];
	readonly products: readonly Product[];
	/** When the day began; a site and SKU stand here once. */
	readonly stock: readonly ReplayPosition[];
	/** What else came and went on the day, in the sequence of time. */
	readonly changes: readonly StockChange[];
	/** Units that each site still had to pick when the day began. */
	readonly backlog: readonly { readonly siteId: string; readonly units: number }[];
	/** What may be promised at all. */
	readonly promising: RuleSet;
}

export interface ReplayOrder {
	readonly number: string;
	readonly channel: string;
	readonly country: string;
	readonly currency: string;
	readonly valueMinor: number;
	/** Undefined where the address is on no map. */
	readonly place: Place | undefined;
	readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
	readonly dueAt: string;
	readonly placedAt: string;
}

export interface ReplayPosition {
	readonly siteId: string;
	readonly sku: string;
	/** Below zero where more had been taken than there was. */
	readonly units: number;
	/** What customers of the site want, on average. */
	readonly unitsPerDay: number;
	/** The probability that the units are really there. */
	readonly confidence: number;
}

export interface StockChange {
	readonly at: string;
	readonly siteId: string;
	readonly sku: string;
	/** Below zero when they went. */
	readonly units: number;
}

/** How the orders of a day are routed. */
export interface ReplayScenario {
	readonly routing: RoutingSet;
	/** They send nothing. */
	readonly closedSiteIds: readonly string[];
	/** Units a day instead of the sites' own. */
	readonly capacities: readonly { readonly siteId: string; readonly units: number }[];
}
