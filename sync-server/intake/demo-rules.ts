import type { RuleSet } from '../../shared/schema/promising-rules.ts';
import { firstRouting, type RoutingSet } from '../../shared/schema/routing-rules.ts';
import type { Site } from '../../shared/schema/site.ts';

/** What the demo's operations keep back: goods with a date always, the last units from the marketplace, and sweets before Christmas. */
export function demoRules(day: Temporal.PlainDate, sites: readonly Site[]): RuleSet {
	const inLondon = sites.filter(({ kind, town }) => kind === 'store' && town === 'London').map(({ id }) => id);
	return {
		groups: [{ name: 'London stores', siteIds: inLondon }],
		rules: [
			{
				id: 'demo-dated-goods',
				name: 'Stores keep two of what has a date',
				products: { tracking: ['lot'] },
				siteGroup: { kinds: ['store'] },
				effectiveFrom: day.subtract({ days: 20 }).toString(),
				effect: { safetyStock: { units: 2 } },
			},
			{
				id: 'demo-marketplace',
				name: 'The marketplace never gets the last units of a store',
				products: {},
				siteGroup: { kinds: ['store'] },
				channels: ['marketplace'],
				effectiveFrom: day.subtract({ days: 20 }).toString(),
				effect: { threshold: 3 },
			},
			{
				id: 'demo-christmas',
				name: 'Christmas sweets',
				products: { departments: ['Sweets and Chocolate'] },
				siteGroup: { groups: ['London stores'] },
				effectiveFrom: day.add({ days: 9 }).toString(),
				effectiveTo: day.add({ days: 32 }).toString(),
				effect: { safetyStock: { units: 1, percent: 10 }, ship: 'not_eligible' },
			},
		],
	};
}

/** How the demo's operations route: large baskets rather from a warehouse, small ones of the marketplace in one parcel, and very large ones whole. */
export function demoRouting(day: Temporal.PlainDate): RoutingSet {
	const effectiveFrom = day.subtract({ days: 20 }).toString();
	return {
		...firstRouting,
		rules: [
			{
				id: 'demo-large-baskets',
				name: 'Large baskets',
				orders: { valueFromMinor: 10_000 },
				effectiveFrom,
				effect: { prefer: { sites: { kinds: ['warehouse'] }, worthMinor: 300 } },
			},
			{
				id: 'demo-marketplace-parcels',
				name: 'Small orders of the marketplace',
				orders: { channels: ['marketplace'] },
				effectiveFrom,
				effect: { noSplitBelowMinor: 1500 },
			},
			{
				id: 'demo-whole-orders',
				name: 'Very large orders',
				orders: { valueFromMinor: 50_000 },
				effectiveFrom,
				effect: { whenUnfillable: 'hold' },
			},
		],
	};
}
