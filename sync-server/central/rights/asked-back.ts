import { type Kysely, sql } from 'kysely';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';

/** Units of a SKU that an order lacks; at one site, or wherever they are. */
export interface Lacking {
	readonly sku: string;
	readonly units: number;
	readonly siteId: string | undefined;
}

const keptMs = 15 * 60_000;

/** Units that central would have promised, had they not been given out: for a while they are asked back, and not given out again. */
export class AskedBack {
	readonly #kept = new Map<string, { readonly units: number; readonly untilMs: number }>();

	/** @returns the sites to balance: for each SKU the one with most rights, and none where they would not suffice */
	async note(db: Kysely<Tables>, lacking: readonly Lacking[]): Promise<readonly { siteId: string; sku: string }[]> {
		const found: { siteId: string; sku: string }[] = [];
		for (const { sku, units, siteId = null } of lacking) {
			const { rows } = await sql<{ site_id: string }>`
				SELECT site_id FROM stock_claim WHERE sku = ${sku} AND kind = 'right'
					AND (${siteId}::text IS NULL OR site_id = ${siteId})
				GROUP BY site_id HAVING sum(units) >= ${units} ORDER BY sum(units) DESC, site_id LIMIT 1`.execute(db);
			for (const { site_id } of rows) {
				this.#kept.set(stockPositionId(site_id, sku), { units, untilMs: performance.now() + keptMs });
				found.push({ siteId: site_id, sku });
			}
		}
		return found;
	}

	units(siteId: string, sku: string): number {
		const id = stockPositionId(siteId, sku);
		const kept = this.#kept.get(id);
		if (kept === undefined) return 0;
		if (kept.untilMs > performance.now()) return kept.units;
		this.#kept.delete(id);
		return 0;
	}
}
