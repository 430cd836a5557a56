import { type Kysely, type Selectable, sql } from 'kysely';
import { heldByOrder, nameUnits } from '../../../shared/domain/name-units.ts';
import {
	type DetailBook,
	type DetailChange,
	detailKey,
	openDetailBook,
	ownBinChanges,
	placeOf,
	type StockDetail,
	type StockPlace,
	shelfUnits,
	type Tracking,
	withChanges,
} from '../../../shared/domain/stock-detail.ts';
import {
	type Movement,
	type ShelfUnits,
	type SiteBucket,
	siteBuckets,
	stockPositionId,
} from '../../../shared/schema/stock-position.ts';
import type { MovementTable, Tables } from '../../database/tables.ts';
import type { AbsentSerial, DuplicateSerial, Posting } from './stock-ledger.ts';

export interface DetailRow {
	readonly site_id: string;
	readonly sku: string;
	readonly place: StockPlace;
	readonly bin: string;
	readonly lot: string;
	readonly serial: string;
	readonly units: number;
	readonly expires_on: string | null;
}
/** Units to be added; `gone` when none are left then. */
type DetailChangeRow = DetailRow & { readonly gone: boolean };

const keys = ['site_id', 'sku', 'place', 'bin', 'lot', 'serial'] as const;

/** Named tables of a statement that follow the changes in a parameter. A serial number leaves its place before it is elsewhere. */
export function keepingDetails(parameter: string): string {
	return `detail_change AS (
		SELECT * FROM jsonb_to_recordset(${parameter}::jsonb) AS each (site_id text, sku text, place text, bin text, lot text,
			serial text, units bigint, expires_on text, gone boolean)
	), removed AS (
		DELETE FROM stock_detail USING detail_change AS change
		WHERE change.gone AND ${keys.map((key) => `stock_detail.${key} = change.${key}`).join(' AND ')} RETURNING 1
	), detailed AS (
		INSERT INTO stock_detail (${keys.join(', ')}, units, expires_on)
		SELECT ${keys.join(', ')}, units, expires_on FROM detail_change WHERE NOT gone AND (SELECT count(*) FROM removed) >= 0
		ORDER BY ${keys.join(', ')}
		ON CONFLICT (${keys.join(', ')}) DO UPDATE SET units = stock_detail.units + excluded.units,
			expires_on = least(stock_detail.expires_on, excluded.expires_on)
	)`;
}

export function shelvesFrom(parameter: string): string {
	return `SELECT * FROM jsonb_to_recordset(${parameter}::jsonb) AS each (site_id text, sku text, bin text, bins jsonb)`;
}

/** How the positions of a posting tell of their shelves. */
interface Shelf {
	readonly site_id: string;
	readonly sku: string;
	readonly bin: string;
	readonly bins: readonly ShelfUnits[] | null;
}

interface NamedStock {
	/** The movements with their units named as far as it follows from what is known. */
	readonly named: readonly Movement[];
	readonly details: readonly DetailChangeRow[];
	readonly shelves: readonly Shelf[];
	readonly duplicateSerials: readonly DuplicateSerial[];
	readonly absentSerials: readonly AbsentSerial[];
}

interface LockedPosition extends Record<SiteBucket, number> {
	readonly site_id: string;
	readonly sku: string;
	readonly bin: string;
	readonly bins: readonly ShelfUnits[] | null;
	readonly tracking: Tracking;
}

/** Locks the positions of movements, in the order of site and SKU, and says what follows for their details. */
export async function nameStock(
	transaction: Kysely<Tables>,
	movements: readonly Movement[],
	posting: Posting,
): Promise<NamedStock> {
	const locked = await lockPositions(transaction, movements);
	const positions = adoptBins(locked, movements);
	const concerned = new Set([...positions.values()].flatMap(({ sku, tracking }) => (tracking === 'none' ? [] : [sku])));
	for (const { sku, fromBin, toBin } of movements) if (fromBin !== undefined || toBin !== undefined) concerned.add(sku);
	for (const { sku, bins } of positions.values()) if (bins !== null && bins.length > 0) concerned.add(sku);
	const { books, adopted } = await openBooks(transaction, movements, positions, concerned);
	const earlier = await movementsOfOrder(transaction, posting.orderId, books);
	const on = posting.recordedAt.slice(0, 10);
	const named: Movement[] = [];
	const changes = new Map<string, readonly DetailChange[]>(adopted);
	const duplicateSerials: DuplicateSerial[] = [];
	const absentSerials: AbsentSerial[] = [];
	for (const movement of movements) {
		const { siteId, sku } = movement;
		const book = books.get(sku);
		if (book === undefined) {
			named.push(movement);
			continue;
		}
		const held = posting.orderId === null ? [] : heldByOrder([...earlier, ...named].filter((each) => each.sku === sku));
		for (const each of nameUnits(book, movement, on, held)) {
			const before = new Map(each.serials?.map((serial) => [serial, book.serialAt(serial)]));
			const posted = book.post(each);
			named.push(each);
			changes.set(sku, [...(changes.get(sku) ?? []), ...posted.changes]);
			for (const serial of posted.duplicates) {
				const there = before.get(serial);
				if (there) duplicateSerials.push({ siteId, sku, serial, before: { siteId: there.siteId, place: there.place } });
			}
			for (const serial of posted.absent) {
				const there = before.get(serial);
				const known = there === undefined ? {} : { before: { siteId: there.siteId, place: there.place } };
				absentSerials.push({ siteId, sku, serial, ...known });
			}
		}
	}
	return {
		named,
		details: [...books].flatMap(([sku, book]) => changeRows(sku, book, changes.get(sku) ?? [])),
		shelves: [...positions.values()].map(({ site_id, sku, bin, bins }) => {
			const rows = books
				.get(sku)
				?.rows()
				.filter(({ siteId }) => siteId === site_id);
			return { site_id, sku, bin, bins: rows === undefined ? bins : shelfUnits(rows, bin) };
		}),
		duplicateSerials,
		absentSerials,
	};
}

function changeRows(sku: string, book: DetailBook, changes: readonly DetailChange[]): readonly DetailChangeRow[] {
	const after = new Set(book.rows().map(detailKey));
	return [...Map.groupBy(changes, detailKey)].flatMap(([key, same]) => {
		const units = same.reduce((sum, change) => sum + change.units, 0);
		const [first] = same;
		if (first === undefined || units === 0) return [];
		const { siteId: site_id, place, bin, lot, serial } = first;
		const expires_on = same.flatMap(({ expiresOn }) => expiresOn ?? []).sort()[0] ?? null;
		return [{ site_id, sku, place, bin, lot, serial, units, expires_on, gone: !after.has(key) }];
	});
}

type Positions = ReadonlyMap<string, LockedPosition>;

async function lockPositions(transaction: Kysely<Tables>, movements: readonly Movement[]): Promise<Positions> {
	const asked = new Map(movements.map((each) => [stockPositionId(each.siteId, each.sku), each]));
	const siteIds = [...asked.values()].map(({ siteId }) => siteId);
	const skus = [...asked.values()].map(({ sku }) => sku);
	const lock = async () => {
		const { rows } = await sql<LockedPosition>`
			SELECT position.*, coalesce(product.body ->> 'tracking', 'none') AS tracking
			FROM stock_position AS position
			JOIN unnest(${siteIds}::text[], ${skus}::text[]) AS asked (site_id, sku) USING (site_id, sku)
			LEFT JOIN product USING (sku)
			ORDER BY site_id, sku FOR UPDATE OF position`.execute(transaction);
		return rows;
	};
	const rows = await lock();
	if (rows.length < asked.size) {
		await sql`
			INSERT INTO stock_position (site_id, sku)
			SELECT site_id, sku FROM unnest(${siteIds}::text[], ${skus}::text[]) AS asked (site_id, sku) ORDER BY site_id, sku
			ON CONFLICT DO NOTHING`.execute(transaction);
	}
	const locked = rows.length < asked.size ? await lock() : rows;
	return new Map(locked.map((row) => [stockPositionId(row.site_id, row.sku), row]));
}

/** A position without a bin of its own gets the one in which goods are laid. */
function adoptBins(positions: Positions, movements: readonly Movement[]): Positions {
	const adopted = new Map(positions);
	for (const { siteId, sku, from, to, toBin } of movements) {
		const id = stockPositionId(siteId, sku);
		const position = adopted.get(id);
		const isLaid = placeOf(to) === 'shelf' && placeOf(from) !== 'shelf';
		if (position?.bin === '' && toBin !== undefined && isLaid) adopted.set(id, { ...position, bin: toBin });
	}
	return adopted;
}

async function openBooks(
	transaction: Kysely<Tables>,
	movements: readonly Movement[],
	positions: Positions,
	concerned: ReadonlySet<string>,
): Promise<{
	readonly books: ReadonlyMap<string, DetailBook>;
	/** What a position's new own bin changes, by SKU. */
	readonly adopted: ReadonlyMap<string, readonly DetailChange[]>;
}> {
	const own = [...positions.values()].filter(({ sku }) => concerned.has(sku));
	const serialSkus = [...new Set(own.flatMap(({ sku, tracking }) => (tracking === 'serial' ? [sku] : [])))].sort();
	// A serial number may be at any site: who follows one holds its SKU.
	if (serialSkus.length > 0) {
		await sql`SELECT pg_advisory_xact_lock(${serialLocks}, hashtext(sku))
			FROM (SELECT sku FROM unnest(${serialSkus}::text[]) AS sku ORDER BY sku) AS ordered`.execute(transaction);
	}
	const named = movements.flatMap(({ sku, serials = [] }) =>
		serialSkus.includes(sku) ? serials.map((serial) => ({ sku, serial })) : [],
	);
	const { rows } = await sql<DetailRow>`
		SELECT stock_detail.* FROM stock_detail
		JOIN unnest(${own.map(({ site_id }) => site_id)}::text[], ${own.map(({ sku }) => sku)}::text[]) AS asked (site_id, sku)
			USING (site_id, sku)
		UNION SELECT stock_detail.* FROM stock_detail
		JOIN unnest(${named.map(({ sku }) => sku)}::text[], ${named.map(({ serial }) => serial)}::text[]) AS asked (sku, serial)
			USING (sku, serial) WHERE serial <> ''`.execute(transaction);
	const rowsBySku = Map.groupBy(rows, ({ sku }) => sku);
	const elsewhere = await otherPositions(transaction, rows, positions);
	const adopted = new Map<string, readonly DetailChange[]>();
	const books = new Map<string, DetailBook>();
	for (const [sku, ofSku] of Map.groupBy(own, (position) => position.sku)) {
		const positionAt = (siteId: string) => {
			const id = stockPositionId(siteId, sku);
			return positions.get(id) ?? elsewhere.get(id);
		};
		const known = (rowsBySku.get(sku) ?? []).map(toStockDetail);
		const changes = ofSku.flatMap(({ site_id, bin }) => ownBinChanges(known, site_id, bin));
		adopted.set(sku, changes);
		const book = openDetailBook({
			tracking: ofSku[0]?.tracking ?? 'none',
			rows: withChanges(known, changes),
			ownBin: (siteId) => positionAt(siteId)?.bin ?? '',
			unitsAt: (siteId, place) => unitsAt(positionAt(siteId), place),
		});
		books.set(sku, book);
	}
	return { books, adopted };
}

/** Any class of locks that nothing else uses. */
const serialLocks = 4_207_002;

/** Positions of other sites at which named serial numbers are, as they are now; not locked. */
async function otherPositions(
	transaction: Kysely<Tables>,
	rows: readonly DetailRow[],
	positions: Positions,
): Promise<ReadonlyMap<string, Record<SiteBucket, number> & { readonly bin: string }>> {
	const asked = rows.filter(({ site_id, sku }) => !positions.has(stockPositionId(site_id, sku)));
	if (asked.length === 0) return new Map();
	const { rows: found } = await sql<LockedPosition>`
		SELECT DISTINCT position.* FROM stock_position AS position
		JOIN unnest(${asked.map(({ site_id }) => site_id)}::text[], ${asked.map(({ sku }) => sku)}::text[]) AS asked (site_id, sku)
			USING (site_id, sku)`.execute(transaction);
	return new Map(found.map((row) => [stockPositionId(row.site_id, row.sku), row]));
}

function unitsAt(position: Record<SiteBucket, number> | undefined, place: StockPlace): number {
	return siteBuckets.reduce(
		(sum, bucket) => sum + (position !== undefined && placeOf(bucket) === place ? position[bucket] : 0),
		0,
	);
}

export function toStockDetail({ site_id, place, bin, lot, serial, units, expires_on }: DetailRow): StockDetail {
	return { siteId: site_id, place, bin, lot, serial, units, expiresOn: expires_on };
}

/** What was moved before of the tracked products for an order, and is named. */
async function movementsOfOrder(
	transaction: Kysely<Tables>,
	orderId: string | null,
	books: ReadonlyMap<string, DetailBook>,
): Promise<readonly Movement[]> {
	const tracked = [...books].flatMap(([sku, { tracking }]) => (tracking === 'none' ? [] : [sku]));
	if (orderId === null || tracked.length === 0) return [];
	const rows = await transaction
		.selectFrom('movement')
		.select(['site_id', 'sku', 'quantity', 'from_bucket', 'to_bucket', 'reason', 'identity'])
		.where('order_id', '=', orderId)
		.where('sku', '=', sql<string>`ANY (${tracked}::text[])`)
		.where('identity', 'is not', null)
		.orderBy('id')
		.execute();
	return rows.map(toMovement);
}

type MovementRow = Pick<
	Selectable<MovementTable>,
	'site_id' | 'sku' | 'quantity' | 'from_bucket' | 'to_bucket' | 'reason' | 'identity'
>;

export function toMovement(row: MovementRow): Movement {
	const { site_id: siteId, sku, quantity, from_bucket: from, to_bucket: to, reason, identity } = row;
	return { siteId, sku, quantity, from, to, reason, ...identity };
}
