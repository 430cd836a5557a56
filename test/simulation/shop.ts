import { argon2Sync } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Associate } from '../../shared/schema/associate.ts';
import type { Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';
import { noteDemand } from '../../sync-server/central/rights/own-demand.ts';
import { DocumentWriter, sharedStream } from '../../sync-server/database/documents.ts';
import type { Tables } from '../../sync-server/database/tables.ts';
import { inTransaction } from '../../sync-server/database/transaction.ts';
import { keepAssociates, keepOpeningStock, keepProducts, keepSites } from '../../sync-server/intake/opening-data.ts';
import type { Seeded } from './seeded.ts';

export const pin = '1234';
export const skus = ['A', 'B', 'C'] as const;
export const siteIds = ['leeds', 'london', 'daventry', 'bath', 'ely', 'wells', 'ripon', 'truro'] as const;

const pinHash = (() => {
	const nonce = Buffer.alloc(16, 1);
	const hash = argon2Sync('argon2id', { message: pin, nonce, memory: 8, passes: 1, parallelism: 1, tagLength: 16 });
	const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
	return `$argon2id$v=19$m=8,t=1,p=1$${text(nonce)}$${text(hash)}`;
})();

/** Small prices, so that sums can be read. */
export const products = skus.map(
	(sku, index): Product => ({
		id: sku,
		kind: 'product',
		gtin: `0000000000000${index}`,
		otherGtins: [],
		name: `Product ${sku}`,
		brand: 'A brand',
		department: 'Groceries',
		price: { minor: 100 * (index + 1), currency: 'GBP' },
		weightGrams: 250,
		tracking: 'none',
	}),
);

export const associateOf = (siteId: string, isManager: boolean) => `${isManager ? 'manager' : 'associate'}-${siteId}`;

function site(id: string, index: number): Site {
	return {
		id,
		name: `The shop in ${id}`,
		kind: 'store',
		retailer: 'The shop',
		town: id,
		postalCode: 'LS1',
		country: 'GB',
		lat: 51 + index,
		lon: -1,
		timeZone: 'Europe/London',
		openingHours: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '09:00', closes: '18:00' })),
		capabilities: ['ship', 'pickup', 'return'],
		dailyCapacityUnits: 100,
		stagingLocations: ['PU-01'],
	};
}

/** A few sites with two people and a handful of each product; small, so that everybody is in each other's way. */
export async function openShop(db: Kysely<Tables>, ids: readonly string[], random: Seeded, at: string): Promise<void> {
	const people = ids.flatMap((siteId) =>
		[true, false].map((isManager) => {
			const id = associateOf(siteId, isManager);
			const associate: Associate = {
				id,
				kind: 'associate',
				siteId,
				name: `${isManager ? 'Mia' : 'Ada'} of ${siteId}`,
				roles: [isManager ? 'manager' : 'associate'],
			};
			return { associate, pinHash };
		}),
	);
	const stock = ids.flatMap((siteId) =>
		skus.map((sku, index) => ({ siteId, sku, bin: `A-${index}`, quantity: random.between(2, 8) })),
	);
	await inTransaction(db, async (transaction) => {
		const documents = new DocumentWriter();
		await keepSites(transaction, ids.map(site), documents);
		await keepProducts(transaction, products, documents);
		await keepAssociates(transaction, people, documents);
		await keepOpeningStock(transaction, stock, at, documents);
		// The counter wants enough for central to give rights out.
		const wanted = ids.flatMap((siteId) => skus.map((sku) => ({ siteId, sku, at, units: 6 })));
		await noteDemand(transaction, wanted);
		// So that pages are needed to tell whether anything else is there.
		documents.put(sharedStream, 'catalog', 'A', products[0] ?? {});
		await documents.publish(transaction);
	});
}
