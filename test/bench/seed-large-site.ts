import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { hashPin, pinSaltBytes } from '../../shared/pin.ts';
import type { Site } from '../../shared/schema/site.ts';
import { captureOrders } from '../../sync-server/central/orders/capture-order.ts';
import { DocumentWriter } from '../../sync-server/database/documents.ts';
import type { Tables } from '../../sync-server/database/tables.ts';
import { inTransaction } from '../../sync-server/database/transaction.ts';
import {
	keepAssociates,
	keepEnrollmentCodes,
	keepOpeningStock,
	keepProducts,
	keepSites,
} from '../../sync-server/intake/opening-data.ts';
import {
	benchAssociates,
	benchBin,
	benchCapture,
	benchCodes,
	benchPin,
	benchProduct,
	benchSite,
	benchSku,
	largeSiteId,
	type SiteSize,
	smallSiteId,
} from './large-site.ts';

const openingUnits = 500;
const ordersAtOnce = 250;

/**
 * Fills a migrated, empty database with a large catalog, one large site and some small ones, in the same way as the demo data is
 * loaded: the ledger balances and every document is in its stream.
 */
export async function seedLargeSite(db: Kysely<Tables>, size: SiteSize): Promise<void> {
	const ids = [largeSiteId, ...Array.from({ length: size.smallSites }, (_, index) => smallSiteId(index))];
	const sites = ids.map(benchSite);
	const now = Temporal.Now.instant();
	const pinHash = await hashPin(benchPin, randomBytes(pinSaltBytes));
	await inTransaction(db, async (transaction) => {
		const documents = new DocumentWriter();
		await keepSites(transaction, sites, documents);
		await keepProducts(
			transaction,
			Array.from({ length: size.products }, (_, index) => benchProduct(index)),
			documents,
		);
		const people = sites.flatMap(({ id }) => benchAssociates(id).map((associate) => ({ associate, pinHash })));
		await keepAssociates(transaction, people, documents);
		await keepEnrollmentCodes(
			transaction,
			sites.flatMap(({ id }) => benchCodes(id)),
			now.add({ hours: 24 }),
		);
		const stock = sites.flatMap(({ id: siteId }) =>
			Array.from({ length: stockedAt(siteId, size) }, (_, index) => {
				return { siteId, sku: benchSku(index), bin: benchBin(index), quantity: openingUnits };
			}),
		);
		await keepOpeningStock(transaction, stock, now.subtract({ hours: 24 }).toString(), documents);
		await documents.publish(transaction);
	});
	await sql`ANALYZE`.execute(db);
	for (const site of sites) await seedOrders(db, site, size, now);
	await sql`ANALYZE`.execute(db);
}

function stockedAt(siteId: string, size: SiteSize): number {
	return siteId === largeSiteId ? size.stockedProducts : Math.min(1000, size.stockedProducts);
}

async function seedOrders(db: Kysely<Tables>, site: Site, size: SiteSize, now: Temporal.Instant): Promise<void> {
	const count = site.id === largeSiteId ? size.openOrders : size.openOrdersOfSmallSite;
	for (let start = 0; start < count; start += ordersAtOnce) {
		const captures = Array.from({ length: Math.min(ordersAtOnce, count - start) }, (_, index) =>
			benchCapture(site, start + index, stockedAt(site.id, size), now),
		);
		await inTransaction(db, async (transaction) => {
			const documents = new DocumentWriter();
			const context = { now, findPlace: () => ({ lat: site.lat, lon: site.lon }), backdated: true };
			const results = await captureOrders(transaction, captures, context, documents);
			const fault = results.find((result) => !result.captured);
			if (fault !== undefined) throw new Error(`A bench order could not be captured: ${JSON.stringify(fault)}`);
			await documents.publish(transaction);
		});
	}
}
