import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoutingRule } from '../../../../shared/schema/routing-rules.ts';
import { routingSets } from '../../../../test/routing-rules-for-tests.ts';
import { siteForm } from './filter-form.ts';
import { type RoutingForm, readRoutingForm, routingForm } from './routing-form.ts';

const into = { id: '1', places: 3, currency: 'GBP' };
const typed = (changes: Partial<RoutingForm>): RoutingForm => {
	return { ...routingForm(null, 1, 'GBP'), name: 'One', keepTogether: 'yes', ...changes };
};
const problemsOf = (changes: Partial<RoutingForm>) => {
	const read = readRoutingForm(typed(changes), into);
	return read.ok ? null : read.problems;
};
const rule: RoutingRule = {
	id: '1',
	name: 'One',
	orders: {
		channels: ['web-shop'],
		countries: ['GB'],
		products: { skus: ['A', 'B'], price: { currency: 'GBP', fromMinor: 1250 } },
		valueFromMinor: 10_000,
	},
	effectiveFrom: '2026-12-01',
	effectiveTo: '2026-12-24',
	effect: {
		prefer: { sites: { kinds: ['warehouse'] }, worthMinor: 150 },
		exclude: { siteIds: ['leeds'], groups: ['north'] },
		fallbacks: [{ kinds: ['store'] }, {}],
		keepTogether: false,
		noSplitBelowMinor: 1500,
		whenUnfillable: 'hold',
	},
};

describe('the form of a routing rule', () => {
	it('gives back the rule that it was made of', () => {
		expect(readRoutingForm(routingForm(rule, 2, 'GBP'), into)).toEqual({ ok: true, rule, place: 2 });
	});

	it('of any rule that it takes gives back one that it takes again as the same', () => {
		fc.assert(
			fc.property(routingSets, ({ rules }) => {
				for (const each of rules) {
					const read = readRoutingForm(routingForm(each, 1, 'GBP'), { ...into, id: each.id });
					if (!read.ok) continue;
					const again = readRoutingForm(routingForm(read.rule, 1, 'GBP'), { ...into, id: each.id });
					expect(again).toEqual(read);
				}
			}),
		);
	});

	it('says nothing of what was left blank', () => {
		const effect = { keepTogether: true };
		expect(readRoutingForm(typed({}), into)).toEqual({
			ok: true,
			place: 1,
			rule: { id: '1', name: 'One', orders: {}, effect },
		});
	});

	it('takes countries in small letters, and amounts with a comma', () => {
		const read = readRoutingForm(typed({ countries: ['gb', 'GB'], noSplitBelow: '12,5' }), into);
		expect(read).toMatchObject({ rule: { orders: { countries: ['GB'] }, effect: { noSplitBelowMinor: 1250 } } });
	});

	it.each<[Partial<RoutingForm>, object]>([
		[{ name: ' ' }, { name: 'missing' }],
		[{ place: '9' }, { place: 'too_big' }],
		[{ countries: ['England'] }, { countries: 'not_a_country' }],
		[{ valueFrom: 'x' }, { valueFrom: 'not_a_price' }],
		[{ valueFrom: '2', valueTo: '1' }, { valueTo: 'ends_before' }],
		[{ priceFrom: '2', priceTo: '1' }, { priceTo: 'ends_before' }],
		[{ noSplitBelow: '-1' }, { noSplitBelow: 'not_a_price' }],
		[{ preferWorth: '100000.01' }, { preferWorth: 'too_big' }],
		[{ prefer: siteForm({ kinds: ['store'] }) }, { preferWorth: 'missing' }],
		[{ effectiveFrom: '2026-02-30' }, { effectiveFrom: 'no_such_day' }],
		[{ effectiveFrom: '2026-12-02', effectiveTo: '2026-12-01' }, { effectiveTo: 'ends_before' }],
		[{ keepTogether: '' }, { keepTogether: 'no_effect' }],
	])('of %o says what is wrong', (changes, problems) => {
		expect(problemsOf(changes)).toEqual(problems);
	});
});
