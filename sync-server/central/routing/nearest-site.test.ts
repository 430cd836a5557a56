import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Site } from '../../../shared/schema/site.ts';
import { assignNearestSite, kilometersBetween } from './nearest-site.ts';

const site = (id: string, lat: number, lon: number, capabilities: Site['capabilities'] = ['ship', 'pickup']): Site => ({
	id,
	name: `Store ${id}`,
	kind: 'store',
	retailer: 'A retailer',
	town: id,
	postalCode: id,
	country: 'GB',
	lat,
	lon,
	timeZone: 'Europe/London',
	openingHours: [],
	capabilities,
	dailyCapacityUnits: 100,
	stagingLocations: [],
});
const leeds = site('leeds', 53.8, -1.55);
const london = site('london', 51.51, -0.13);
const york = { lat: 53.96, lon: -1.08 };

const held = (units: Record<string, number>) => (siteId: string, sku: string) => units[`${siteId} ${sku}`] ?? 0;
const line = (sku: string, quantity: number) => ({ sku, quantity });
const toYork = { method: 'ship', place: york, country: 'GB' } as const;

describe('an order goes', () => {
	it('to the nearest site that holds all of it', () => {
		const free = held({ 'leeds A': 1, 'leeds B': 1, 'london A': 9, 'london B': 9 });
		const near = assignNearestSite({ ...toYork, lines: [line('A', 1), line('B', 1)] }, [london, leeds], free);
		expect(near).toMatchObject({ site: { id: 'leeds' }, allocated: [1, 1], complete: true });
		const far = assignNearestSite({ ...toYork, lines: [line('A', 1), line('B', 2)] }, [london, leeds], free);
		expect(far).toMatchObject({ site: { id: 'london' }, allocated: [1, 2], complete: true });
	});

	it('to the site with the most units when none holds all, and to the nearer of two equal ones', () => {
		const free = held({ 'leeds A': 1, 'london A': 2 });
		expect(assignNearestSite({ ...toYork, lines: [line('A', 5)] }, [leeds, london], free)).toMatchObject({
			site: { id: 'london' },
			allocated: [2],
			complete: false,
		});
		const nothing = assignNearestSite({ ...toYork, lines: [line('A', 5)] }, [london, leeds], held({}));
		expect(nothing).toMatchObject({ site: { id: 'leeds' }, allocated: [0], complete: false });
	});

	it('only to the site that the customer chose, however little it holds', () => {
		const free = held({ 'leeds A': 9 });
		const request = { ...toYork, method: 'pickup', siteId: 'london', lines: [line('A', 1)] } as const;
		expect(assignNearestSite(request, [leeds, london], free)).toMatchObject({ site: { id: 'london' }, allocated: [0] });
	});

	it('to no site that may not fulfill by its method', () => {
		const returnsOnly = site('leeds', 53.8, -1.55, ['return']);
		const free = held({ 'leeds A': 9 });
		expect(assignNearestSite({ ...toYork, lines: [line('A', 1)] }, [returnsOnly], free)).toBeUndefined();
	});

	it('to its own country first when its address is on no map', () => {
		const lille: Site = { ...site('aaa', 50.6, 3.06), country: 'FR' };
		const request = { method: 'ship', place: undefined, country: 'GB', lines: [line('A', 1)] } as const;
		const free = held({ 'aaa A': 1, 'london A': 1 });
		expect(assignNearestSite(request, [lille, london], free)?.site.id).toBe('london');
	});
});

it('never sets aside more of a SKU than is there or than was asked, on however many lines it stands', () => {
	const lines = fc.array(fc.record({ sku: fc.constantFrom('A', 'B'), quantity: fc.integer({ min: 1, max: 9 }) }), {
		minLength: 1,
		maxLength: 6,
	});
	const free = fc.record({ A: fc.integer({ min: -3, max: 30 }), B: fc.integer({ min: -3, max: 30 }) });
	fc.assert(
		fc.property(lines, free, (asked, units) => {
			const assignment = assignNearestSite({ ...toYork, lines: asked }, [leeds], (_site, sku) =>
				sku === 'A' ? units.A : units.B,
			);
			for (const sku of ['A', 'B'] as const) {
				const allocated = asked.map((each, index) => (each.sku === sku ? (assignment?.allocated[index] ?? 0) : 0));
				const wanted = asked.reduce((sum, each) => sum + (each.sku === sku ? each.quantity : 0), 0);
				const taken = allocated.reduce((sum, quantity) => sum + quantity, 0);
				expect(taken).toBe(Math.min(wanted, Math.max(0, units[sku])));
			}
			asked.forEach((each, index) => {
				expect(assignment?.allocated[index]).toBeLessThanOrEqual(each.quantity);
			});
		}),
	);
});

it('measures London to Leeds as 272 km, and nothing to itself', () => {
	expect(Math.round(kilometersBetween(london, leeds))).toBe(272);
	expect(kilometersBetween(leeds, leeds)).toBe(0);
});

it('leaves a supplier out, however near and full it is, unless it ships by itself', () => {
	const supplier = (capabilities: Site['capabilities']): Site => ({
		...site('york', york.lat, york.lon, capabilities),
		kind: 'supplier',
	});
	const free = held({ 'york A': 9, 'leeds A': 1 });
	const asked = { ...toYork, lines: [line('A', 1)] };
	expect(assignNearestSite(asked, [supplier(['supply']), leeds], free)?.site.id).toBe('leeds');
	expect(assignNearestSite(asked, [supplier(['supply', 'ship']), leeds], free)?.site.id).toBe('york');
	expect(assignNearestSite(asked, [supplier(['supply'])], free)).toBeUndefined();
});
