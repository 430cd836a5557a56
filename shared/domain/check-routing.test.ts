import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routingSets } from '../../test/routing-rules-for-tests.ts';
import { firstRouting, type OrderFilter, type RoutingRule, type RoutingSet } from '../schema/routing-rules.ts';
import { type KnownForRouting, routingFaults, routingWarnings } from './check-routing.ts';
import type { RuledSite } from './promising-rules.ts';
import { type RuledOrder, routingDirections } from './routing-rules.ts';

const today = '2026-11-22';
const sites: readonly RuledSite[] = [
	{ id: 'leeds', kind: 'store', town: 'Leeds', capabilities: ['ship', 'pickup'] },
	{ id: 'london', kind: 'warehouse', town: 'London', capabilities: ['ship'] },
	{ id: 'hull', kind: 'supplier', town: 'Hull', capabilities: ['supply'] },
];
const known: KnownForRouting = {
	isSku: (sku) => sku === 'MUG',
	isDepartment: (name) => name === 'Kitchen',
	isBrand: (name) => name === 'Emaille',
	isSite: (siteId) => sites.some(({ id }) => id === siteId),
	isTown: (name) => name === 'Leeds',
	isChannel: (name) => name === 'web-shop',
	isCurrency: (code) => code === 'GBP',
	sites,
};
type Effect = RoutingRule['effect'];
const rule = (orders: OrderFilter, effect: Effect, changes: Partial<RoutingRule> = {}): RoutingRule => {
	return { id: '1', name: 'One', orders, effect, ...changes };
};
const two = (orders: OrderFilter, effect: Effect) => rule(orders, effect, { id: '2', name: 'Two' });
const whole: Effect = { keepTogether: true };
const ruled = (...rules: readonly RoutingRule[]): RoutingSet => ({ ...firstRouting, rules: [...rules] });
const zone = { parcelMinor: 1, unitMinor: 1, kilogramMinor: 1 };
const zoned = (...ends: readonly (number | undefined)[]): RoutingSet => {
	const zones = ends.map((upToKm) => (upToKm === undefined ? zone : { upToKm, ...zone }));
	return { ...firstRouting, weights: { ...firstRouting.weights, zones } };
};

describe('a routing set can not be kept', () => {
	it.each<[string, RoutingSet, string, string]>([
		['with an id twice', ruled(rule({}, whole), rule({}, whole, { name: 'Two' })), 'duplicate_id', '/rules/1/id'],
		['with a name twice', ruled(rule({}, whole), rule({}, whole, { id: '2' })), 'duplicate_name', '/rules/1/name'],
		[
			'with an unknown SKU',
			ruled(rule({ products: { skus: ['MUG', 'PUG'] } }, whole)),
			'unknown_sku',
			'/rules/0/orders/products/skus/1',
		],
		[
			'with an unknown department',
			ruled(rule({ products: { departments: ['Toys'] } }, whole)),
			'unknown_department',
			'/rules/0/orders/products/departments/0',
		],
		[
			'with an unknown brand',
			ruled(rule({ products: { brands: ['X'] } }, whole)),
			'unknown_brand',
			'/rules/0/orders/products/brands/0',
		],
		[
			'with prices from more to less',
			ruled(rule({ products: { price: { currency: 'GBP', fromMinor: 2, toMinor: 1 } } }, whole)),
			'price_from_above_to',
			'/rules/0/orders/products/price',
		],
		[
			'with an unknown site that is preferred',
			ruled(rule({}, { prefer: { sites: { siteIds: ['paris'] }, worthMinor: 1 } })),
			'unknown_site',
			'/rules/0/effect/prefer/sites/siteIds/0',
		],
		[
			'with an unknown town that is excluded',
			ruled(rule({}, { exclude: { towns: ['Paris'] } })),
			'unknown_town',
			'/rules/0/effect/exclude/towns/0',
		],
		[
			'with a group that is not there among the fallbacks',
			ruled(rule({}, { fallbacks: [{}, { groups: ['north'] }] })),
			'unknown_group',
			'/rules/0/effect/fallbacks/1/groups/0',
		],
		[
			'with values from more to less',
			ruled(rule({ valueFromMinor: 2, valueToMinor: 1 }, whole)),
			'value_from_above_to',
			'/rules/0/orders/valueFromMinor',
		],
		[
			'with a day that no calendar has',
			ruled(rule({}, whole, { effectiveTo: '2026-02-30' })),
			'no_such_day',
			'/rules/0/effectiveTo',
		],
		[
			'that ends before it begins',
			ruled(rule({}, whole, { effectiveFrom: '2026-11-23', effectiveTo: '2026-11-22' })),
			'from_after_to',
			'/rules/0/effectiveFrom',
		],
		[
			'with a group twice',
			{
				...firstRouting,
				groups: [
					{ name: 'north', siteIds: ['leeds'] },
					{ name: 'north', siteIds: ['london'] },
				],
			},
			'duplicate_group',
			'/groups/1/name',
		],
		[
			'with zones that do not go on outward',
			zoned(50, 50, undefined),
			'zones_not_ascending',
			'/weights/zones/1/upToKm',
		],
		[
			'with an open zone before the last',
			zoned(50, undefined, undefined),
			'zones_not_ascending',
			'/weights/zones/1/upToKm',
		],
		['with nothing beyond the last zone', zoned(50, 100), 'last_zone_ends', '/weights/zones/1/upToKm'],
	])('%s', (_words, routing, code, where) => {
		expect(routingFaults(routing, known)).toMatchObject([{ code, where }]);
	});
});

describe('a routing set is kept, with a warning', () => {
	it.each<[string, RoutingSet, string, string]>([
		['when a rule is over', ruled(rule({}, whole, { effectiveTo: '2026-11-21' })), 'over', '/rules/0/effectiveTo'],
		[
			'when an earlier rule decides all that it speaks of',
			ruled(rule({ channels: ['web-shop'] }, whole), two({ channels: ['web-shop'], countries: ['GB'] }, whole)),
			'never_heard',
			'/rules/1',
		],
		[
			'when a rule excludes every site that ships',
			ruled(rule({}, { exclude: { kinds: ['store', 'warehouse'] } })),
			'excludes_every_site',
			'/rules/0/effect',
		],
		[
			'when no site that ships is among the fallbacks and not excluded',
			ruled(rule({}, { exclude: { kinds: ['warehouse'] }, fallbacks: [{ siteIds: ['london', 'hull'] }] })),
			'excludes_every_site',
			'/rules/0/effect',
		],
		[
			'when no order ever came over a channel',
			ruled(rule({ channels: ['wep'] }, whole)),
			'unknown_channel',
			'/rules/0/orders/channels/0',
		],
		[
			'when a group is not used',
			{ ...firstRouting, groups: [{ name: 'north', siteIds: ['leeds'] }] },
			'unused_group',
			'/groups/0',
		],
		[
			'when nothing is sold in the currency of the costs',
			{ ...firstRouting, weights: { ...firstRouting.weights, currency: 'USD' } },
			'unknown_currency',
			'/weights/currency',
		],
	])('%s', (_words, routing, code, where) => {
		expect(routingFaults(routing, known)).toEqual([]);
		expect(routingWarnings(routing, known, today)).toMatchObject([{ code, where }]);
	});

	it.each<[string, RoutingRule, RoutingRule]>([
		['is about fewer orders', rule({ countries: ['GB'] }, whole), two({}, whole)],
		['leaves out orders in other currencies', rule({ valueFromMinor: 0 }, whole), two({}, whole)],
		['is about smaller orders', rule({ valueToMinor: 5 }, whole), two({ valueFromMinor: 1, valueToMinor: 6 }, whole)],
		['is silent about a part of it', rule({}, whole), two({}, { ...whole, whenUnfillable: 'hold' })],
		[
			'excludes, and exclusions add up',
			rule({}, { exclude: { kinds: ['store'] } }),
			two({}, { exclude: { kinds: ['store'] } }),
		],
		['ends', rule({}, whole, { effectiveTo: '2026-12-24' }), two({}, whole)],
	])('but not when the earlier rule %s', (_words, first, second) => {
		const codes = routingWarnings(ruled(first, second), known, today).map(({ code }) => code);
		expect(codes).not.toContain('never_heard');
	});
});

it('whatever fits the schema is checked without an accident, and each remark says where it is', () => {
	fc.assert(
		fc.property(routingSets, (routing) => {
			const remarks = [...routingFaults(routing, known), ...routingWarnings(routing, known, today)];
			for (const { where, name } of remarks) {
				expect(where).toMatch(/^\/(rules|groups|weights)(\/|$)/);
				expect(name).not.toBe('');
			}
		}),
	);
});

describe('the warnings are right for every order', () => {
	const orders: fc.Arbitrary<RuledOrder> = fc.record({
		channel: fc.constantFrom('web-shop', 'market'),
		country: fc.constantFrom('GB', 'DE'),
		currency: fc.constantFrom('GBP', 'USD'),
		valueMinor: fc.integer({ min: 0, max: 4 }),
		on: fc.constantFrom('2026-11-21', '2026-11-22', '2026-12-25'),
		products: fc.array(
			fc.record({
				id: fc.constantFrom('MUG', 'PUG'),
				department: fc.constantFrom('Kitchen', 'Toys'),
				brand: fc.constant('Emaille'),
				tracking: fc.constant('none' as const),
				price: fc.record({ currency: fc.constantFrom('GBP', 'USD'), minor: fc.integer({ min: 0, max: 4 }) }),
			}),
			{ minLength: 1, maxLength: 2 },
		),
	});
	const warned = (routing: RoutingSet, code: string) => {
		const found = routingWarnings(routing, known, today).filter((warning) => warning.code === code);
		return found.map(({ where }) => Number(/\d+/.exec(where)?.[0]));
	};

	/** The last rule is about a part of the first one's orders, and speaks of what the last one spoke of, or of what the first one does. */
	const nested = fc.tuple(routingSets, fc.boolean()).map(([routing, isSame]): RoutingSet => {
		const [first, last] = [routing.rules[0], routing.rules.at(-1)];
		if (first === undefined || last === undefined || first === last) return routing;
		const { prefer: _prefer, exclude: _exclude, ...decided } = first.effect;
		const effect =
			isSame && Object.keys(decided).length > 0 ? { ...decided, whenUnfillable: 'hold' as const } : last.effect;
		const { id, name } = last;
		const within = { ...last, ...first, id, name, orders: { ...last.orders, ...first.orders }, effect };
		return { ...routing, rules: [...routing.rules.slice(0, -1), within] };
	});

	it('without a rule that decides nothing, all is directed as with it', () => {
		let seen = 0;
		fc.assert(
			fc.property(nested, orders, (routing, order) => {
				const silent = warned(routing, 'never_heard');
				seen += silent.length;
				const without = { ...routing, rules: routing.rules.filter((_rule, index) => !silent.includes(index)) };
				const [a, b] = [routingDirections(routing, order), routingDirections(without, order)];
				expect([b.keepTogether, b.whenUnfillable]).toEqual([a.keepTogether, a.whenUnfillable]);
				for (const site of sites) expect(b.siteDirections(site)).toEqual(a.siteDirections(site));
			}),
			{ numRuns: 500 },
		);
		expect(seen).toBeGreaterThan(0);
	});

	it('an order of a rule that leaves no site is directed to none that ships', () => {
		fc.assert(
			fc.property(routingSets, orders, (routing, order) => {
				for (const index of warned(routing, 'excludes_every_site')) {
					const alone = { ...routing, rules: routing.rules.slice(index, index + 1) };
					const { because, siteDirections } = routingDirections(alone, order);
					if (because.length === 0) continue;
					const asked = sites.filter((site) => siteDirections(site).excludedBy === undefined);
					expect(asked.filter(({ capabilities }) => capabilities.includes('ship'))).toEqual([]);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
