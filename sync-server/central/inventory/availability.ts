import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';

export interface SiteAvailability {
	readonly siteId: string;
	readonly siteName: string;
	/** Units that can still be promised: never below zero, even where the ledger is. */
	readonly available: number;
}

export interface SkuAvailability {
	readonly sku: string;
	readonly name: string;
	readonly available: number;
	readonly sites: readonly SiteAvailability[];
}

/**
 * What can still be promised of some SKUs, by site, those with the most units first; in the order of the question, each SKU once.
 * A site is named when it keeps the SKU, even if nothing is left, and with nothing when the SKU is in doubt there. A SKU that is not in the catalog is left out.
 */
export async function findAvailability(
	db: Kysely<Tables>,
	skus: readonly string[],
): Promise<readonly SkuAvailability[]> {
	const asked = [...new Set(skus)];
	const { rows } = await sql<{
		sku: string;
		name: string;
		site_id: string | null;
		site_name: string;
		available: number;
	}>`
		SELECT product.sku, product.body ->> 'name' AS name, site.id AS site_id, site.body ->> 'name' AS site_name,
			CASE WHEN doubt.sku IS NULL THEN greatest(position.available, 0) ELSE 0 END AS available
		FROM product
		LEFT JOIN stock_position AS position ON position.sku = product.sku
		LEFT JOIN stock_doubt AS doubt ON doubt.site_id = position.site_id AND doubt.sku = position.sku
		LEFT JOIN site ON site.id = position.site_id
		WHERE product.sku = ANY (${asked}::text[])
		ORDER BY available DESC, site.id`.execute(db);
	const rowsBySku = Map.groupBy(rows, ({ sku }) => sku);
	return asked.flatMap((sku) => {
		const own = rowsBySku.get(sku);
		if (own?.[0] === undefined) return [];
		const sites = own.flatMap(({ site_id, site_name, available }) =>
			site_id === null ? [] : [{ siteId: site_id, siteName: site_name, available }],
		);
		const available = sites.reduce((sum, site) => sum + site.available, 0);
		return [{ sku, name: own[0].name, available, sites }];
	});
}
