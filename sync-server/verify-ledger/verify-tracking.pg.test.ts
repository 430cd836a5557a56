import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { move, now, openLedgerShop } from '../../test/ledger-for-tests.ts';
import { changeTracking } from '../central/inventory/change-tracking.ts';

let shop: Awaited<ReturnType<typeof openLedgerShop>>;

beforeAll(async () => {
	shop = await openLedgerShop();
});
afterAll(() => shop.drop());

describe('a product that is tracked in another way from now on', () => {
	const detailsOf = async (sku: string) => {
		const { rows } = await sql<Record<'place' | 'bin' | 'lot' | 'serial', string> & { units: number }>`
			SELECT place, bin, lot, serial, units FROM stock_detail WHERE sku = ${sku} ORDER BY place, bin, lot, serial`.execute(
			shop.db,
		);
		return rows.map(({ place, bin, lot, serial, units }) => [place, bin, lot || serial, units]);
	};

	it('keeps its units where they are, of no known lot until they are named; its ledger has no fault', async () => {
		expect(await changeTracking(shop.db, 'A', 'lot', now)).toMatchObject({
			changed: true,
			product: { tracking: 'lot' },
		});
		expect(await changeTracking(shop.db, 'A', 'lot', now)).toMatchObject({ changed: false });
		expect(await detailsOf('A')).toEqual([['shelf', 'Z-9-9', '', 3]]);
		await shop.post([move('A', 'available', 'picked', 8)]);
		await shop.post([{ ...move('A', 'supplier', 'available', 4), lot: 'L1', expiresOn: '2027-01-01' }]);
		await shop.post([move('A', 'available', 'picked', 3)]);
		expect(await detailsOf('A')).toEqual([
			['picked', '', 'L1', 3],
			['shelf', '', 'L1', 1],
			['shelf', 'Z-9-9', '', 2],
		]);
		expect((await shop.verify()).news).toEqual([]);
		expect(await changeTracking(shop.db, 'A', 'none', now)).toMatchObject({ changed: true });
		expect(await detailsOf('A')).toEqual([['shelf', 'Z-9-9', '', 2]]);
		expect((await shop.verify()).news).toEqual([]);
	});

	it('from lots or serial numbers to none and back forgets which units they were', async () => {
		for (const sku of ['LOT', 'SERIAL']) await changeTracking(shop.db, sku, 'none', now);
		await shop.post([move('LOT', 'available', 'picked', 1), move('SERIAL', 'available', 'picked', 1)]);
		await changeTracking(shop.db, 'SERIAL', 'serial', now);
		await shop.post([{ ...move('SERIAL', 'damaged', 'available', 1), serials: ['s2'] }]);
		expect(await detailsOf('SERIAL')).toEqual([['shelf', '', 's2', 1]]);
		expect(await detailsOf('LOT')).toEqual([]);
		expect((await shop.verify()).news).toEqual([]);
	});

	it('while goods are moved has a ledger without a fault', async () => {
		const moves = Array.from({ length: 12 }, (_, index) => [
			shop.post([{ ...move('B', 'supplier', 'available', 2), lot: `L${index % 3}` }]),
			shop.post([move('B', 'available', 'picked', 1)]),
			changeTracking(shop.db, 'B', index % 2 === 0 ? 'lot' : 'none', now),
		]);
		await Promise.all(moves.flat());
		expect((await shop.verify()).news).toEqual([]);
	});

	it('is nobody: what the catalog does not have is not tracked', async () => {
		expect(await changeTracking(shop.db, 'NOTHING', 'lot', now)).toEqual({ changed: false, product: null });
	});
});

it('goods whose position has no bin of its own, or an empty one, are no fault', async () => {
	await shop.post([move('C', 'supplier', 'available', 5)]);
	await shop.post([{ ...move('C', 'available', 'available', 3), fromBin: 'Q-1', toBin: 'Q-2' }]);
	await shop.post([{ ...move('C', 'supplier', 'available', 2), toBin: 'Q-1' }]);
	expect((await shop.verify()).news).toEqual([]);
	await shop.post([{ ...move('C', 'available', 'available', 4), fromBin: 'Q-1', toBin: 'Q-2' }]);
	await shop.post([move('C', 'available', 'picked', 6)]);
	const { rows } = await sql`SELECT bin, bins FROM stock_position WHERE sku = 'C' AND site_id = 'leeds'`.execute(
		shop.db,
	);
	expect(rows).toEqual([{ bin: 'Q-1', bins: [{ bin: 'Q-2', units: 1 }] }]);
	expect((await shop.verify()).news).toEqual([]);
});
