import type { Kysely } from 'kysely';
import type { StockHealth } from '../../../shared/domain/routing-rules.ts';
import { confidenceOf } from '../../../shared/domain/stock-confidence.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

interface Row {
	readonly site_id: string;
	readonly sku: string;
	readonly available: number;
	readonly allocated: number;
	readonly daily: number;
	readonly counted_ms: number | null;
	readonly shorts: number;
	readonly picks_right: number;
	readonly units_out: number;
	readonly units_in: number;
	readonly units_returned: number;
}

const readEvidence = prepared<Row>(
	'read_stock_evidence',
	`SELECT position.site_id, position.sku, position.available, position.allocated,
		coalesce(demand.units_per_day, 0)::float8 AS daily, (extract(epoch FROM evidence.counted_at) * 1000)::float8 AS counted_ms,
		coalesce(evidence.shorts, 0) AS shorts, coalesce(evidence.picks_right, 0) AS picks_right,
		coalesce(evidence.units_out, 0) AS units_out, coalesce(evidence.units_in, 0) AS units_in,
		coalesce(evidence.units_returned, 0) AS units_returned
	FROM stock_position AS position
	LEFT JOIN stock_demand AS demand ON demand.site_id = position.site_id AND demand.sku = position.sku
	LEFT JOIN stock_evidence AS evidence ON evidence.site_id = position.site_id AND evidence.sku = position.sku
	WHERE position.sku = ANY ($1::text[]) AND position.available + position.allocated > 0`,
);

/** Nothing is known of it: it counts as lasting, and as there. */
const unknown: StockHealth = { coverWeeks: Number.POSITIVE_INFINITY, confidence: 1 };

/**
 * How long the stock of some SKUs lasts at each site, and how sure its record is.
 * @param heldAt units that are set aside and may be again: they count as lasting, too
 */
export async function readStockHealth(
	db: Kysely<Tables>,
	skus: readonly string[],
	nowMs: number,
	heldAt: (siteId: string, sku: string) => number = () => 0,
): Promise<(siteId: string, sku: string) => StockHealth> {
	const rows = await readEvidence(db, [[...new Set(skus)]]);
	const health = new Map(
		rows.map((row) => {
			const free = row.available + heldAt(row.site_id, row.sku);
			return [stockPositionId(row.site_id, row.sku), healthOf(row, free, nowMs)];
		}),
	);
	return (siteId, sku) => health.get(stockPositionId(siteId, sku)) ?? unknown;
}

function healthOf(row: Row, free: number, nowMs: number): StockHealth {
	const evidence = {
		countedAtMs: row.counted_ms,
		recordedUnits: row.available + row.allocated,
		shorts: row.shorts,
		picksRight: row.picks_right,
		unitsOut: row.units_out,
		unitsIn: row.units_in,
		unitsReturned: row.units_returned,
	};
	return {
		coverWeeks: row.daily > 0 ? Math.max(0, free) / (row.daily * 7) : Number.POSITIVE_INFINITY,
		confidence: confidenceOf(evidence, nowMs, Math.min(1, evidence.recordedUnits)),
	};
}
