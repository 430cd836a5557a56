import { type Bucket, type Movement, type SiteBucket, siteBuckets } from '../../../shared/schema/stock-position.ts';

export type UnitsByBucket = Readonly<Record<SiteBucket, number>>;

export const noUnits: UnitsByBucket = {
	available: 0,
	allocated: 0,
	picked: 0,
	staged: 0,
	in_transit: 0,
	quarantine: 0,
	damaged: 0,
};

/** The stored units of a SKU at a site with these movements on top: those of other sites and SKUs change nothing. */
export function unitsWith(
	stored: UnitsByBucket,
	movements: readonly Movement[],
	siteId: string,
	sku: string,
): UnitsByBucket {
	const units = { ...stored };
	const add = (bucket: Bucket, quantity: number) => {
		const inside = siteBuckets.find((each) => each === bucket);
		if (inside !== undefined) units[inside] += quantity;
	};
	for (const movement of movements) {
		if (movement.sku !== sku || movement.siteId !== siteId) continue;
		add(movement.from, -movement.quantity);
		add(movement.to, movement.quantity);
	}
	return units;
}
