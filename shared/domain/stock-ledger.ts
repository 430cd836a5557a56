import {
	type Bucket,
	type Movement,
	type SiteBucket,
	type StockPosition,
	siteBuckets,
	stockPositionId,
} from '../schema/stock-position.ts';

export function emptyPosition(siteId: string, sku: string, bin: string): StockPosition {
	const units = { available: 0, allocated: 0, picked: 0, staged: 0, in_transit: 0, quarantine: 0, damaged: 0 };
	return { id: stockPositionId(siteId, sku), siteId, sku, bin, units };
}

const isSiteBucket = (bucket: Bucket): bucket is SiteBucket => (siteBuckets as readonly Bucket[]).includes(bucket);

/** The position after a movement, and the bucket that it took below zero, if it did. */
export function postMovement(
	position: StockPosition,
	movement: Movement,
): { readonly position: StockPosition; readonly belowZero: SiteBucket | null } {
	if (movement.siteId !== position.siteId || movement.sku !== position.sku) {
		throw new Error(`A movement of ${movement.sku} at ${movement.siteId} does not belong to ${position.id}`);
	}
	const units = { ...position.units };
	if (isSiteBucket(movement.from)) units[movement.from] -= movement.quantity;
	if (isSiteBucket(movement.to)) units[movement.to] += movement.quantity;
	const { from, to } = movement;
	const belowZero = from !== to && isSiteBucket(from) && units[from] < 0 ? from : null;
	return { position: { ...position, units }, belowZero };
}
