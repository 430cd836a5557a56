import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstRouting, type RoutingRule, type RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import { shopSites } from '../../../../test/shop-for-tests.ts';
import { explainShipment, reasonFor } from './explain-shipment.ts';
import { routeShipment, type ShipmentRequest } from './route-shipment.ts';
import type { RoutingShop } from './routing-shop.ts';

const york = { lat: 53.96, lon: -1.08 };
const facts = {
	id: 'd1',
	orderId: 'o1',
	orderNumber: '700001',
	at: '2026-11-20T10:00:00Z',
	cause: 'captured',
	rulesVersion: 1,
	currency: 'GBP',
} as const;

type Stock = Readonly<Record<string, Readonly<Record<string, number>>>>;

function shopWith(stock: Stock, rules: readonly RoutingRule['effect'][] = []): RoutingShop {
	const routing: RoutingSet = {
		...firstRouting,
		rules: rules.map((effect, index) => ({ id: `r${index}`, name: `Rule ${index}`, orders: {}, effect })),
	};
	return {
		routing,
		sites: shopSites,
		freeUnits: (site, sku) => stock[site]?.[sku] ?? 0,
		healthAt: () => ({ coverWeeks: 8, confidence: 1 }),
		unitGrams: () => 250,
	};
}

function request(lines: ShipmentRequest['lines'], changes: Partial<ShipmentRequest> = {}): ShipmentRequest {
	return {
		order: { channel: 'web', country: 'GB', currency: 'GBP', valueMinor: 1000, products: [], on: '2026-11-20' },
		place: york,
		lines,
		dueAt: undefined,
		leavesAt: () => '2026-11-20T16:00:00Z',
		exclusionOf: () => undefined,
		...changes,
	};
}

const line = (sku: string, quantity: number) => ({ sku, quantity });
const sharesOf = (shop: RoutingShop, asked: ShipmentRequest) =>
	Object.fromEntries(routeShipment(shop, asked).shares.map(({ site, allocated }) => [site.id, allocated]));

describe('an order', () => {
	it('goes out from one site that has all of it rather than from two that are nearer', () => {
		const stock = { leeds: { A: 1 }, daventry: { A: 1, B: 1 }, london: { B: 1 } };
		expect(sharesOf(shopWith(stock), request([line('A', 1), line('B', 1)]))).toEqual({ daventry: [1, 1] });
	});

	it('that no one site has goes out from several; two lines of a SKU share what each gives', () => {
		const stock = { leeds: { A: 3 }, london: { A: 9, B: 1 } };
		const shares = sharesOf(shopWith(stock), request([line('A', 2), line('B', 1), line('A', 2)]));
		expect(shares).toEqual({ london: [2, 1, 2] });
		const split = sharesOf(
			shopWith({ leeds: { A: 3 }, london: { B: 1 } }),
			request([line('A', 2), line('B', 1), line('A', 2)]),
		);
		expect(split).toEqual({ leeds: [2, 0, 1], london: [0, 1, 0] });
	});

	it('goes farther where the nearest site could send it only days later', () => {
		const stock = { leeds: { A: 1 }, daventry: { A: 1 } };
		const late = request([line('A', 1)], {
			leavesAt: ({ id }) => (id === 'leeds' ? '2026-11-24T16:00:00Z' : '2026-11-20T16:00:00Z'),
		});
		expect(sharesOf(shopWith(stock), late)).toEqual({ daventry: [1] });
	});

	it('never comes back to a site that gave it up, and says so', () => {
		const shop = shopWith({ leeds: { A: 5 }, london: { A: 5 } });
		const asked = request([line('A', 1)], { exclusionOf: ({ id }) => (id === 'leeds' ? 'gave_it_up' : undefined) });
		const routed = routeShipment(shop, asked);
		expect(routed.shares.map(({ site }) => site.id)).toEqual(['london']);
		const decision = explainShipment(routed.seen, facts);
		expect(decision.sites.find(({ siteId }) => siteId === 'leeds')).toMatchObject({
			verdict: 'gave_it_up',
			possibleUnits: 1,
		});
	});

	it('leaves a contested unit to those who need it more where another site costs it less, and says so', () => {
		const contested = (minor: number) => ({
			...shopWith({ leeds: { A: 1 }, daventry: { A: 5 } }),
			contested: {
				stockAt: (siteId: string) => (siteId === 'leeds' ? minor : 0),
				capacityOf: () => 0,
			},
		});
		expect(sharesOf(contested(20), request([line('A', 1)]))).toEqual({ leeds: [1] });
		expect(sharesOf(contested(400), request([line('A', 1)]))).toEqual({ daventry: [1] });
		const { chosen, alternatives } = explainShipment(
			routeShipment(contested(400), request([line('A', 1)])).seen,
			facts,
		);
		expect(chosen.worthToOthersMinor).toBeUndefined();
		expect(alternatives[0]).toMatchObject({ parcels: [{ siteId: 'leeds' }], worthToOthersMinor: 400 });
		expect(alternatives[0]?.totalMinor).toBeLessThan(chosen.totalMinor);
	});

	it('is not left without what every site is short of', () => {
		const shop = {
			...shopWith({ leeds: { A: 1 }, daventry: { A: 1 } }),
			contested: { stockAt: () => 1_000_000, capacityOf: () => 1_000_000 },
		};
		expect(sharesOf(shop, request([line('A', 2)]))).toEqual({ leeds: [1], daventry: [1] });
	});

	it('of a place that nobody knows is sent from the sites of its country', () => {
		expect(sharesOf(shopWith({ leeds: { A: 1 } }), request([line('A', 1)], { place: undefined }))).toEqual({
			leeds: [1],
		});
	});
});

describe('rules', () => {
	const stock = { leeds: { A: 5 }, daventry: { A: 5 }, london: { A: 2, B: 1 } };

	it('prefer sites as far as the preference is worth', () => {
		const prefer = (worthMinor: number) =>
			shopWith(stock, [{ prefer: { sites: { kinds: ['warehouse'] }, worthMinor } }]);
		expect(sharesOf(prefer(5), request([line('A', 1)]))).toEqual({ leeds: [1] });
		expect(sharesOf(prefer(500), request([line('A', 1)]))).toEqual({ daventry: [1] });
	});

	it('keep a site out by name, and the decision names the rule', () => {
		const shop = shopWith(stock, [{ exclude: { siteIds: ['leeds'] } }]);
		const routed = routeShipment(shop, request([line('A', 1)]));
		expect(routed.shares.map(({ site }) => site.id)).toEqual(['daventry']);
		const { sites, rules } = explainShipment(routed.seen, facts);
		expect(rules).toEqual(['Rule 0']);
		expect(sites.find(({ siteId }) => siteId === 'leeds')).toMatchObject({
			verdict: 'excluded_by_rule',
			rule: 'Rule 0',
		});
	});

	it('ask the fallbacks in their order, and nobody else', () => {
		const shop = shopWith(stock, [{ fallbacks: [{ siteIds: ['london'] }, { siteIds: ['daventry'] }] }]);
		expect(sharesOf(shop, request([line('A', 1)]))).toEqual({ london: [1] });
		expect(sharesOf(shop, request([line('A', 4)]))).toEqual({ daventry: [4] });
		expect(sharesOf(shop, request([line('A', 9)]))).toEqual({ daventry: [5], london: [2] });
	});

	it('keep small orders together, and leave unfilled what the one site lacks', () => {
		const shop = shopWith({ leeds: { A: 5 }, london: { B: 1 } }, [{ noSplitBelowMinor: 2000 }]);
		expect(sharesOf(shop, request([line('A', 2), line('B', 1)]))).toEqual({ leeds: [2, 0] });
		const large = request([line('A', 2), line('B', 1)]);
		expect(sharesOf(shop, { ...large, order: { ...large.order, valueMinor: 2000 } })).toEqual({
			leeds: [2, 0],
			london: [0, 1],
		});
	});

	it('hold an order that can not be filled whole', () => {
		const shop = shopWith(stock, [{ whenUnfillable: 'hold' }]);
		expect(sharesOf(shop, request([line('B', 2)]))).toEqual({});
		expect(sharesOf(shop, request([line('B', 1)]))).toEqual({ london: [1] });
	});
});

describe('laws', () => {
	const siteIds = ['leeds', 'london', 'daventry'];
	const stocks = fc.record(
		Object.fromEntries(siteIds.map((id) => [id, fc.record({ A: fc.nat(4), B: fc.nat(4), C: fc.nat(4) })])),
	);
	const lines = fc.array(fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 1, max: 5 }) }), {
		minLength: 1,
		maxLength: 5,
	});
	const sites = fc.record({ siteIds: fc.subarray(siteIds, { minLength: 1 }) });
	const effects = fc.array(
		fc.oneof(
			fc.record({ prefer: fc.record({ sites, worthMinor: fc.nat(2000) }) }),
			fc.record({ exclude: sites }),
			fc.record({ fallbacks: fc.array(sites, { minLength: 1, maxLength: 3 }) }),
			fc.record({ keepTogether: fc.boolean() }),
			fc.record({ whenUnfillable: fc.constantFrom('ship_rest' as const, 'hold' as const) }),
		),
		{ maxLength: 4 },
	);

	it('whatever the rules say, no site is asked for more than it has, no line gets more than was ordered, and the decision tells the same', () => {
		fc.assert(
			fc.property(stocks, lines, effects, (stock, asked, rules) => {
				const routed = routeShipment(shopWith(stock, rules), request(asked));
				const decision = explainShipment(routed.seen, facts);
				let sent = 0;
				for (const { site, allocated } of routed.shares) {
					for (const sku of ['A', 'B', 'C'] as const) {
						const taken = asked.reduce((sum, each, at) => sum + (each.sku === sku ? (allocated[at] ?? 0) : 0), 0);
						expect(taken).toBeLessThanOrEqual(stock[site.id]?.[sku] ?? 0);
					}
					const units = allocated.reduce((sum, each) => sum + each, 0);
					sent += units;
					expect(decision.chosen.parcels.find(({ siteId }) => siteId === site.id)?.units).toBe(units);
					expect(decision.sites.find(({ siteId }) => siteId === site.id)?.verdict).toBe('chosen');
					expect(reasonFor(decision, site.id).parcels).toBe(routed.shares.length);
				}
				asked.forEach(({ quantity }, at) => {
					const given = routed.shares.reduce((sum, { allocated }) => sum + (allocated[at] ?? 0), 0);
					expect(given).toBeLessThanOrEqual(quantity);
				});
				expect(sent + decision.chosen.unfilledUnits).toBe(asked.reduce((sum, { quantity }) => sum + quantity, 0));
				expect(Object.values(decision.chosen.terms).every((term) => term >= 0)).toBe(true);
				const possible = decision.alternatives.filter(({ blockedBy }) => blockedBy.length === 0);
				const isHeld = routed.shares.length === 0;
				if (!isHeld)
					for (const { totalMinor } of possible)
						expect(totalMinor).toBeGreaterThanOrEqual(decision.chosen.totalMinor - 5);
			}),
			{ numRuns: 300 },
		);
	});
});
