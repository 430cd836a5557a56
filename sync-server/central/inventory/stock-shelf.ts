import { type Kysely, type Selectable, sql } from 'kysely';
import { type Movement, type StockPosition, stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { StockPositionTable, Tables } from '../../database/tables.ts';

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

/** Reads what every site holds of some SKUs. Nothing is locked. */
export async function readStockShelf(db: Kysely<Tables>, skus: readonly string[]): Promise<StockShelf> {
	const rows = await db
		.selectFrom('stock_position')
		.select(['site_id', 'sku', 'bin', 'available'])
		.where('sku', '=', sql<string>`ANY (${[...skus]}::text[])`)
		.execute();
	return new StockShelf(rows);
}

/**
 * Moves units from available to allocated and records the movements. The positions are locked in the order of site and SKU,
 * so that no two transactions wait for each other, and only then looked at.
 * @returns the positions as they are now, or undefined (and nothing done) when one of them holds too little by now
 */
export async function allocateStock(
	transaction: Kysely<Tables>,
	allocations: readonly { readonly orderId: string; readonly movement: Movement }[],
	now: Temporal.Instant,
): Promise<readonly StockPosition[] | undefined> {
	if (allocations.length === 0) return [];
	const units = new Map<string, { siteId: string; sku: string; quantity: number }>();
	for (const { movement } of allocations) {
		const { siteId, sku, quantity } = movement;
		const id = stockPositionId(siteId, sku);
		units.set(id, { siteId, sku, quantity: quantity + (units.get(id)?.quantity ?? 0) });
	}
	const asked = [...units.values()];
	const askedTable = sql`unnest(${asked.map(({ siteId }) => siteId)}::text[], ${asked.map(({ sku }) => sku)}::text[],
		${asked.map(({ quantity }) => quantity)}::bigint[]) AS asked (site_id, sku, quantity)`;
	const locked = await sql<{ enough: boolean }>`
		SELECT p.available >= asked.quantity AS enough FROM stock_position p JOIN ${askedTable} USING (site_id, sku)
		ORDER BY site_id, sku FOR UPDATE OF p`.execute(transaction);
	if (locked.rows.length < asked.length || locked.rows.some(({ enough }) => !enough)) return undefined;
	const changed = await sql<Selectable<StockPositionTable>>`
		UPDATE stock_position p SET available = p.available - asked.quantity, allocated = p.allocated + asked.quantity
		FROM ${askedTable} WHERE p.site_id = asked.site_id AND p.sku = asked.sku RETURNING p.*`.execute(transaction);
	const column = (value: (allocation: (typeof allocations)[number]) => string | number) => allocations.map(value);
	await sql`
		INSERT INTO movement (site_id, sku, quantity, from_bucket, to_bucket, reason, order_id, actor_name, recorded_at)
		SELECT made.*, 'central', ${now.toString()}::timestamptz
		FROM unnest(${column(({ movement }) => movement.siteId)}::text[], ${column(({ movement }) => movement.sku)}::text[],
			${column(({ movement }) => movement.quantity)}::bigint[], ${column(({ movement }) => movement.from)}::text[],
			${column(({ movement }) => movement.to)}::text[], ${column(({ movement }) => movement.reason)}::text[],
			${column(({ orderId }) => orderId)}::text[]) AS made`.execute(transaction);
	return changed.rows.map((row) => {
		const { available, allocated, picked, staged, in_transit, quarantine, damaged } = row;
		const units = { available, allocated, picked, staged, in_transit, quarantine, damaged };
		const { site_id: siteId, sku, bin } = row;
		return { id: stockPositionId(siteId, sku), siteId, sku, bin, units };
	});
}
