import { type Kysely, sql } from 'kysely';
import type { CountCase } from '../../../shared/schema/count.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter } from '../../database/documents.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction, isDatabaseAway } from '../../database/transaction.ts';
import { keepingStockDocuments, putStockDocument, stockDocumentRow } from '../inventory/stock-documents.ts';
import { confidenceInSql, gatherEvidence } from './stock-evidence.ts';

export interface CountPlanning {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	/** The most SKUs that one site is asked for in a day. */
	readonly skusPerSite?: number;
	/** Sites whose counts are kept in one transaction. */
	readonly batch?: number;
}

const keepPlanned = prepared<never>('keep_planned_counts', keepingStockDocuments('$1'));

interface PlannedRow {
	readonly site_id: string;
	readonly asked: CountCase['asked'];
}

/**
 * Asks each site for the counts that are worth most: those SKUs first of which the record is unsure, dear and sold often. A site that
 * has not finished the planned count before gets no other one. Again on the same day changes nothing.
 * @returns how many counts were planned
 */
export async function planCounts({ db, clock, skusPerSite = 20, batch = 50 }: CountPlanning): Promise<number> {
	const now = clock.now();
	const day = now.toString().slice(0, 10);
	const { rows } = await sql<PlannedRow>`
		WITH busy AS (
			SELECT unnest(site_ids) AS site_id FROM stock_document WHERE kind = 'count'
				AND (state NOT IN ('posted', 'cancelled') OR body ->> 'openedAt' >= ${day}) AND body ->> 'reason' = 'planned'
		), scored AS (
			SELECT position.site_id, position.sku, product.body ->> 'name' AS name, position.bin,
				(1 - ${confidenceInSql(clock)}) * (product.body #>> '{price,minor}')::float8 * (1 + 28 * coalesce(evidence.units_out, 0)
					/ greatest(1, extract(epoch FROM ${now.toString()}::timestamptz - evidence.counted_at)::float8 / 86400)) AS worth
			FROM stock_position AS position
			JOIN product USING (sku)
			JOIN site ON site.id = position.site_id AND site.body ->> 'kind' <> 'supplier'
			LEFT JOIN stock_evidence AS evidence ON evidence.sku = position.sku AND evidence.site_id = position.site_id
			WHERE position.available + position.allocated > 0
				AND position.site_id NOT IN (SELECT site_id FROM busy)
		), ranked AS (
			SELECT *, row_number() OVER (PARTITION BY site_id ORDER BY worth DESC, sku) AS place FROM scored
		)
		SELECT site_id, json_agg(json_build_object('sku', sku, 'name', name, 'bin', bin) ORDER BY bin, sku) AS asked
		FROM ranked WHERE place <= ${skusPerSite} GROUP BY site_id ORDER BY site_id`.execute(db);
	for (let from = 0; from < rows.length; from += batch) {
		const counts = rows.slice(from, from + batch).map((row) => plannedCount(row, day, now.toString()));
		await inTransaction(db, async (transaction) => {
			const documents = new DocumentWriter();
			for (const count of counts) putStockDocument(documents, count);
			const kept = JSON.stringify(counts.map(stockDocumentRow));
			await keepPlanned(transaction, [kept]);
			await documents.publish(transaction);
		});
	}
	return rows.length;
}

function plannedCount({ site_id: siteId, asked }: PlannedRow, day: string, openedAt: string): CountCase {
	return {
		id: `planned-${siteId}-${day}`,
		kind: 'count',
		siteId,
		countKind: 'directed',
		reason: 'planned',
		state: 'open',
		openedAt,
		openedBy: 'central',
		areas: [],
		asked,
		lines: [],
		recount: [],
		unknownCodes: [],
	};
}

const gatherMs = 60_000;
const turnsPerPlan = 60;

/** Gathers evidence every minute, and plans counts now and every hour; a day is planned once. @returns ends it, and waits */
export function planCountsDaily(planning: CountPlanning, log: (line: string) => void): () => Promise<void> {
	let running: Promise<void> = Promise.resolve();
	let turn = 0;
	const look = () => {
		const isPlanning = turn % turnsPerPlan === 0;
		turn += 1;
		running = running
			.then(async () => {
				await gatherEvidence(planning.db);
				if (isPlanning) await planCounts(planning);
			})
			.catch((error: unknown) => {
				// The next minute is early enough; a database that is away is told of elsewhere.
				if (!isDatabaseAway(error)) log(`Counts could not be planned: ${String(error)}`);
			});
	};
	look();
	const timer = setInterval(look, gatherMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
