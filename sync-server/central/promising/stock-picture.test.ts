import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSiteNumbers, picturedSites, pictureNumbers, type StockPicture, withSites } from './stock-picture.ts';

const siteIds = ['a', 'b', 'c', 'd', 'e', 'f'];
const sites = openSiteNumbers();
const numberOf = (siteId: string) => sites.numberOf(siteId);

interface Given {
	readonly positions: readonly (readonly [string, number, number])[];
	readonly claims: readonly (readonly [string, number, number])[];
	readonly demands: readonly (readonly [string, number])[];
	readonly supply: readonly (readonly [string, number, string, string])[];
}

const site = fc.constantFrom(...siteIds);
const units = fc.integer({ min: 1, max: 99 });
const given: fc.Arbitrary<Given> = fc.record({
	positions: fc.uniqueArray(fc.tuple(site, fc.integer({ min: -9, max: 99 }), units), { selector: ([id]) => id }),
	claims: fc.array(fc.tuple(site, units, fc.constantFrom(1000, Number.POSITIVE_INFINITY)), { maxLength: 8 }),
	demands: fc.uniqueArray(fc.tuple(site, units), { selector: ([id]) => id }),
	supply: fc.array(fc.tuple(site, units, fc.constant('2026-11-24'), fc.constant('supplier')), { maxLength: 4 }),
});

function pictureOf({ positions, claims, demands, supply }: Given, only: ReadonlySet<string>): StockPicture {
	const asked = <Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]) =>
		rows.filter(([id]) => only.has(id));
	return {
		sku: 'A',
		product: '{}',
		numbers: pictureNumbers({
			positions: asked(positions).map(([id, ...rest]) => [numberOf(id), ...rest]),
			details: asked(demands).map(([id, demand]) => [numberOf(id), 0, demand, Number.NaN, 0, 0, 0, 0, 0]),
			claims: asked(claims).map(([id, ...rest]) => [numberOf(id), ...rest]),
		}),
		supply: JSON.stringify(asked(supply)),
		promised: null,
	};
}

const everywhere = new Set(siteIds);
const byId = (picture: StockPicture, asked?: ReadonlySet<string>) =>
	[...picturedSites(picture, sites, asked)].sort((a, b) => (a.siteId < b.siteId ? -1 : 1));

it('a picture tells of each site with a position or supply what was read of it, and of no other', () => {
	fc.assert(
		fc.property(given, (stock) => {
			const found = byId(pictureOf(stock, everywhere));
			const expected = siteIds.filter((id) => [...stock.positions, ...stock.supply].some(([each]) => each === id));
			expect(found.map(({ siteId }) => siteId)).toEqual(expected);
			for (const { siteId, onHand, claims, supply, details } of found) {
				const here = <Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]) =>
					rows.filter(([id]) => id === siteId);
				expect(onHand).toBe(here(stock.positions)[0]?.[1] ?? 0);
				expect(claims).toEqual(here(stock.claims).map(([, each, expiresAtMs]) => ({ units: each, expiresAtMs })));
				expect(supply).toEqual(here(stock.supply));
				expect(details).toMatchObject({ dailyDemand: here(stock.demands)[0]?.[1] ?? 0, countedAtMs: null });
			}
		}),
	);
});

it('asked about some sites, it tells the same of them', () => {
	fc.assert(
		fc.property(given, fc.subarray(siteIds), (stock, asked) => {
			const picture = pictureOf(stock, everywhere);
			const some = new Set(asked);
			expect(byId(picture, some)).toEqual(byId(picture).filter(({ siteId }) => some.has(siteId)));
		}),
	);
});

it('of which some sites were read again, it is as if all of it had been read again', () => {
	fc.assert(
		fc.property(given, given, fc.subarray(siteIds), (before, after, changed) => {
			const again = new Set(changed);
			const isAt = ([id]: readonly [string, ...unknown[]]) => again.has(id);
			const mixed = <Row extends readonly [string, ...unknown[]]>(old: readonly Row[], now: readonly Row[]) => [
				...old.filter((row) => !isAt(row)),
				...now.filter(isAt),
			];
			const whole: Given = {
				positions: mixed(before.positions, after.positions),
				claims: mixed(before.claims, after.claims),
				demands: mixed(before.demands, after.demands),
				supply: mixed(before.supply, after.supply),
			};
			const merged = withSites(pictureOf(before, everywhere), pictureOf(after, again), sites, again);
			expect(byId(merged)).toEqual(byId(pictureOf(whole, everywhere)));
		}),
	);
});
