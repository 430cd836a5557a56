import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import { openShop, shopProducts } from '../../../test/shop-for-tests.ts';
import { DocumentWriter } from '../../database/documents.ts';
import { inTransaction } from '../../database/transaction.ts';
import { duplicateSerialDrafts } from '../../ingest/exception-cases.ts';
import { keepProducts } from '../../intake/opening-data.ts';
import { postMovements } from './stock-ledger.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
	shop = await openShop({ 'leeds A': 10, 'leeds B': 5 });
	const [sample] = shopProducts;
	if (sample === undefined) throw new Error('The shop has products');
	const tracked = (['lot', 'serial'] as const).map((tracking, index) => {
		const gtin = `0000000000010${index}`;
		return { ...sample, id: tracking.toUpperCase(), gtin, otherGtins: [], name: tracking, tracking };
	});
	await keepProducts(shop.db, tracked, new DocumentWriter());
});
afterAll(() => shop.drop());

const move = (
	sku: string,
	from: Movement['from'],
	to: Movement['to'],
	quantity: number,
	more: Partial<Movement> = {},
): Movement => ({ siteId: 'leeds', sku, quantity, from, to, reason: 'test', ...more });

function post(movements: readonly Movement[], orderId: string | null = null) {
	const posting = { operationId: 'op', orderId, actorName: 'Ann', deviceId: 'd', recordedAt: '2026-11-20T10:00:00Z' };
	return inTransaction(shop.db, (transaction) => postMovements(transaction, movements, posting));
}

async function detailsOf(sku: string, siteId = 'leeds') {
	const rows = await shop.db
		.selectFrom('stock_detail')
		.selectAll()
		.where('sku', '=', sku)
		.where('site_id', '=', siteId)
		.orderBy('place')
		.orderBy('bin')
		.orderBy('lot')
		.orderBy('serial')
		.execute();
	return rows.map(({ place, bin, lot, serial, units }) => [place, bin, lot, serial, units]);
}

it('goods without a named bin lie in their own one, others are told of with the position', async () => {
	const plain = await post([move('A', 'available', 'allocated', 2)]);
	expect(plain.positions[0]).not.toHaveProperty('bins');
	await post([move('A', 'available', 'available', 4, { fromBin: 'A-1-1', toBin: 'Z-9-9' })]);
	expect(await detailsOf('A')).toEqual([['shelf', 'Z-9-9', '', '', 4]]);
	const picked = await post([move('A', 'allocated', 'picked', 2)]);
	expect(picked.positions[0]).toMatchObject({ units: { available: 8, picked: 2 }, bins: [{ bin: 'Z-9-9', units: 4 }] });
	await post([move('A', 'available', 'available', 4, { fromBin: 'Z-9-9', toBin: 'A-1-1' })]);
	expect(await detailsOf('A')).toEqual([]);
	const after = await post([move('A', 'picked', 'available', 2)]);
	expect(after.positions[0]).not.toHaveProperty('bins');
});

it('a position without a bin of its own takes the first in which goods are laid', async () => {
	const { positions } = await post([move('C', 'supplier', 'available', 3, { toBin: 'Q-1-1' })]);
	expect(positions).toMatchObject([{ sku: 'C', bin: 'Q-1-1', units: { available: 3 } }]);
	expect(await detailsOf('C')).toEqual([]);
});

it('a lot that nobody named is chosen by its expiry, and stands in the movement', async () => {
	const lots = [
		move('LOT', 'supplier', 'available', 5, { lot: 'late', expiresOn: '2027-05-01' }),
		move('LOT', 'supplier', 'available', 3, { lot: 'early', expiresOn: '2026-12-24' }),
	];
	const { positions } = await post(lots);
	expect(positions).toMatchObject([
		{
			bins: [
				{ lot: 'early', units: 3, expiresOn: '2026-12-24' },
				{ lot: 'late', units: 5 },
			],
		},
	]);
	await post([move('LOT', 'available', 'allocated', 4)], 'order-1');
	await post([move('LOT', 'allocated', 'picked', 4)], 'order-1');
	expect(await detailsOf('LOT')).toEqual([
		['picked', '', 'early', '', 3],
		['picked', '', 'late', '', 1],
		['shelf', '', 'late', '', 4],
	]);
	await post([move('LOT', 'available', 'picked', 1)], 'order-2');
	await post([move('LOT', 'picked', 'customer', 1)], 'order-2');
	await post([move('LOT', 'picked', 'customer', 4)], 'order-1');
	const movements = await shop.db
		.selectFrom('movement')
		.select(['order_id', 'quantity', 'identity', 'device_id', 'actor_name'])
		.where('to_bucket', '=', 'customer')
		.orderBy('id')
		.execute();
	expect(movements.map(({ order_id, quantity, identity }) => [order_id, quantity, identity?.lot])).toEqual([
		['order-2', 1, 'late'],
		['order-1', 3, 'early'],
		['order-1', 1, 'late'],
	]);
	expect(movements[0]).toMatchObject({ device_id: 'd', actor_name: 'Ann' });
});

it('a serial number is in one place, several are one movement, and a second one that comes is told', async () => {
	await post([move('SERIAL', 'supplier', 'available', 3, { serials: ['s1', 's2', 's3'] })]);
	expect((await detailsOf('SERIAL')).length).toBe(3);
	await post([move('SERIAL', 'available', 'picked', 2, { serials: ['s1', 's2'] })], 'order-3');
	const kept = await shop.db.selectFrom('movement').select('identity').where('order_id', '=', 'order-3').execute();
	expect(kept.map(({ identity }) => identity?.serials)).toEqual([['s1', 's2']]);
	const again = { ...move('SERIAL', 'supplier', 'available', 2, { serials: ['s2', 's9'] }), siteId: 'london' };
	const { duplicateSerials } = await post([again]);
	expect(duplicateSerials).toEqual([
		{ siteId: 'london', sku: 'SERIAL', serial: 's2', before: { siteId: 'leeds', place: 'picked' } },
	]);
	const drafts = await inTransaction(shop.db, (transaction) => duplicateSerialDrafts(transaction, duplicateSerials));
	expect(drafts).toMatchObject([
		{ siteId: 'london', exceptionKind: 'duplicate_serial', serial: 's2', otherSiteName: 'The shop in leeds' },
	]);
	expect(await detailsOf('SERIAL')).toEqual([
		['picked', '', '', 's1', 1],
		['shelf', '', '', 's3', 1],
	]);
	expect(await detailsOf('SERIAL', 'london')).toEqual([
		['shelf', '', '', 's2', 1],
		['shelf', '', '', 's9', 1],
	]);
});

it('a serial number that is taken off a shelf where it is not is told, with where it was; one of an unnamed unit is no news', async () => {
	const taken = (serial: string) => post([move('SERIAL', 'available', 'picked', 1, { serials: [serial] })]);
	expect((await taken('s9')).absentSerials).toEqual([
		{ siteId: 'leeds', sku: 'SERIAL', serial: 's9', before: { siteId: 'london', place: 'shelf' } },
	]);
	const { absentSerials } = await taken('nobody-knows');
	expect(absentSerials).toEqual([{ siteId: 'leeds', sku: 'SERIAL', serial: 'nobody-knows' }]);
	await post([move('SERIAL', 'supplier', 'available', 3)]);
	expect((await taken('unnamed-before')).absentSerials).toEqual([]);
	expect((await taken('s3')).absentSerials).toEqual([]);
});

it('two who move the same lot at once leave no unit of it twice', async () => {
	await post([move('LOT', 'supplier', 'available', 20, { siteId: 'london', lot: 'only', expiresOn: '2027-01-01' })]);
	const take = () => post([move('LOT', 'available', 'picked', 1, { siteId: 'london' })]);
	await Promise.all(Array.from({ length: 20 }, take));
	expect(await detailsOf('LOT', 'london')).toEqual([['picked', '', 'only', '', 20]]);
});
