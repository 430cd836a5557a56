import { nameUnits } from '../../../shared/domain/name-units.ts';
import { openDetailBook, shelfUnits, type Tracking } from '../../../shared/domain/stock-detail.ts';
import { postMovement } from '../../../shared/domain/stock-ledger.ts';
import type { Movement, ShelfUnits, StockPosition } from '../../../shared/schema/stock-position.ts';

/** Where a SKU lies at this site, and what the books have of it there. */
export interface Shelf {
	/** The position's own bin; empty where none is known. */
	readonly bin: string;
	/** Available and set aside: what somebody who counts should find. */
	readonly units: number;
	/** The same by bin: one entry where only the own bin is known. */
	readonly inBins: readonly BinUnits[];
	/** What of it is of a known lot, by bin and lot; nothing of a product that is not kept by lot. */
	readonly lots: readonly LotInBin[];
	readonly inBuckets: StockPosition['units'];
}

export interface BinUnits {
	readonly bin: string;
	readonly units: number;
}

export type LotInBin = ShelfUnits & { readonly lot: string };

/** What a product needs to be known by, so that its shelf is told by lot. */
export interface ShelfOptions {
	readonly tracking: Tracking;
	/** The day on which a lot counts as expired, as an ISO date. */
	readonly on: string;
}

/** A stored position with the movements on top that are not confirmed yet. Those of other sites and SKUs are passed over. */
export function shelfOf(position: StockPosition, movements: readonly Movement[], options?: ShelfOptions): Shelf {
	const own = movements.filter(({ siteId, sku }) => siteId === position.siteId && sku === position.sku);
	const now = own.reduce((before, movement) => postMovement(before, movement).position, position);
	const units = now.units.available + now.units.allocated;
	const bins = options?.tracking === 'lot' ? binsByLot(position, own, options.on) : (now.bins ?? []);
	const elsewhere = new Map<string, number>();
	for (const each of bins)
		if (each.bin !== now.bin) elsewhere.set(each.bin, (elsewhere.get(each.bin) ?? 0) + each.units);
	const away = [...elsewhere.values()].reduce((sum, each) => sum + each, 0);
	const others = [...elsewhere].filter(([, each]) => each !== 0).map(([bin, each]) => ({ bin, units: each }));
	return {
		bin: now.bin,
		units,
		inBins: [{ bin: now.bin, units: units - away }, ...others],
		lots: options?.tracking === 'lot' ? bins.flatMap(({ lot, ...each }) => (lot ? [{ ...each, lot }] : [])) : [],
		inBuckets: now.units,
	};
}

/** By bin and lot, with those lots chosen for units of which nobody has said them that central will choose too. */
function binsByLot(position: StockPosition, movements: readonly Movement[], on: string): readonly ShelfUnits[] {
	const { siteId, bin: ownBin } = position;
	const book = openDetailBook({
		tracking: 'lot',
		ownBin: () => ownBin,
		unitsAt: (_site, place) => (place === 'shelf' ? position.units.available + position.units.allocated : 0),
		rows: (position.bins ?? []).map(({ bin, units, lot = '', expiresOn = null }) => {
			return { siteId, place: 'shelf', bin: bin === ownBin ? '' : bin, lot, serial: '', units, expiresOn };
		}),
	});
	for (const movement of movements) for (const named of nameUnits(book, movement, on)) book.post(named);
	return shelfUnits(book.rows(), ownBin);
}

/** What the books have of it in one bin; nothing where it is not known to lie. */
export function unitsInBin({ inBins }: Shelf, bin: string): number {
	return inBins.find((each) => each.bin === bin)?.units ?? 0;
}

/** What the books have of each lot, in one bin or, without one, wherever it lies; the lots that are gone are left out. */
export function lotsOn({ lots }: Shelf, bin?: string): readonly Omit<LotInBin, 'bin'>[] {
	const there = lots.filter((each) => bin === undefined || each.bin === bin);
	return [...Map.groupBy(there, ({ lot }) => lot)].flatMap(([lot, same]) => {
		const units = same.reduce((sum, each) => sum + each.units, 0);
		const [expiresOn] = same.flatMap((each) => each.expiresOn ?? []).sort();
		return units === 0 ? [] : [{ lot, units, ...(expiresOn === undefined ? {} : { expiresOn }) }];
	});
}
