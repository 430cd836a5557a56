import { type Kysely, sql } from 'kysely';
import { type Movement, type StockPosition, stockPositionId } from '../../../shared/schema/stock-position.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import type { EffectAt } from '../promising/rule-effects.ts';
import { freeUnder, lockPositions, readHeldUnits, type SiteUnits, takeClaims } from '../promising/stock-claims.ts';
import { postMovements } from './stock-ledger.ts';

/** What can still be set aside, by site and SKU, with the bin in which it lies. Changed only by `take`, `put` and `credit`. */
export class StockShelf {
	readonly #shelves: Map<string, { readonly bin: string; onHand: number; claimed: number }>;
	readonly #siteIds: ReadonlyMap<string, readonly string[]>;

	constructor(rows: readonly ShelfRow[]) {
		this.#shelves = new Map(
			rows.map((row) => [
				stockPositionId(row.site_id, row.sku),
				{ bin: row.bin, onHand: row.available, claimed: row.claimed },
			]),
		);
		const bySku = Map.groupBy(rows, ({ sku }) => sku);
		this.#siteIds = new Map([...bySku].map(([sku, own]) => [sku, own.map(({ site_id }) => site_id)]));
	}

	/** The sites that were asked and know the SKU. */
	sitesOf(sku: string): readonly string[] {
		return this.#siteIds.get(sku) ?? [];
	}

	/** Never below zero, even where more is claimed than there is. With `effectAt`, only what the rules let promise. */
	free(siteId: string, sku: string, effectAt?: EffectAt | null): number {
		const shelf = this.#shelves.get(stockPositionId(siteId, sku));
		return shelf === undefined ? 0 : freeUnder(effectAt?.(siteId, sku) ?? null, shelf);
	}

	bin(siteId: string, sku: string): string {
		return this.#shelves.get(stockPositionId(siteId, sku))?.bin ?? '';
	}

	take({ siteId, sku, quantity }: Pick<Movement, 'siteId' | 'sku' | 'quantity'>): void {
		const shelf = this.#shelves.get(stockPositionId(siteId, sku));
		if (shelf === undefined || shelf.onHand - shelf.claimed < quantity) {
			throw new Error(`${quantity} of ${sku} are not at ${siteId}.`);
		}
		shelf.onHand -= quantity;
	}

	/** Units that were set aside, and may be again. */
	put({ siteId, sku, units }: SiteUnits): void {
		const shelf = this.#shelves.get(stockPositionId(siteId, sku));
		if (shelf !== undefined) shelf.onHand += units;
	}

	/** Units that somebody had claimed, and that may be taken now. */
	credit({ siteId, sku, units }: SiteUnits): void {
		const shelf = this.#shelves.get(stockPositionId(siteId, sku));
		if (shelf !== undefined) shelf.claimed -= units;
	}
}

interface ShelfRow {
	readonly site_id: string;
	readonly sku: string;
	readonly bin: string;
	readonly available: number;
	readonly claimed: number;
}

/** The claims of a SKU are summed at once: there are few of them, and many sites. */
const readShelves = prepared<ShelfRow>(
	'read_shelves',
	`WITH claimed AS MATERIALIZED (
		SELECT site_id, sku, sum(units)::bigint AS units FROM stock_claim
		WHERE sku = ANY ($1::text[]) AND (expires_at IS NULL OR expires_at > $2::timestamptz) GROUP BY site_id, sku
	)
	SELECT position.site_id, position.sku, position.bin,
		CASE WHEN doubt.sku IS NULL OR $3::boolean THEN position.available ELSE 0 END AS available,
		CASE WHEN doubt.sku IS NULL OR $3::boolean THEN coalesce(claimed.units, 0) ELSE 0 END AS claimed
	FROM stock_position AS position
	LEFT JOIN stock_doubt AS doubt ON doubt.site_id = position.site_id AND doubt.sku = position.sku
	LEFT JOIN claimed ON claimed.site_id = position.site_id AND claimed.sku = position.sku
	WHERE position.sku = ANY ($1::text[])`,
);

export interface ShelfQuestion {
	/** The instant of the question: what is claimed longer than until then is not free. */
	readonly at: string;
	/** Keeps others from changing the stock of the SKUs, at every site, until the transaction ends. */
	readonly lock: boolean;
	/** A person decides: nothing else is free where a SKU is in doubt. */
	readonly inSpiteOfDoubt?: boolean;
}

/** Reads what every site may still promise of some SKUs: what is available and not claimed. */
export async function readStockShelf(
	db: Kysely<Tables>,
	skus: readonly string[],
	{ at, lock, inSpiteOfDoubt = false }: ShelfQuestion,
): Promise<StockShelf> {
	const asked = [...new Set(skus)];
	// Looked at only when it is locked, by a statement that sees all claims until then.
	if (lock) {
		await sql`SELECT FROM stock_position WHERE sku = ANY (${asked}::text[]) ORDER BY site_id, sku FOR UPDATE`.execute(
			db,
		);
	}
	const rows = await readShelves(db, [asked, at, inSpiteOfDoubt]);
	return new StockShelf(rows);
}

/** The units that one order sets aside. */
export interface Allocation {
	readonly orderId: string;
	readonly movements: readonly Movement[];
	/** What the parts of a reservation held for the order until now; the reservation must be locked. */
	readonly taken: readonly { readonly reservationId: string; readonly units: readonly SiteUnits[] }[];
	/** The rules of the order's channel and method; null for what has been promised before. */
	readonly effectAt: EffectAt | null;
}

/**
 * Posts the movements that set units aside for orders, and takes them off the reservations that held them. The positions are locked in
 * the order of site and SKU, so that no two transactions wait for each other, and only then looked at.
 * @returns the positions as they are now; or undefined when one of them may promise too little by now, and the transaction must be broken off
 */
export async function allocateStock(
	transaction: Kysely<Tables>,
	allocations: readonly Allocation[],
	recordedAt: string,
): Promise<readonly StockPosition[] | undefined> {
	const wanted = wantedUnits(allocations);
	await lockPositions(transaction, [
		...wanted,
		...allocations.flatMap(({ taken }) => taken.flatMap(({ units }) => units)),
	]);
	for (const { reservationId, units } of allocations.flatMap(({ taken }) => taken)) {
		await takeClaims(transaction, { kind: 'reservation', holderId: reservationId }, units);
	}
	const held = await readHeldUnits(transaction, wanted, recordedAt);
	for (const allocation of allocations) {
		for (const { siteId, sku, units } of wantedUnits([allocation])) {
			const id = stockPositionId(siteId, sku);
			const here = held.get(id);
			if (here === undefined || freeUnder(allocation.effectAt?.(siteId, sku) ?? null, here) < units) return undefined;
			held.set(id, { ...here, onHand: here.onHand - units });
		}
	}
	const positions = new Map<string, StockPosition>();
	for (const { orderId, movements } of allocations) {
		const posting = { operationId: null, orderId, actorName: 'central', recordedAt };
		const posted = await postMovements(transaction, movements, posting);
		for (const position of posted.positions) positions.set(position.id, position);
	}
	return [...positions.values()];
}

function wantedUnits(allocations: readonly Allocation[]): readonly SiteUnits[] {
	const wanted = new Map<string, SiteUnits>();
	for (const { siteId, sku, quantity } of allocations.flatMap(({ movements }) => movements)) {
		const id = stockPositionId(siteId, sku);
		wanted.set(id, { siteId, sku, units: quantity + (wanted.get(id)?.units ?? 0) });
	}
	return [...wanted.values()];
}
