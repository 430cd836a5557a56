import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../shared/schema/product.ts';
import type { Movement } from '../../shared/schema/stock-position.ts';
import { openShop, shopProducts } from '../../test/shop-for-tests.ts';
import { changeTracking } from '../central/inventory/change-tracking.ts';
import { postMovements } from '../central/inventory/stock-ledger.ts';
import { DocumentWriter, siteStream } from '../database/documents.ts';
import { inTransaction } from '../database/transaction.ts';
import { keepProducts } from '../intake/opening-data.ts';
import { type LedgerNews, verifyLedger } from './verify-ledger.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 10, 'leeds B': 5, 'london A': 4 });
	const tracked = (['lot', 'serial'] as const).map((tracking, index): Product => {
		const [sample] = shopProducts;
		if (sample === undefined) throw new Error('The shop has products');
		const gtin = `0000000000010${index}`;
		return { ...sample, id: tracking.toUpperCase(), gtin, otherGtins: [], tracking };
	});
	await keepProducts(shop.db, tracked, new DocumentWriter());
	await post([
		{ ...move('LOT', 'supplier', 'available', 8), lot: 'L1', expiresOn: '2027-01-01' },
		{ ...move('LOT', 'supplier', 'available', 3), lot: 'L2', toBin: 'Z-1-1' },
		{ ...move('SERIAL', 'supplier', 'available', 2), serials: ['s1', 's2'] },
		{ ...move('A', 'available', 'available', 3), fromBin: 'A-1-1', toBin: 'Z-9-9' },
	]);
	await post([
		move('LOT', 'available', 'picked', 9),
		{ ...move('SERIAL', 'available', 'damaged', 1), serials: ['s2'] },
	]);
	await post([
		{ ...move('B', 'available', 'other_site', 2) },
		{ ...move('B', 'other_site', 'in_transit', 2), siteId: 'london' },
	]);
});
afterAll(() => shop.drop());

function move(sku: string, from: Movement['from'], to: Movement['to'], quantity: number): Movement {
	return { siteId: 'leeds', sku, quantity, from, to, reason: 'test' };
}

async function post(movements: readonly Movement[]) {
	const posting = { operationId: null, orderId: null, actorName: 'Ann', recordedAt: '2026-11-20T10:00:00Z' };
	await inTransaction(shop.db, async (transaction) => {
		const documents = new DocumentWriter();
		const { positions } = await postMovements(transaction, movements, posting);
		for (const position of positions) documents.put(siteStream(position.siteId), 'stock', position.id, position);
		await documents.publish(transaction);
	});
}

async function verify() {
	const news: LedgerNews[] = [];
	const figures = await verifyLedger(shop.db, now, (each) => news.push(each));
	expect(news.filter(({ kind }) => kind === 'fault').length).toBe(figures.faults);
	return { figures, news };
}
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
		await post([move('A', 'available', 'picked', 8)]);
		await post([{ ...move('A', 'supplier', 'available', 4), lot: 'L1', expiresOn: '2027-01-01' }]);
		await post([move('A', 'available', 'picked', 3)]);
		expect(await detailsOf('A')).toEqual([
			['picked', '', 'L1', 3],
			['shelf', '', 'L1', 1],
			['shelf', 'Z-9-9', '', 2],
		]);
		expect((await verify()).news).toEqual([]);
		expect(await changeTracking(shop.db, 'A', 'none', now)).toMatchObject({ changed: true });
		expect(await detailsOf('A')).toEqual([['shelf', 'Z-9-9', '', 2]]);
		expect((await verify()).news).toEqual([]);
	});

	it('from lots or serial numbers to none and back forgets which units they were', async () => {
		for (const sku of ['LOT', 'SERIAL']) await changeTracking(shop.db, sku, 'none', now);
		await post([move('LOT', 'available', 'picked', 1), move('SERIAL', 'available', 'picked', 1)]);
		await changeTracking(shop.db, 'SERIAL', 'serial', now);
		await post([{ ...move('SERIAL', 'damaged', 'available', 1), serials: ['s2'] }]);
		expect(await detailsOf('SERIAL')).toEqual([['shelf', '', 's2', 1]]);
		expect(await detailsOf('LOT')).toEqual([]);
		expect((await verify()).news).toEqual([]);
	});

	it('while goods are moved has a ledger without a fault', async () => {
		const moves = Array.from({ length: 12 }, (_, index) => [
			post([{ ...move('B', 'supplier', 'available', 2), lot: `L${index % 3}` }]),
			post([move('B', 'available', 'picked', 1)]),
			changeTracking(shop.db, 'B', index % 2 === 0 ? 'lot' : 'none', now),
		]);
		await Promise.all(moves.flat());
		expect((await verify()).news).toEqual([]);
	});

	it('is nobody: what the catalog does not have is not tracked', async () => {
		expect(await changeTracking(shop.db, 'NOTHING', 'lot', now)).toEqual({ changed: false, product: null });
	});
});

it('goods whose position has no bin of its own, or an empty one, are no fault', async () => {
	await post([move('C', 'supplier', 'available', 5)]);
	await post([{ ...move('C', 'available', 'available', 3), fromBin: 'Q-1', toBin: 'Q-2' }]);
	await post([{ ...move('C', 'supplier', 'available', 2), toBin: 'Q-1' }]);
	expect((await verify()).news).toEqual([]);
	await post([{ ...move('C', 'available', 'available', 4), fromBin: 'Q-1', toBin: 'Q-2' }]);
	await post([move('C', 'available', 'picked', 6)]);
	const { rows } = await sql`SELECT bin, bins FROM stock_position WHERE sku = 'C' AND site_id = 'leeds'`.execute(
		shop.db,
	);
	expect(rows).toEqual([{ bin: 'Q-1', bins: [{ bin: 'Q-2', units: 1 }] }]);
	expect((await verify()).news).toEqual([]);
});
