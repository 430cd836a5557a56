import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bucket, buckets, type Movement, type StockPosition } from '../schema/stock-position.ts';
import { heldByOrder, nameUnits } from './name-units.ts';
import {
	forgetIdentities,
	openDetailBook,
	ownBinChanges,
	placeOf,
	type StockDetail,
	shelfUnits,
	type Tracking,
	withChanges,
} from './stock-detail.ts';
import { emptyPosition, postMovement } from './stock-ledger.ts';

const on = '2026-11-22';
const ownBin = () => 'A-1-1';
const open = (tracking: Tracking, rows: readonly StockDetail[] = []) => openDetailBook({ tracking, rows, ownBin });
const move = (from: Bucket, to: Bucket, quantity: number, more: Partial<Movement> = {}): Movement => ({
	siteId: 'S-1',
	sku: 'mug',
	quantity,
	from,
	to,
	reason: 'test',
	...more,
});
const came = (quantity: number, more: Partial<Movement>) => move('supplier', 'available', quantity, more);

const bin = fc.constantFrom('A-1-1', 'B-2-2', 'C-3-3');
const movement: fc.Arbitrary<Movement> = fc
	.record(
		{
			siteId: fc.constantFrom('S-1', 'S-2'),
			from: fc.constantFrom(...buckets),
			to: fc.constantFrom(...buckets),
			quantity: fc.integer({ min: 1, max: 6 }),
			fromBin: bin,
			toBin: bin,
			lot: fc.constantFrom('L1', 'L2', 'L3'),
			expiresOn: fc.constantFrom('2026-11-20', '2026-12-01', '2027-03-01'),
			serials: fc.uniqueArray(fc.constantFrom('s1', 's2', 's3', 's4'), { minLength: 1, maxLength: 4 }),
		},
		{ requiredKeys: ['siteId', 'from', 'to', 'quantity'] },
	)
	.map((each) => ({
		...move(each.from, each.to, each.serials?.length ?? each.quantity),
		...each,
		quantity: each.serials?.length ?? each.quantity,
	}));
const tracking = fc.constantFrom<Tracking>('none', 'lot', 'serial');
const history = fc.tuple(tracking, fc.array(movement, { maxLength: 40 }));

/** Posts a history step by step, each movement named by what was known before it. */
function keep(kind: Tracking, movements: readonly Movement[]) {
	const book = open(kind);
	const named: Movement[] = [];
	for (const each of movements) {
		for (const one of nameUnits(book, each, on, heldByOrder(named.filter(({ siteId }) => siteId === each.siteId)))) {
			book.post(one);
			named.push(one);
		}
	}
	return { book, named };
}

function positionsOf(movements: readonly Movement[]): readonly StockPosition[] {
	const positions = new Map<string, StockPosition>();
	for (const each of movements) {
		const before = positions.get(each.siteId) ?? emptyPosition(each.siteId, each.sku, 'A-1-1');
		positions.set(each.siteId, postMovement(before, each).position);
	}
	return [...positions.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
const unitsOf = (all: readonly StockPosition[]) => all.map(({ id, units }) => ({ id, units }));
const sorted = (rows: readonly StockDetail[]) => rows.map((row) => JSON.stringify(row)).sort();

describe('whatever is moved', () => {
	test('rebuilt from its movements, the positions and all details are as they were step by step', () => {
		fc.assert(
			fc.property(history, ([kind, movements]) => {
				const { book, named } = keep(kind, movements);
				const rebuilt = open(kind);
				for (const each of named) rebuilt.post(each);
				expect(sorted(rebuilt.rows())).toEqual(sorted(book.rows()));
				expect(unitsOf(positionsOf(named))).toEqual(unitsOf(positionsOf(movements)));
			}),
			{ numRuns: 600 },
		);
	});

	test('each serial number is in one place of one site at most, as one unit', () => {
		fc.assert(
			fc.property(fc.array(movement, { maxLength: 40 }), (movements) => {
				const { book } = keep('serial', movements);
				const named = book.rows().filter(({ serial }) => serial !== '');
				expect(new Set(named.map(({ serial }) => serial)).size).toBe(named.length);
				for (const row of named) {
					expect(row.units).toBe(1);
					expect(book.serialAt(row.serial)).toEqual(row);
				}
			}),
			{ numRuns: 600 },
		);
	});

	test('of units without a name no lot is taken below zero', () => {
		const unnamed = movement.map(({ lot, ...each }) =>
			placeOf(each.from) === undefined ? { ...each, lot: lot ?? 'L1' } : each,
		);
		fc.assert(
			fc.property(fc.array(unnamed, { maxLength: 40 }), (movements) => {
				const { book } = keep('lot', movements);
				for (const row of book.rows()) if (row.lot !== '') expect(row.units).toBeGreaterThan(0);
			}),
			{ numRuns: 600 },
		);
	});

	test('what is known of a lot is what was moved of it', () => {
		fc.assert(
			fc.property(fc.array(movement, { maxLength: 40 }), (movements) => {
				const { book, named } = keep('lot', movements);
				for (const lot of ['L1', 'L2', 'L3']) {
					const kept = book.rows().reduce((sum, row) => sum + (row.lot === lot ? row.units : 0), 0);
					const moved = named.reduce((sum, { from, to, quantity, lot: of }) => {
						const into = (placeOf(to) ? quantity : 0) - (placeOf(from) ? quantity : 0);
						return sum + (of === lot ? into : 0);
					}, 0);
					expect(kept).toBe(moved);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('all buckets of a SKU at a site, inside and outside, sum to zero', () => {
		fc.assert(
			fc.property(history, ([kind, movements]) => {
				for (const siteId of ['S-1', 'S-2']) {
					const sum = new Map<Bucket, number>();
					for (const each of keep(kind, movements).named.filter((one) => one.siteId === siteId)) {
						sum.set(each.from, (sum.get(each.from) ?? 0) - each.quantity);
						sum.set(each.to, (sum.get(each.to) ?? 0) + each.quantity);
					}
					expect([...sum.values()].reduce((total, units) => total + units, 0)).toBe(0);
					const position = positionsOf(movements).find((one) => one.siteId === siteId);
					for (const [bucket, units] of Object.entries(position?.units ?? {})) {
						expect(sum.get(bucket as Bucket) ?? 0).toBe(units);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('lots', () => {
	const stocked = () =>
		keep('lot', [
			came(4, { lot: 'L2', expiresOn: '2027-01-10' }),
			came(3, { lot: 'L1', expiresOn: '2026-12-01', toBin: 'B-2-2' }),
			came(2, { lot: 'L0', expiresOn: '2026-11-01' }),
		]);

	test('that expire first are picked first, each from the bin in which it lies, and an expired one last', () => {
		const { book } = stocked();
		expect(nameUnits(book, move('allocated', 'picked', 5), on)).toEqual([
			move('allocated', 'picked', 3, { lot: 'L1', expiresOn: '2026-12-01', fromBin: 'B-2-2' }),
			move('allocated', 'picked', 2, { lot: 'L2', expiresOn: '2027-01-10' }),
		]);
		expect(nameUnits(book, move('available', 'picked', 12), on).map(({ lot, quantity }) => [lot, quantity])).toEqual([
			['L1', 3],
			['L2', 4],
			['L0', 2],
			[undefined, 3],
		]);
	});

	test('that were named stay as they were named, also when nobody knew of them', () => {
		const { book } = stocked();
		const picked = move('allocated', 'picked', 1, { lot: 'L9' });
		expect(nameUnits(book, picked, on)).toEqual([picked]);
		book.post(picked);
		expect(book.rows()).toContainEqual(expect.objectContaining({ lot: 'L9', place: 'shelf', units: -1 }));
	});

	test('with serial numbers are parted with them', () => {
		const { book } = stocked();
		const picked = nameUnits(book, move('allocated', 'picked', 5, { serials: ['a', 'b', 'c', 'd', 'e'] }), on);
		expect(picked.map(({ lot, serials }) => [lot, serials])).toEqual([
			['L1', ['a', 'b', 'c']],
			['L2', ['d', 'e']],
		]);
	});

	test('are shipped as the order has them in hand', () => {
		const { book, named } = stocked();
		const other = move('allocated', 'picked', 2, { lot: 'L1' });
		const own = move('allocated', 'picked', 2, { lot: 'L2' });
		for (const each of [other, own]) book.post(each);
		expect(named.length).toBe(3);
		const shipped = nameUnits(book, move('picked', 'customer', 2), on, heldByOrder([own]));
		expect(shipped).toEqual([move('picked', 'customer', 2, { lot: 'L2', expiresOn: '2027-01-10' })]);
	});

	test('that leave as another lot than the books had in hand were taken instead of it: that one still lies on the shelf', () => {
		const { book } = stocked();
		const [guessed] = nameUnits(book, move('allocated', 'picked', 2), on);
		if (guessed === undefined) throw new Error('A lot is chosen');
		book.post(guessed);
		const before = book.rows().find(({ place, lot }) => place === 'shelf' && lot === 'L2')?.units ?? 0;
		const named = nameUnits(book, move('picked', 'customer', 2, { lot: 'L2' }), on, heldByOrder([guessed]));
		for (const each of named) book.post(each);
		expect(guessed.lot).toBe('L1');
		expect(named.map(({ from, to, quantity, lot }) => [from, to, quantity, lot])).toEqual([
			['picked', 'available', 2, 'L1'],
			['available', 'picked', 2, 'L2'],
			['picked', 'customer', 2, 'L2'],
		]);
		expect(book.rows().filter(({ place }) => place === 'picked')).toEqual([]);
		expect(book.rows().find(({ place, lot }) => place === 'shelf' && lot === 'L2')?.units ?? 0).toBe(before - 2);
	});

	test('that came back from a customer are those that the order had got', () => {
		const { book } = stocked();
		const got = [move('available', 'picked', 1, { lot: 'L2' }), move('picked', 'customer', 1, { lot: 'L2' })];
		for (const each of got) book.post(each);
		const back = nameUnits(book, move('customer', 'available', 1), on, heldByOrder(got));
		expect(back.map(({ lot }) => lot)).toEqual(['L2']);
	});

	test('stay where they are while they are claimed', () => {
		const { book } = stocked();
		const claimed = move('available', 'allocated', 3);
		expect(nameUnits(book, claimed, on)).toEqual([claimed]);
		expect(book.post(claimed).changes).toEqual([]);
	});
});

describe('serial numbers', () => {
	const stocked = () => keep('serial', [came(3, { serials: ['s1', 's2', 's3'] })]).book;

	test('a second one that comes in is told, and the unit that had it is a unit without a name', () => {
		const book = stocked();
		const again = { ...came(1, { serials: ['s2'] }), siteId: 'S-2' };
		expect(book.post(again).duplicates).toEqual(['s2']);
		expect(book.serialAt('s2')?.siteId).toBe('S-2');
		expect(book.rows().filter(({ siteId }) => siteId === 'S-1').length).toBe(2);
	});

	test('one that had left without being named comes back without a word', () => {
		const book = stocked();
		book.post(move('available', 'picked', 1));
		book.post(move('picked', 'customer', 1));
		expect(book.post(move('customer', 'quarantine', 1, { serials: ['s3'] })).duplicates).toEqual([]);
		expect(book.serialAt('s3')).toMatchObject({ place: 'quarantine' });
		expect(book.rows().length).toBe(3);
	});

	test('that the order has in hand are the ones that leave', () => {
		const book = stocked();
		const picked = move('allocated', 'picked', 2, { serials: ['s1', 's3'] });
		book.post(picked);
		expect(nameUnits(book, move('picked', 'customer', 3), on, heldByOrder([picked]))).toEqual([
			move('picked', 'customer', 2, { serials: ['s1', 's3'] }),
			move('picked', 'customer', 1),
		]);
	});
});

describe('bins', () => {
	test('a position tells what lies elsewhere or is of a known lot; the rest is in its own bin', () => {
		const { book } = keep('lot', [
			came(5, {}),
			came(4, { lot: 'L1', expiresOn: '2026-12-01' }),
			move('available', 'available', 2, { fromBin: 'A-1-1', toBin: 'B-2-2', lot: 'L1' }),
			move('available', 'available', 1, { fromBin: 'A-1-1', toBin: 'C-3-3', lot: 'L1' }),
			move('available', 'quarantine', 1, { lot: 'L1', fromBin: 'C-3-3' }),
		]);
		expect(shelfUnits(book.rows(), 'A-1-1')).toEqual([
			{ bin: 'A-1-1', units: 1, lot: 'L1', expiresOn: '2026-12-01' },
			{ bin: 'B-2-2', units: 2, lot: 'L1', expiresOn: '2026-12-01' },
		]);
	});

	test('goods that leave without a word come from bins that have some: none is taken below zero while another is not empty', () => {
		const leaving = fc.integer({ min: 1, max: 6 }).map((quantity) => move('allocated', 'picked', quantity));
		const coming = fc
			.tuple(fc.integer({ min: 1, max: 6 }), fc.option(bin))
			.map(([quantity, toBin]) => came(quantity, toBin === null ? {} : { toBin }));
		const kinds = fc.constantFrom<Tracking>('none', 'lot');
		const possible = (all: readonly Movement[]) => {
			let onShelf = 0;
			return all.filter(({ from, quantity }) => {
				const after = from === 'supplier' ? onShelf + quantity : onShelf - quantity;
				if (after >= 0) onShelf = after;
				return after >= 0;
			});
		};
		fc.assert(
			fc.property(kinds, fc.array(fc.oneof(leaving, coming), { maxLength: 30 }).map(possible), (kind, movements) => {
				const { book } = keep(kind, movements);
				for (const { units } of book.rows().filter(({ place }) => place === 'shelf')) expect(units).toBeGreaterThan(0);
				expect(book.unitsInOwnBin('S-1')).toBeGreaterThanOrEqual(0);
			}),
		);
	});

	test('stay known when the product is tracked in another way, and nothing else of its units does', () => {
		fc.assert(
			fc.property(history, ([kind, movements]) => {
				const { book } = keep(kind, movements);
				const kept = forgetIdentities(book.rows());
				const inBins = (rows: readonly StockDetail[], site: string, name: string) =>
					rows.reduce((sum, row) => sum + (row.siteId === site && row.bin === name ? row.units : 0), 0);
				for (const row of kept) expect([row.lot, row.serial, row.expiresOn]).toEqual(['', '', null]);
				for (const site of ['S-1', 'S-2'])
					for (const name of ['B-2-2', 'C-3-3']) expect(inBins(kept, site, name)).toBe(inBins(book.rows(), site, name));
			}),
		);
	});

	test('one that becomes the own bin of its position is no other one any more', () => {
		const { book } = keep('lot', [
			came(3, { toBin: 'B-2-2', lot: 'L1' }),
			came(2, { lot: 'L1' }),
			came(4, { toBin: 'B-2-2' }),
		]);
		const rows = withChanges(book.rows(), ownBinChanges(book.rows(), 'S-1', 'B-2-2'));
		expect(rows).toMatchObject([{ bin: '', lot: 'L1', units: 5 }]);
	});

	test('what is laid back into the own bin is told of no more', () => {
		const { book } = keep('none', [
			came(3, { toBin: 'B-2-2' }),
			move('available', 'available', 3, { fromBin: 'B-2-2', toBin: 'A-1-1' }),
		]);
		expect(book.rows()).toEqual([]);
	});
});
