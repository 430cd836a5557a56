import type { Kysely } from 'kysely';
import type { RuledProduct } from '../../../shared/domain/promising-rules.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

/**
 * What promises of one SKU follow from, at every site or at those that were asked about, as PostgreSQL tells it: texts of JSON, because
 * thousands of them are remembered and few are looked into at a time.
 */
export interface StockPicture {
	readonly sku: string;
	readonly product: string;
	readonly positions: string | null;
	readonly claims: string | null;
	readonly supply: string | null;
}

export type PicturedProduct = RuledProduct & { readonly name: string };

/** Site, units available, units that orders have, whether it is in doubt (0 or 1), units wanted a day; then what is known of the record. */
export type PicturedPosition = readonly [
	siteId: string,
	available: number,
	allocated: number,
	inDoubt: number,
	dailyDemand: number,
	countedAtMs: number | null,
	shorts: number,
	picksRight: number,
	unitsOut: number,
	unitsIn: number,
	unitsReturned: number,
];
export type PicturedClaim = readonly [siteId: string, units: number, expiresAtMs: number | null];
/** Units still to come from a supplier or another site, to which site, and the day on which they are expected. */
export type PicturedSupply = readonly [siteId: string, units: number, expectedOn: string, sourceId: string];

const statement = (ofSites: (column: string) => string) => `
	SELECT product.sku, json_build_object('id', product.sku, 'name', body -> 'name', 'department', body -> 'department',
		'brand', body -> 'brand', 'tracking', body -> 'tracking', 'price', body -> 'price')::text AS product,
	(
		SELECT json_agg(json_build_array(position.site_id, position.available, position.allocated,
			(doubt.sku IS NOT NULL)::int, coalesce(demand.units_per_day, 0), extract(epoch FROM evidence.counted_at) * 1000,
			coalesce(evidence.shorts, 0), coalesce(evidence.picks_right, 0), coalesce(evidence.units_out, 0),
			coalesce(evidence.units_in, 0), coalesce(evidence.units_returned, 0)))::text
		FROM stock_position AS position
		LEFT JOIN stock_doubt AS doubt ON doubt.site_id = position.site_id AND doubt.sku = position.sku
		LEFT JOIN stock_demand AS demand ON demand.site_id = position.site_id AND demand.sku = position.sku
		LEFT JOIN stock_evidence AS evidence ON evidence.site_id = position.site_id AND evidence.sku = position.sku
		WHERE position.sku = product.sku ${ofSites('position.site_id')}
	) AS positions, (
		SELECT json_agg(json_build_array(claim.site_id, claim.units, extract(epoch FROM claim.expires_at) * 1000))::text
		FROM stock_claim AS claim WHERE claim.sku = product.sku ${ofSites('claim.site_id')}
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
	) AS supply
	FROM product WHERE product.sku = ANY ($1::text[])`;

const readEverywhere = prepared<StockPicture>(
	'read_pictures',
	statement(() => ''),
);
const readAtSites = prepared<StockPicture>(
	'read_pictures_of_sites',
	statement((column) => `AND ${column} = ANY ($2::text[])`),
);

/** Reads the pictures of those SKUs that are in the catalog, in no order. */
export function readPictures(
	db: Kysely<Tables>,
	skus: readonly string[],
	siteIds?: readonly string[],
): Promise<readonly StockPicture[]> {
	return siteIds === undefined ? readEverywhere(db, [skus]) : readAtSites(db, [skus, siteIds]);
}
