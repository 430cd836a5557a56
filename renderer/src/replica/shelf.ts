import { postMovement } from '../../../shared/domain/stock-ledger.ts';
import type { Movement, StockPosition } from '../../../shared/schema/stock-position.ts';

/** Where a SKU lies at this site, and what the books have of it there. */
export interface Shelf {
	/** The position's own bin; empty where none is known. */
	readonly bin: string;
	/** Available and set aside: what somebody who counts should find. */
	readonly units: number;
	/** The same by bin: one entry where only the own bin is known. */
	readonly inBins: readonly BinUnits[];
	readonly inBuckets: StockPosition['units'];
}

export interface BinUnits {
	readonly bin: string;
	readonly units: number;
}

/** A stored position with the movements on top that are not confirmed yet. Those of other sites and SKUs are passed over. */
export function shelfOf(position: StockPosition, movements: readonly Movement[]): Shelf {
	const now = movements
		.filter(({ siteId, sku }) => siteId === position.siteId && sku === position.sku)
		.reduce((before, movement) => postMovement(before, movement).position, position);
	const units = now.units.available + now.units.allocated;
	const elsewhere = new Map<string, number>();
	for (const each of now.bins ?? [])
		if (each.bin !== now.bin) elsewhere.set(each.bin, (elsewhere.get(each.bin) ?? 0) + each.units);
	const away = [...elsewhere.values()].reduce((sum, each) => sum + each, 0);
	const others = [...elsewhere].filter(([, each]) => each !== 0).map(([bin, each]) => ({ bin, units: each }));
	return { bin: now.bin, units, inBins: [{ bin: now.bin, units: units - away }, ...others], inBuckets: now.units };
}

/** What the books have of it in one bin; nothing where it is not known to lie. */
export function unitsInBin({ inBins }: Shelf, bin: string): number {
	return inBins.find((each) => each.bin === bin)?.units ?? 0;
}
