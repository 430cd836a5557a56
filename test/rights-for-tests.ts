import { orderNumberOf } from '../shared/domain/order-number.ts';
import { sellingRightId } from '../shared/domain/selling-rights.ts';
import type { Operation, PayloadOf } from '../shared/schema/operation.ts';
import type { SellingRight } from '../shared/schema/selling-right.ts';
import { addClaims, lockPositions } from '../sync-server/central/promising/stock-claims.ts';
import { keepRights, lockRights } from '../sync-server/central/rights/balance-rights.ts';
import { DocumentWriter } from '../sync-server/database/documents.ts';
import { inTransaction } from '../sync-server/database/transaction.ts';
import { keepOpeningStock, keepProducts, keepSites } from '../sync-server/intake/opening-data.ts';
import { type Content, sampleSite, type TestCentral } from './central-for-tests.ts';
import { shopProducts } from './shop-for-tests.ts';

let sites = 0;
/** Files may share this module: each has a central of its own. */
const withProducts = new WeakSet<TestCentral>();

/** A site of its own that holds these units of products A, B and C. */
export async function addStockedSite(
	central: TestCentral,
	stock: Readonly<Partial<Record<'A' | 'B' | 'C', number>>>,
): Promise<string> {
	sites += 1;
	const siteId = `R-${sites}`;
	const isFirst = !withProducts.has(central);
	withProducts.add(central);
	await inTransaction(central.database.db, async (transaction) => {
		const documents = new DocumentWriter();
		await keepSites(transaction, [sampleSite(siteId)], documents);
		if (isFirst) await keepProducts(transaction, shopProducts, documents);
		const rows = Object.entries(stock).map(([sku, quantity]) => ({ siteId, sku, bin: 'A-1-1', quantity }));
		await keepOpeningStock(transaction, rows, '2026-11-20T08:00:00Z', documents);
		await documents.publish(transaction);
	});
	return siteId;
}

/** Gives a device a right as central would, whatever the demand is. */
export async function giveRight(
	{ database: { db } }: TestCentral,
	siteId: string,
	deviceId: string,
	sku: string,
	units: number,
): Promise<void> {
	await inTransaction(db, async (transaction) => {
		const id = sellingRightId(siteId, sku);
		const before = (await lockRights(transaction, [id])).get(id);
		await lockPositions(transaction, [{ siteId, sku }]);
		const claim = { kind: 'right', holderId: deviceId, expiresAt: null } as const;
		await addClaims(transaction, claim, [{ siteId, sku, units }]);
		const share = { deviceId, granted: units, used: 0, released: 0, recall: 0 };
		const shares = [...(before?.shares ?? []), share];
		await keepRights(transaction, [{ id, kind: 'selling_right', siteId, sku, shares }]);
	});
}

export async function rightOf(
	{ database: { db } }: TestCentral,
	siteId: string,
	sku: string,
): Promise<SellingRight | undefined> {
	return inTransaction(db, async (transaction) => {
		const id = sellingRightId(siteId, sku);
		return (await lockRights(transaction, [id])).get(id);
	});
}

type Lines = readonly { readonly sku: string; readonly quantity: number }[];

/** An order of a pickup at the site, as its device writes it. */
export function captureAt(
	siteId: string,
	lines: Lines,
	rights: Lines = [],
	changes: Partial<PayloadOf<'capture_order'>> = {},
): Content & { readonly payload: PayloadOf<'capture_order'> } {
	const orderId = crypto.randomUUID();
	return {
		type: 'capture_order' satisfies Operation['type'],
		payload: {
			orderId,
			fulfillmentOrderId: crypto.randomUUID(),
			orderNumber: orderNumberOf(orderId),
			passCode: 'ACDEFG',
			siteName: `Store ${siteId}`,
			capture: {
				channel: siteId,
				externalId: orderId,
				placedAt: '2026-11-20T10:00:00Z',
				promisedAt: '2026-11-20T14:00:00Z',
				method: 'pickup',
				siteId,
				currency: 'GBP',
				customer: { name: 'Anna Bell' },
				shipTo: { line1: '1 Mill Lane', town: 'York', postalCode: 'YO1', country: 'GB' },
				lines: lines.map((line) => ({ ...line })),
			},
			goods: shopProducts.map(({ id, name, gtin, price, weightGrams }) => ({
				sku: id,
				name,
				gtins: [gtin],
				unitPrice: price,
				unitWeightGrams: weightGrams,
				bin: 'A-1-1',
			})),
			rights: rights.map((line) => ({ ...line })),
			...changes,
		},
	};
}
