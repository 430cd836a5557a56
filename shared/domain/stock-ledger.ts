import {
	type Bucket,
	type Movement,
	type ShelfUnits,
	type SiteBucket,
	type StockPosition,
	siteBuckets,
	stockPositionId,
} from '../schema/stock-position.ts';
import { openDetailBook, type StockDetail, shelfUnits, type Tracking } from './stock-detail.ts';

export function emptyPosition(siteId: string, sku: string, bin: string): StockPosition {
	const units = { available: 0, allocated: 0, picked: 0, staged: 0, in_transit: 0, quarantine: 0, damaged: 0 };
	return { id: stockPositionId(siteId, sku), siteId, sku, bin, units };
}

const isSiteBucket = (bucket: Bucket): bucket is SiteBucket => (siteBuckets as readonly Bucket[]).includes(bucket);

/**
 * The position after a movement, and the bucket that it took below zero, if it did. A device follows what was said of bins and lots;
 * which lot was meant where none was named it leaves to central.
 */
export function postMovement(
	position: StockPosition,
	movement: Movement,
	tracking: Tracking = 'none',
): { readonly position: StockPosition; readonly belowZero: SiteBucket | null } {
	if (movement.siteId !== position.siteId || movement.sku !== position.sku) {
		throw new Error(`A movement of ${movement.sku} at ${movement.siteId} does not belong to ${position.id}`);
	}
	const units = { ...position.units };
	if (isSiteBucket(movement.from)) units[movement.from] -= movement.quantity;
	if (isSiteBucket(movement.to)) units[movement.to] += movement.quantity;
	const { from, to } = movement;
	const belowZero = from !== to && isSiteBucket(from) && units[from] < 0 ? from : null;
	const bins = binsAfter(position, movement, tracking);
	return { position: bins === undefined ? { ...position, units } : { ...position, units, bins }, belowZero };
}

function binsAfter(position: StockPosition, movement: Movement, tracking: Tracking): ShelfUnits[] | undefined {
	const { fromBin, toBin, lot } = movement;
	if (fromBin === undefined && toBin === undefined && (lot === undefined || tracking !== 'lot')) return position.bins;
	const rows = (position.bins ?? []).map((each): StockDetail => {
		const bin = each.bin === position.bin ? '' : each.bin;
		const { siteId } = position;
		const { units, lot: of = '', expiresOn = null } = each;
		return { siteId, place: 'shelf', bin, lot: of, serial: '', units, expiresOn };
	});
	// Which serial number lies in which bin the position does not tell.
	const book = openDetailBook({ tracking: tracking === 'lot' ? 'lot' : 'none', rows, ownBin: () => position.bin });
	book.post(movement);
	return [...shelfUnits(book.rows(), position.bin)];
}
