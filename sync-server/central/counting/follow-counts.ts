import { type Kysely, sql } from 'kysely';
import type { DomainEvent } from '../../../shared/domain/decision.ts';
import type { CountCase } from '../../../shared/schema/count.ts';
import type { Tables } from '../../database/tables.ts';
import { clearStockDoubt } from '../inventory/stock-doubt.ts';
import { noteCounted, noteShort } from './stock-evidence.ts';

/** An operation that central applies, as counting sees it. */
export interface OperationOfStock {
	readonly siteId: string;
	readonly opId: string;
	readonly at: string;
	readonly events: readonly DomainEvent[];
}

/**
 * What follows for the records of the site: a count restores them and closes the short counts that had been asked for, a short makes
 * them doubtful and asks for one. Before the stock is moved, because it locks counts. Nothing, and no statement, for any other operation.
 * @returns counts that were opened or closed
 */
export async function followCounts(
	transaction: Kysely<Tables>,
	operation: OperationOfStock,
): Promise<readonly CountCase[]> {
	const { events, siteId, at } = operation;
	const counted = events.flatMap(countedSkus);
	const missing = events.flatMap(missingSkus);
	if (counted.length > 0) {
		await noteCounted(transaction, siteId, counted, at);
		for (const sku of new Set(counted)) await clearStockDoubt(transaction, siteId, sku);
		return closeAsked(transaction, operation, counted);
	}
	if (missing.length === 0) return [];
	await noteShort(transaction, siteId, missing, at);
	return askForCounts(transaction, operation, 'short', missing);
}

/** The SKUs that were counted, as far as the count is in the books. */
export function countedSkus(event: DomainEvent): readonly string[] {
	if (event.kind === 'counted') return [event.sku];
	if (event.kind !== 'count_posted') return [];
	return event.documents.flatMap((document) => (document.kind === 'count' ? document.lines.map(({ sku }) => sku) : []));
}

/** Only what nobody could find: damaged goods lie where the record has them. */
function missingSkus({ kind, steps }: DomainEvent): readonly string[] {
	if (kind !== 'units_short' && kind !== 'transfer_short') return [];
	return steps.filter(({ bucket }) => bucket?.to === 'lost').map(({ sku }) => sku);
}

const closed = ['posted', 'cancelled'] as const satisfies readonly CountCase['state'][];

async function closeAsked(
	transaction: Kysely<Tables>,
	{ siteId, events }: OperationOfStock,
	skus: readonly string[],
): Promise<readonly CountCase[]> {
	// Those of the operation itself are kept with it.
	const own = events.flatMap((event) => ('documents' in event ? event.documents.map(({ id }) => id) : []));
	const { rows } = await sql<{ body: CountCase }>`
		SELECT body FROM stock_document
		WHERE kind = 'count' AND state = 'open' AND site_ids @> ARRAY[${siteId}] AND body ->> 'reason' IN ('short', 'debt')
			AND body #>> '{asked,0,sku}' = ANY (${skus}::text[]) AND id <> ALL (${own}::text[])
		ORDER BY id FOR UPDATE`.execute(transaction);
	return rows.map(({ body }) => ({ ...body, state: 'posted' as const }));
}

/** Asks the site to count these SKUs, one scan and one number each, where nobody has been asked yet. */
export async function askForCounts(
	transaction: Kysely<Tables>,
	{ siteId, opId, at }: Omit<OperationOfStock, 'events'>,
	reason: 'short' | 'debt',
	skus: readonly string[],
): Promise<readonly CountCase[]> {
	const wanted = [...new Set(skus)];
	if (wanted.length === 0) return [];
	const { rows } = await sql<{ sku: string; name: string | null; bin: string | null }>`
		SELECT asked.sku, product.body ->> 'name' AS name, position.bin
		FROM unnest(${wanted}::text[]) AS asked (sku)
		LEFT JOIN product ON product.sku = asked.sku
		LEFT JOIN stock_position AS position ON position.sku = asked.sku AND position.site_id = ${siteId}
		WHERE NOT EXISTS (
			SELECT FROM stock_document
			WHERE kind = 'count' AND state <> ALL (${[...closed]}::text[]) AND site_ids @> ARRAY[${siteId}]
				AND body ->> 'reason' IN ('short', 'debt') AND body #>> '{asked,0,sku}' = asked.sku
		) ORDER BY asked.sku`.execute(transaction);
	return rows.map(({ sku, name, bin }, index) => ({
		id: `${reason}-${opId}-${index + 1}`,
		kind: 'count' as const,
		siteId,
		countKind: 'directed' as const,
		reason,
		state: 'open' as const,
		openedAt: at,
		openedBy: 'central',
		areas: [],
		asked: [{ sku, name: name ?? sku, bin: bin ?? '' }],
		lines: [],
		recount: [],
		unknownCodes: [],
	}));
}
