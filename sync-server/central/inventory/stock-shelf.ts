import { type Kysely, sql } from 'kysely';
import { type Movement, type StockPosition, stockPositionId } from '../../../shared/schema/stock-position.ts';
import { parsedRows } from '../../database/json-rows.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import type { EffectAt } from '../promising/rule-effects.ts';
import { freeUnder, lockPositions, readHeldUnits, type SiteUnits, takeClaims } from '../promising/stock-claims.ts';
import { type OrderClaim, postClaimsOfOrders } from './stock-ledger.ts';

/** What a site's record has on the shelf of a SKU, whoever has a claim on it. */
export interface RecordedUnits {
	readonly available: number;
	readonly allocated: number;
}

interface Shelf {
	readonly bin: string;
	readonly recorded: RecordedUnits;
	onHand: number;
	claimed: number;
}

/** What can still be set aside, by site and SKU, with the bin in which it lies. Changed only by `take`, `put` and `credit`. */
export class StockShelf {
	readonly #shelves: ReadonlyMap<string, ReadonlyMap<string, Shelf>>;

	/** @param inSpiteOfDoubt a doubted record counts like any other */
	constructor(rows: readonly ShelfRow[], inSpiteOfDoubt: boolean) {
		this.#shelves = new Map(rows.map((row) => [row.sku, shelvesOf(row, inSpiteOfDoubt)]));
	}

	#at(siteId: string, sku: string): Shelf | undefined {
		return this.#shelves.get(sku)?.get(siteId);
	}

	/** The sites that were asked and know the SKU. */
	sitesOf(sku: string): readonly string[] {
		return [...(this.#shelves.get(sku)?.keys() ?? [])];
	}

	/** As it was read. */
	recorded(siteId: string, sku: string): RecordedUnits | undefined {
		return this.#at(siteId, sku)?.recorded;
	}

	/** Never below zero, even where more is claimed than there is. With `effectAt`, only what the rules let promise. */
	free(siteId: string, sku: string, effectAt?: EffectAt | null): number {
		const shelf = this.#at(siteId, sku);
		return shelf === undefined ? 0 : freeUnder(effectAt?.(siteId, sku) ?? null, shelf);
	}

	bin(siteId: string, sku: string): string {
		return this.#at(siteId, sku)?.bin ?? '';
	}

	take({ siteId, sku, quantity }: Pick<Movement, 'siteId' | 'sku' | 'quantity'>): void {
		const shelf = this.#at(siteId, sku);
		if (shelf === undefined || shelf.onHand - shelf.claimed < quantity) {
			throw new Error(`${quantity} of ${sku} are not at ${siteId}.`);
		}
		shelf.onHand -= quantity;
	}

	/** Units that were set aside, and may be again. */
	put({ siteId, sku, units }: SiteUnits): void {
		const shelf = this.#at(siteId, sku);
		if (shelf !== undefined) shelf.onHand += units;
	}

	/** Units that somebody had claimed, and that may be taken now. */
	credit({ siteId, sku, units }: SiteUnits): void {
		const shelf = this.#at(siteId, sku);
		if (shelf !== undefined) shelf.claimed -= units;
	}
}

interface ShelfRow {
	readonly sku: string;
	/** `PositionColumns` as JSON. */
	readonly positions: string;
	/** Sites as JSON; null for none. */
	readonly doubts: string | null;
	/** Rows of site and units as JSON. */
	readonly claims: string | null;
}

/** A list of each column, in one sequence of the rows; null where there are none. */
type PositionColumns = readonly [
	siteIds: readonly string[] | null,
	bins: readonly string[] | null,
	available: readonly number[] | null,
	allocated: readonly number[] | null,
];

/** Each table is read by its own index, and comes as one text: a row for each of many sites costs both sides twice as much. */
const readShelves = prepared<ShelfRow>(
	'read_shelves',
	`SELECT asked.sku, (
		SELECT json_build_array(json_agg(site_id), json_agg(bin), json_agg(available), json_agg(allocated))::text
		FROM stock_position AS position WHERE position.sku = asked.sku
	) AS positions, (
		SELECT json_agg(site_id)::text FROM stock_doubt AS doubt WHERE doubt.sku = asked.sku
	) AS doubts, (
		SELECT json_agg(json_build_array(site_id, units))::text FROM (
			SELECT site_id, sum(units) AS units FROM stock_claim AS claim
			WHERE claim.sku = asked.sku AND (expires_at IS NULL OR expires_at > $2::timestamptz) GROUP BY site_id
		) AS claimed
	) AS claims
	FROM unnest($1::text[]) AS asked (sku)`,
);

function shelvesOf({ positions, doubts, claims }: ShelfRow, inSpiteOfDoubt: boolean): ReadonlyMap<string, Shelf> {
	const doubted = new Set(inSpiteOfDoubt ? [] : parsedRows<string>(doubts));
	const claimedAt = new Map(parsedRows<readonly [siteId: string, units: number]>(claims));
	const [siteIds, bins, available, allocated] = JSON.parse(positions) as PositionColumns;
	return new Map(
		(siteIds ?? []).map((siteId, row): [string, Shelf] => {
			const recorded = { available: available?.[row] ?? 0, allocated: allocated?.[row] ?? 0 };
			const [onHand, claimed] = doubted.has(siteId) ? [0, 0] : [recorded.available, claimedAt.get(siteId) ?? 0];
			return [siteId, { bin: bins?.[row] ?? '', recorded, onHand, claimed }];
		}),
	);
}

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
	return new StockShelf(await readShelves(db, [asked, at]), inSpiteOfDoubt);
}

/** The units that one order sets aside. */
export interface Allocation extends OrderClaim {
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
	const posting = { operationId: null, orderId: null, actorName: 'central', recordedAt };
	return postClaimsOfOrders(transaction, allocations, posting);
}

function wantedUnits(allocations: readonly Allocation[]): readonly SiteUnits[] {
	const wanted = new Map<string, SiteUnits>();
	for (const { siteId, sku, quantity } of allocations.flatMap(({ movements }) => movements)) {
		const id = stockPositionId(siteId, sku);
		wanted.set(id, { siteId, sku, units: quantity + (wanted.get(id)?.units ?? 0) });
	}
	return [...wanted.values()];
}
