import type { OrderCapture } from '../shared/schema/order.ts';
import type { Product } from '../shared/schema/product.ts';
import type { Site } from '../shared/schema/site.ts';
import { DocumentWriter } from '../sync-server/database/documents.ts';
import { migrate } from '../sync-server/database/migrate.ts';
import { type Database, openDatabase } from '../sync-server/database/open-database.ts';
import { inTransaction } from '../sync-server/database/transaction.ts';
import { keepOpeningStock, keepProducts, keepSites } from '../sync-server/intake/opening-data.ts';
import { createTestDatabase } from './postgres-for-tests.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '09:00', closes: '18:00' }));

function shopSite(id: string, lat: number, lon: number, capabilities: Site['capabilities']): Site {
	return {
		id,
		name: `The shop in ${id}`,
		kind: capabilities.includes('supply') ? 'supplier' : capabilities.includes('pickup') ? 'store' : 'warehouse',
		retailer: 'The shop',
		town: id,
		postalCode: 'LS1',
		country: 'GB',
		lat,
		lon,
		timeZone: 'Europe/London',
		openingHours: everyDay,
		capabilities,
		dailyCapacityUnits: 100,
		stagingLocations: ['PU-01'],
	};
}

/** A supplier that ships nothing to customers. */
export const shopSupplier = shopSite('hull', 53.74, -0.33, ['supply']);

export const shopSites: readonly Site[] = [
	shopSite('leeds', 53.8, -1.55, ['ship', 'pickup', 'return']),
	shopSite('london', 51.51, -0.13, ['ship', 'pickup', 'return']),
	shopSite('daventry', 52.26, -1.16, ['ship']),
];

/** SKUs A, B and C, at 100, 200 and 300 pence. */
export const shopProducts: readonly Product[] = ['A', 'B', 'C'].map((sku, index) => ({
	id: sku,
	kind: 'product',
	gtin: `0000000000000${index}`,
	otherGtins: sku === 'A' ? ['00000000000055'] : [],
	name: `Product ${sku}`,
	brand: 'A brand',
	department: 'Groceries',
	price: { minor: 100 * (index + 1), currency: 'GBP' },
	weightGrams: 250,
	tracking: 'none',
}));

/** An order of a customer in York, to be shipped; each call gives it another id of the channel. */
export function shopCapture(changes: Partial<OrderCapture> = {}): OrderCapture {
	return {
		channel: 'web-shop',
		externalId: crypto.randomUUID(),
		placedAt: '2026-11-20T10:00:00Z',
		method: 'ship',
		currency: 'GBP',
		customer: { name: 'Anna Bell', email: 'anna@example.com' },
		shipTo: { line1: '1 Mill Lane', town: 'York', postalCode: 'YO1', country: 'GB', lat: 53.96, lon: -1.08 },
		lines: [{ sku: 'A', quantity: 1 }],
		...changes,
	};
}

/** Migrates an empty database and gives it three sites, three products and some stock, for instance `{ 'leeds A': 5 }`. */
export async function fillShop({ db }: Database, stock: Readonly<Record<string, number>>): Promise<void> {
	await migrate(db);
	await inTransaction(db, async (transaction) => {
		const documents = new DocumentWriter();
		await keepSites(transaction, shopSites, documents);
		await keepProducts(transaction, shopProducts, documents);
		const opening = Object.entries(stock).map(([key, quantity], index) => {
			const [siteId = '', sku = ''] = key.split(' ');
			return { siteId, sku, bin: `A-1-${index + 1}`, quantity };
		});
		await keepOpeningStock(transaction, opening, '2026-11-20T06:00:00Z', documents);
		await documents.publish(transaction);
	});
}

/** A database of its own with such a shop. */
export async function openShop(stock: Readonly<Record<string, number>>): Promise<Database & { drop(): Promise<void> }> {
	const testDatabase = await createTestDatabase();
	const database = openDatabase(testDatabase.url);
	await fillShop(database, stock);
	return {
		...database,
		async drop() {
			await database.close();
			await testDatabase.drop();
		},
	};
}
