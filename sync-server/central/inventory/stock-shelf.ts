import { type Kysely, sql } from 'kysely';
import { type Movement, type StockPosition, stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Tables } from '../../database/tables.ts';
import { postMovements } from './stock-ledger.ts';

/** What can still be set aside, by site and SKU, with the bin in which it lies. Changed only by `take`. */
export class StockShelf {
	readonly #shelves: Map<string, { readonly bin: string; free: number }>;

	constructor(rows: readonly { site_id: string; sku: string; bin: string; available: number }[]) {
		this.#shelves = new Map(
			rows.map((row) => [stockPositionId(row.site_id, row.sku), { bin: row.bin, free: Math.max(0, row.available) }]),
		);
	}

	free(siteId: string, sku: string): number {
		return this.#shelves.get(stockPositionId(siteId, sku))?.free ?? 0;
	}

	bin(siteId: string, sku: string): string {
		return this.#shelves.get(stockPositionId(siteId, sku))?.bin ?? '';
	}

	take({ siteId, sku, quantity }: Movement): void {
		const shelf = this.#shelves.get(stockPositionId(siteId, sku));
		if (shelf === undefined || shelf.free < quantity) throw new Error(`${quantity} of ${sku} are not at ${siteId}.`);
		shelf.free -= quantity;
	}
}

/**
 * Reads what every site holds of some SKUs; `lock` keeps others from changing it until the transaction ends. Nothing is free where
 * a SKU is in doubt, unless a person decides `inSpiteOfDoubt`.
 */
export async function readStockShelf(
	db: Kysely<Tables>,
	skus: readonly string[],
	lock: boolean,
	inSpiteOfDoubt = false,
): Promise<StockShelf> {
	const free = sql<number>`CASE WHEN stock_doubt.sku IS NULL OR ${inSpiteOfDoubt} THEN available ELSE 0 END`;
	const query = db
		.selectFrom('stock_position')
		.leftJoin('stock_doubt', (join) =>
			join
				.onRef('stock_doubt.site_id', '=', 'stock_position.site_id')
				.onRef('stock_doubt.sku', '=', 'stock_position.sku'),
		)
		.select(['stock_position.site_id', 'stock_position.sku', 'bin', free.as('available')])
		.where('stock_position.sku', '=', sql<string>`ANY (${[...new Set(skus)]}::text[])`);
	// Locked in the order in which everybody locks positions, so that no two transactions wait for each other.
	const locking = query.orderBy('stock_position.site_id').orderBy('stock_position.sku').forUpdate('stock_position');
	return new StockShelf(await (lock ? locking : query).execute());
}

/** The units that one order sets aside. */
export interface Allocation {
	readonly orderId: string;
	readonly movements: readonly Movement[];
}

/**
 * Posts the movements that set units aside for orders. The positions are locked in the order of site and SKU, so that no two
 * transactions wait for each other, and only then looked at.
 * @returns the positions as they are now, or undefined (and nothing done) when one of them holds too little by now
 */
export async function allocateStock(
	transaction: Kysely<Tables>,
	allocations: readonly Allocation[],
	recordedAt: string,
): Promise<readonly StockPosition[] | undefined> {
	if (!(await lockEnough(transaction, allocations))) return undefined;
	const positions = new Map<string, StockPosition>();
	for (const { orderId, movements } of allocations) {
		const posting = { operationId: null, orderId, actorName: 'central', recordedAt };
		const posted = await postMovements(transaction, movements, posting);
		for (const position of posted.positions) positions.set(position.id, position);
	}
	return [...positions.values()];
}

async function lockEnough(transaction: Kysely<Tables>, allocations: readonly Allocation[]): Promise<boolean> {
	const asked = new Map<string, { siteId: string; sku: string; units: number }>();
	for (const { siteId, sku, quantity } of allocations.flatMap(({ movements }) => movements)) {
		const id = stockPositionId(siteId, sku);
		asked.set(id, { siteId, sku, units: quantity + (asked.get(id)?.units ?? 0) });
	}
	const wanted = [...asked.values()];
	if (wanted.length === 0) return true;
	const { rows } = await sql<{ enough: boolean }>`
		SELECT position.available >= asked.units AS enough
		FROM unnest(${wanted.map(({ siteId }) => siteId)}::text[], ${wanted.map(({ sku }) => sku)}::text[],
			${wanted.map(({ units }) => units)}::bigint[]) AS asked (site_id, sku, units)
		JOIN stock_position AS position USING (site_id, sku)
		ORDER BY site_id, sku FOR UPDATE OF position`.execute(transaction);
	return rows.length === wanted.length && rows.every(({ enough }) => enough);
}
