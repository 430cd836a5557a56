import type { Kysely } from 'kysely';
import type { StockHealth } from '../../../shared/domain/routing-rules.ts';
import { confidenceOf } from '../../../shared/domain/stock-confidence.ts';
import { parsedRows } from '../../database/json-rows.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import type { StockShelf } from './stock-shelf.ts';

interface Row {
	readonly sku: string;
	/** Rows of site and units a day as JSON; null for none. */
	readonly demands: string | null;
	/** Rows of `Evidence` as JSON. */
	readonly evidence: string | null;
}

type Evidence = readonly [
	siteId: string,
	countedAtMs: number | null,
	shorts: number,
	picksRight: number,
	unitsOut: number,
	unitsIn: number,
	unitsReturned: number,
];

const readEvidence = prepared<Row>(
	'read_stock_evidence',
	`SELECT asked.sku, (
		SELECT json_agg(json_build_array(site_id, units_per_day))::text FROM stock_demand AS demand WHERE demand.sku = asked.sku
	) AS demands, (
		SELECT json_agg(json_build_array(site_id, (extract(epoch FROM counted_at) * 1000)::bigint, shorts, picks_right, units_out, units_in,
			units_returned))::text
		FROM stock_evidence AS evidence WHERE evidence.sku = asked.sku
	) AS evidence
	FROM unnest($1::text[]) AS asked (sku)`,
);

/** Nothing is known of it: it counts as lasting, and as there. */
const unknown: StockHealth = { coverWeeks: Number.POSITIVE_INFINITY, confidence: 1 };

/**
 * How long the stock of some SKUs lasts at each site, and how sure its record is.
 * @param shelf with these SKUs
 * @param heldAt units that are set aside and may be again: they count as lasting, too
 */
export async function readStockHealth(
	db: Kysely<Tables>,
	shelf: StockShelf,
	skus: readonly string[],
	nowMs: number,
	heldAt: (siteId: string, sku: string) => number = () => 0,
): Promise<(siteId: string, sku: string) => StockHealth> {
	const known = new Map((await readEvidence(db, [[...new Set(skus)]])).map((row) => [row.sku, recordOf(row)]));
	return (siteId, sku) => {
		const { available = 0, allocated = 0 } = shelf.recorded(siteId, sku) ?? {};
		if (available + allocated <= 0) return unknown;
		const { dailyAt, evidenceAt } = known.get(sku) ?? noRecord;
		const daily = dailyAt.get(siteId) ?? 0;
		const free = Math.max(0, available + heldAt(siteId, sku));
		return {
			coverWeeks: daily > 0 ? free / (daily * 7) : Number.POSITIVE_INFINITY,
			confidence: confidenceIn(evidenceAt.get(siteId), available + allocated, nowMs),
		};
	};
}

interface SkuRecord {
	readonly dailyAt: ReadonlyMap<string, number>;
	readonly evidenceAt: ReadonlyMap<string, Evidence>;
}

const noRecord: SkuRecord = { dailyAt: new Map(), evidenceAt: new Map() };

function recordOf({ demands, evidence }: Row): SkuRecord {
	return {
		dailyAt: new Map(parsedRows<readonly [siteId: string, unitsPerDay: number]>(demands)),
		evidenceAt: new Map(parsedRows<Evidence>(evidence).map((row) => [row[0], row])),
	};
}

/** That at least one of the recorded units is there. */
function confidenceIn(evidence: Evidence | undefined, recordedUnits: number, nowMs: number): number {
	const [, countedAtMs = null, shorts = 0, picksRight = 0, unitsOut = 0, unitsIn = 0, unitsReturned = 0] =
		evidence ?? [];
	const record = { countedAtMs, recordedUnits, shorts, picksRight, unitsOut, unitsIn, unitsReturned };
	return confidenceOf(record, nowMs, Math.min(1, recordedUnits));
}
