import { expect } from 'vitest';
import type { Product } from '../shared/schema/product.ts';
import type { Movement } from '../shared/schema/stock-position.ts';
import { postMovements } from '../sync-server/central/inventory/stock-ledger.ts';
import { DocumentWriter, siteStream } from '../sync-server/database/documents.ts';
import { inTransaction } from '../sync-server/database/transaction.ts';
import { keepProducts } from '../sync-server/intake/opening-data.ts';
import { type LedgerNews, verifyLedger } from '../sync-server/verify-ledger/verify-ledger.ts';
import { openShop, shopProducts } from './shop-for-tests.ts';

export const now = Temporal.Instant.from('2026-11-20T12:00:00Z');

/** At Leeds. */
export function move(sku: string, from: Movement['from'], to: Movement['to'], quantity: number): Movement {
	return { siteId: 'leeds', sku, quantity, from, to, reason: 'test' };
}

/** A shop with a product of each tracking (LOT, SERIAL, and A and B of none), of which units have moved in several ways. */
export async function openLedgerShop() {
	const shop = await openShop({ 'leeds A': 10, 'leeds B': 5, 'london A': 4 });
	const tracked = (['lot', 'serial'] as const).map((tracking, index): Product => {
		const [sample] = shopProducts;
		if (sample === undefined) throw new Error('The shop has products');
		const gtin = `0000000000010${index}`;
		return { ...sample, id: tracking.toUpperCase(), gtin, otherGtins: [], tracking };
	});
	await keepProducts(shop.db, tracked, new DocumentWriter());

	const post = async (movements: readonly Movement[]) => {
		const posting = { operationId: null, orderId: null, actorName: 'Ann', recordedAt: '2026-11-20T10:00:00Z' };
		await inTransaction(shop.db, async (transaction) => {
			const documents = new DocumentWriter();
			const { positions } = await postMovements(transaction, movements, posting);
			for (const position of positions) documents.put(siteStream(position.siteId), 'stock', position.id, position);
			await documents.publish(transaction);
		});
	};
	const verify = async () => {
		const news: LedgerNews[] = [];
		const figures = await verifyLedger(shop.db, now, (each) => news.push(each));
		expect(news.filter(({ kind }) => kind === 'fault').length).toBe(figures.faults);
		return { figures, news };
	};

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
	return { ...shop, post, verify };
}
