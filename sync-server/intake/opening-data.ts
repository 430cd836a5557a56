import { type Kysely, sql } from 'kysely';
import { emptyPosition } from '../../shared/domain/stock-ledger.ts';
import type { Associate } from '../../shared/schema/associate.ts';
import type { GtinAlias, Product } from '../../shared/schema/product.ts';
import type { Site } from '../../shared/schema/site.ts';
import { type Movement, stockPositionId } from '../../shared/schema/stock-position.ts';
import { postMovements } from '../central/inventory/stock-ledger.ts';
import { type DocumentWriter, sharedStream, siteStream } from '../database/documents.ts';
import type { Tables } from '../database/tables.ts';
import type { EnrollmentCode, OpeningStock } from './demo-files.ts';

export async function keepSites(db: Kysely<Tables>, sites: readonly Site[], documents: DocumentWriter): Promise<void> {
	await sql`
		INSERT INTO site (id, body) SELECT * FROM unnest(${sites.map(({ id }) => id)}::text[],
			${sites.map((site) => JSON.stringify(site))}::jsonb[])`.execute(db);
	for (const site of sites) documents.put(sharedStream, 'sites', site.id, site);
}

export async function keepProducts(
	db: Kysely<Tables>,
	products: readonly Product[],
	documents: DocumentWriter,
): Promise<void> {
	await sql`
		INSERT INTO product (sku, gtin, body) SELECT * FROM unnest(${products.map(({ id }) => id)}::text[],
			${products.map(({ gtin }) => gtin)}::text[],
			${products.map((product) => JSON.stringify(product))}::jsonb[])`.execute(db);
	const aliases = products.flatMap(({ id, otherGtins }) => otherGtins.map((gtin) => ({ gtin, sku: id })));
	await sql`
		INSERT INTO gtin_alias (gtin, sku) SELECT * FROM unnest(${aliases.map(({ gtin }) => gtin)}::text[],
			${aliases.map(({ sku }) => sku)}::text[])`.execute(db);
	for (const product of products) documents.put(sharedStream, 'catalog', product.id, product);
	for (const { gtin, sku } of aliases) {
		const alias: GtinAlias = { id: `gtin:${gtin}`, kind: 'gtin_alias', gtin, sku };
		documents.put(sharedStream, 'catalog', alias.id, alias);
	}
}

export async function keepAssociates(
	db: Kysely<Tables>,
	people: readonly { readonly associate: Associate; readonly pinHash: string }[],
	documents: DocumentWriter,
): Promise<void> {
	await sql`
		INSERT INTO associate (id, site_id, body, pin_hash)
		SELECT * FROM unnest(${people.map(({ associate }) => associate.id)}::text[],
			${people.map(({ associate }) => associate.siteId)}::text[],
			${people.map(({ associate }) => JSON.stringify(associate))}::jsonb[],
			${people.map(({ pinHash }) => pinHash)}::text[])`.execute(db);
	for (const { associate } of people) {
		documents.put(siteStream(associate.siteId), 'meta', associate.id, associate);
	}
}

export async function keepEnrollmentCodes(
	db: Kysely<Tables>,
	codes: readonly EnrollmentCode[],
	expiresAt: Temporal.Instant,
): Promise<void> {
	await sql`
		INSERT INTO enrollment_code (code, site_id, expires_at)
		SELECT made.*, ${expiresAt.toString()}::timestamptz FROM unnest(${codes.map(({ code }) => code)}::text[],
			${codes.map(({ siteId }) => siteId)}::text[]) AS made`.execute(db);
}

/** Units of the opening stock of which more is known than their place. */
export type OpeningUnits = Pick<Movement, 'siteId' | 'sku' | 'quantity' | 'toBin' | 'lot' | 'expiresOn' | 'serials'>;

/** Gives each product its bin and receives the first stock from the supplier; `known` says more about units of it. */
export async function keepOpeningStock(
	db: Kysely<Tables>,
	stock: readonly OpeningStock[],
	recordedAt: string,
	documents: DocumentWriter,
	known: readonly OpeningUnits[] = [],
): Promise<void> {
	await sql`
		INSERT INTO stock_position (site_id, sku, bin) SELECT * FROM unnest(${stock.map(({ siteId }) => siteId)}::text[],
			${stock.map(({ sku }) => sku)}::text[], ${stock.map(({ bin }) => bin)}::text[])`.execute(db);
	for (const { siteId, sku, bin, quantity } of stock) {
		const position = emptyPosition(siteId, sku, bin);
		if (quantity === 0) documents.put(siteStream(siteId), 'stock', position.id, position);
	}
	const knownOf = Map.groupBy(known, ({ siteId, sku }) => stockPositionId(siteId, sku));
	const opening = { from: 'supplier', to: 'available', reason: 'opening_stock' } as const;
	const plain: Movement[] = [];
	const detailed: Movement[] = [];
	for (const { siteId, sku, quantity } of stock) {
		const units = knownOf.get(stockPositionId(siteId, sku)) ?? [];
		const rest = quantity - units.reduce((sum, each) => sum + each.quantity, 0);
		detailed.push(...units.map((each) => ({ ...each, ...opening })));
		if (rest > 0) plain.push({ siteId, sku, quantity: rest, ...opening });
	}
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt };
	for (const movements of [plain, detailed]) {
		const { positions } = await postMovements(db, movements, posting);
		for (const position of positions) documents.put(siteStream(position.siteId), 'stock', position.id, position);
	}
}
