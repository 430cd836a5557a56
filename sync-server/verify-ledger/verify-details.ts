import { type Kysely, sql } from 'kysely';
import {
	type DetailBook,
	detailKey,
	forgetIdentities,
	openDetailBook,
	type StockDetail,
	shelfUnits,
	type Tracking,
} from '../../shared/domain/stock-detail.ts';
import type { ShelfUnits } from '../../shared/schema/stock-position.ts';
import { type DetailRow, toMovement, toStockDetail } from '../central/inventory/stock-details.ts';
import type { Tables } from '../database/tables.ts';

export interface PositionKey {
	readonly siteId: string;
	readonly sku: string;
}

interface Position {
	readonly bin: string;
	readonly bins: readonly ShelfUnits[] | null;
}

const movementsAtOnce = 5000;

/** Follows the movements of every SKU of which more than its positions is known, from the first on, and compares what is kept. */
export async function verifyDetails(db: Kysely<Tables>, tell: (what: string) => void): Promise<void> {
	const { rows: skus } = await sql<{ sku: string; tracking: Tracking }>`
		SELECT sku, coalesce(product.body ->> 'tracking', 'none') AS tracking FROM (
			SELECT DISTINCT sku FROM movement WHERE identity IS NOT NULL UNION SELECT DISTINCT sku FROM stock_detail
			UNION SELECT sku FROM product WHERE body ->> 'tracking' <> 'none' UNION SELECT sku FROM stock_position WHERE bins <> '[]'
		) AS concerned LEFT JOIN product USING (sku) ORDER BY sku`.execute(db);
	for (const { sku, tracking } of skus) {
		const positions = await positionsOf(db, sku);
		const book = await rebuiltBook(db, sku, tracking, (siteId) => positions.get(siteId)?.bin ?? '');
		const { rows } = await sql<DetailRow>`SELECT * FROM stock_detail WHERE sku = ${sku}`.execute(db);
		const kept = rows.map(toStockDetail);
		compareDetails(sku, kept, book.rows(), tell);
		for (const serial of serialsInTwoPlaces(kept))
			tell(`The serial number ${serial} of ${sku} is in more than one place`);
		for (const [siteId, { bin, bins }] of positions) {
			const told = shelfUnits(
				kept.filter((row) => row.siteId === siteId),
				bin,
			);
			if (!isSame(told, bins ?? [])) tell(`The bins of ${sku} at ${siteId} are not what is known of its shelf`);
		}
	}
}

async function positionsOf(db: Kysely<Tables>, sku: string): Promise<ReadonlyMap<string, Position>> {
	const rows = await db
		.selectFrom('stock_position')
		.select(['site_id', 'bin', 'bins'])
		.where('sku', '=', sku)
		.execute();
	return new Map(rows.map(({ site_id, bin, bins }) => [site_id, { bin, bins }]));
}

/** Follows all movements of a SKU, each as the product was tracked at that time. */
async function rebuiltBook(
	db: Kysely<Tables>,
	sku: string,
	tracking: Tracking,
	ownBin: (siteId: string) => string,
): Promise<DetailBook> {
	const { rows: turns } = await sql<{ before: Tracking; last_movement: number }>`
		SELECT before, last_movement FROM tracking_change WHERE sku = ${sku} ORDER BY id`.execute(db);
	let rows: readonly StockDetail[] = [];
	let after = 0;
	for (const { before, last_movement } of turns) {
		const book = openDetailBook({ tracking: before, ownBin, rows });
		await followMovements(db, sku, book, after, last_movement);
		rows = forgetIdentities(book.rows());
		after = last_movement;
	}
	const book = openDetailBook({ tracking, ownBin, rows });
	await followMovements(db, sku, book, after, Number.MAX_SAFE_INTEGER);
	return book;
}

/** Those after one and up to another, in the order of their ids: of one position, and of one serial number, that is the order in which they were posted. */
async function followMovements(
	db: Kysely<Tables>,
	sku: string,
	book: DetailBook,
	from: number,
	upTo: number,
): Promise<void> {
	for (let after = from; ; ) {
		const rows = await db
			.selectFrom('movement')
			.selectAll()
			.where('sku', '=', sku)
			.where(sql<boolean>`site_id IN (SELECT site_id FROM stock_position WHERE sku = ${sku})`)
			.where('id', '>', after)
			.where('id', '<=', upTo)
			.orderBy('id')
			.limit(movementsAtOnce)
			.execute();
		for (const row of rows) book.post(toMovement(row));
		const last = rows.at(-1);
		if (last === undefined || rows.length < movementsAtOnce) return;
		after = last.id;
	}
}

function compareDetails(
	sku: string,
	kept: readonly StockDetail[],
	rebuilt: readonly StockDetail[],
	tell: (what: string) => void,
): void {
	const keptUnits = new Map(kept.map((row) => [detailKey(row), row]));
	const rebuiltUnits = new Map(rebuilt.map((row) => [detailKey(row), row]));
	for (const key of [...new Set([...keptUnits.keys(), ...rebuiltUnits.keys()])].sort()) {
		const has = keptUnits.get(key);
		const should = rebuiltUnits.get(key);
		const row = has ?? should;
		if (row === undefined || isSame(has, should)) continue;
		const units = (has?.units ?? 0) === (should?.units ?? 0) ? 'another expiry date' : `${has?.units ?? 0} units`;
		tell(
			`Of ${sku} at ${row.siteId}, ${placeWords(row)}, there are ${units}, and its movements make it ${unitsWords(should)}`,
		);
	}
}

function unitsWords(row: StockDetail | undefined): string {
	return `${row?.units ?? 0}${row?.expiresOn ? ` until ${row.expiresOn}` : ''}`;
}

function placeWords({ place, bin, lot, serial }: StockDetail): string {
	const known = [bin && `bin ${bin}`, lot && `lot ${lot}`, serial && `serial number ${serial}`].filter(Boolean);
	return [place.replace('_', ' '), ...known].join(', ');
}

function serialsInTwoPlaces(kept: readonly StockDetail[]): readonly string[] {
	const named = kept.filter(({ serial }) => serial !== '');
	return [...Map.groupBy(named, ({ serial }) => serial)].flatMap(([serial, rows]) => {
		const [first] = rows;
		return rows.length === 1 && first?.units === 1 ? [] : [serial];
	});
}

const plain = (value: unknown): unknown =>
	value !== null && typeof value === 'object'
		? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
		: value;
const isSame = (a: unknown, b: unknown) =>
	JSON.stringify(Array.isArray(a) ? a.map(plain) : plain(a)) ===
	JSON.stringify(Array.isArray(b) ? b.map(plain) : plain(b));
