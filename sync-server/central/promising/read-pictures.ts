import type { Kysely } from 'kysely';
import { parsedRows } from '../../database/json-rows.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { type PictureRow, pictureNumbers, type SiteNumbers, type StockPicture } from './stock-picture.ts';

/** Each table is read by its own index: a join over them costs PostgreSQL twice as much. */
const statement = (ofSites: (column: string) => string) => `
	SELECT product.sku, json_build_object('id', product.sku, 'name', body -> 'name', 'department', body -> 'department',
		'brand', body -> 'brand', 'tracking', body -> 'tracking', 'price', body -> 'price')::text AS product,
	(
		SELECT json_agg(json_build_array(site_id, available, allocated))::text
		FROM stock_position AS position WHERE position.sku = product.sku ${ofSites('site_id')}
	) AS positions, (
		SELECT json_agg(site_id)::text FROM stock_doubt AS doubt WHERE doubt.sku = product.sku ${ofSites('site_id')}
	) AS doubts, (
		SELECT json_agg(json_build_array(site_id, units_per_day))::text
		FROM stock_demand AS demand WHERE demand.sku = product.sku ${ofSites('site_id')}
	) AS demands, (
		SELECT json_agg(json_build_array(site_id, (extract(epoch FROM counted_at) * 1000)::bigint, shorts, picks_right, units_out,
			units_in, units_returned))::text
		FROM stock_evidence AS evidence WHERE evidence.sku = product.sku ${ofSites('site_id')}
	) AS evidence, (
		SELECT json_agg(json_build_array(site_id, units, (extract(epoch FROM expires_at) * 1000)::bigint))::text
		FROM stock_claim AS claim WHERE claim.sku = product.sku ${ofSites('site_id')}
	) AS claims, (
		SELECT json_agg(json_build_array(line.site_id, line.units, line.expected_on, line.source_id))::text
		FROM (
			SELECT document.body ->> 'siteId' AS site_id, document.body ->> 'supplierId' AS source_id,
				document.body ->> 'expectedOn' AS expected_on,
				(item ->> 'ordered')::int - (item ->> 'received')::int - (item ->> 'damaged')::int AS units
			FROM stock_document AS document, jsonb_array_elements(document.body -> 'lines') AS item
			WHERE kind = 'purchase_order' AND state = 'open' AND item ->> 'sku' = product.sku
				AND document.body -> 'lines' @> jsonb_build_array(jsonb_build_object('sku', product.sku))
			UNION ALL
			SELECT document.body ->> 'toSiteId', document.body ->> 'fromSiteId', document.body ->> 'expectedOn',
				(item ->> 'sent')::int - (item ->> 'received')::int - (item ->> 'damaged')::int
			FROM stock_document AS document, jsonb_array_elements(document.body -> 'lines') AS item
			WHERE kind = 'transfer' AND state = 'in_transit' AND item ->> 'sku' = product.sku
				AND document.body -> 'lines' @> jsonb_build_array(jsonb_build_object('sku', product.sku))
		) AS line WHERE line.units > 0 ${ofSites('line.site_id')}
	) AS supply, (
		SELECT json_agg(json_build_array(site_id, units, due_on, (extract(epoch FROM expires_at) * 1000)::bigint))::text
		FROM supply_claim AS claim WHERE claim.sku = product.sku ${ofSites('claim.site_id')}
	) AS promised
	FROM product WHERE product.sku = ANY ($1::text[])`;

interface ReadPicture {
	readonly sku: string;
	readonly product: string;
	readonly positions: string | null;
	readonly doubts: string | null;
	readonly demands: string | null;
	readonly evidence: string | null;
	readonly claims: string | null;
	readonly supply: string | null;
	readonly promised: string | null;
}

const readEverywhere = prepared<ReadPicture>(
	'read_pictures',
	statement(() => ''),
);
const readAtSites = prepared<ReadPicture>(
	'read_pictures_of_sites',
	statement((column) => `AND ${column} = ANY ($2::text[])`),
);

/** Reads the pictures of those SKUs that are in the catalog, in no order. */
export async function readPictures(
	db: Kysely<Tables>,
	sites: SiteNumbers,
	skus: readonly string[],
	siteIds?: readonly string[],
): Promise<readonly StockPicture[]> {
	const rows = await (siteIds === undefined ? readEverywhere(db, [skus]) : readAtSites(db, [skus, siteIds]));
	return rows.map((row) => pictureOf(row, sites));
}

function pictureOf(row: ReadPicture, sites: SiteNumbers): StockPicture {
	const { sku, product, supply, promised } = row;
	const table = (rows: readonly SiteRow[]) => rows.map((each) => numbersOf(each, sites));
	const numbers = pictureNumbers({
		positions: table(parsedRows(row.positions)),
		details: table(detailsOf(row)),
		claims: table(
			parsedRows<readonly [string, number, number | null]>(row.claims).map(
				([siteId, units, expiresAtMs]): SiteRow => [siteId, units, expiresAtMs ?? Number.POSITIVE_INFINITY],
			),
		),
	});
	return { sku, product, numbers, supply, promised };
}

type SiteRow = readonly [siteId: string, ...rest: (number | null)[]];

function numbersOf(row: SiteRow, sites: SiteNumbers): PictureRow {
	const [siteId] = row;
	return row.map((value, column) =>
		column === 0 ? sites.numberOf(siteId) : typeof value === 'number' ? value : Number.NaN,
	);
}

function detailsOf({ doubts, demands, evidence }: ReadPicture): readonly SiteRow[] {
	if (doubts === null && demands === null && evidence === null) return [];
	const demandAt = new Map(parsedRows<readonly [string, number]>(demands));
	const doubtAt = new Set(parsedRows<string>(doubts));
	const evidenceAt = new Map(parsedRows<SiteRow>(evidence).map(([siteId, ...rest]) => [siteId, rest]));
	return [...new Set([...demandAt.keys(), ...doubtAt, ...evidenceAt.keys()])].map(
		(siteId): SiteRow => [
			siteId,
			doubtAt.has(siteId) ? 1 : 0,
			demandAt.get(siteId) ?? 0,
			...(evidenceAt.get(siteId) ?? noEvidence),
		],
	);
}

const noEvidence = [null, 0, 0, 0, 0, 0] as const;
