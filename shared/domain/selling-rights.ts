import type { OperationEnvelope } from '../schema/operation.ts';
import type { RightShare, SellingRight } from '../schema/selling-right.ts';
import type { RightUnits } from '../schema/stock-operation.ts';

/** The id of the selling right of a SKU at a site. */
export function sellingRightId(siteId: string, sku: string): string {
	return `right:${siteId}:${sku}`;
}

export function emptyRight(siteId: string, sku: string): SellingRight {
	return { id: sellingRightId(siteId, sku), kind: 'selling_right', siteId, sku, shares: [] };
}

/** Units that the share's device may still promise: never below zero. */
export function leftOf({ granted, used, released }: RightShare): number {
	return granted - used - released;
}

/** Units of a right that are out: central promises none of them. */
export function outstandingUnits(right: SellingRight): number {
	return right.shares.reduce((sum, share) => sum + leftOf(share), 0);
}

type Change = (share: RightShare) => RightShare;

function withShare(right: SellingRight, deviceId: string, change: Change): SellingRight {
	const found = right.shares.find((share) => share.deviceId === deviceId);
	const before = found ?? { deviceId, granted: 0, used: 0, released: 0, recall: 0 };
	const changed = change(before);
	// What is left is all that can still come back.
	const after = { ...changed, recall: Math.min(changed.recall, leftOf(changed)) };
	if (leftOf(after) < 0) throw new Error(`The right ${right.id} of ${deviceId} would fall below zero.`);
	const shares = found ? right.shares.map((share) => (share === found ? after : share)) : [...right.shares, after];
	return { ...right, shares };
}

/** Central gives a device more. It must have claimed the units before. */
export function grant(right: SellingRight, deviceId: string, units: number): SellingRight {
	return withShare(right, deviceId, (share) => ({ ...share, granted: share.granted + units }));
}

/** Central would like to have this many units back; 0 takes the wish back. */
export function recall(right: SellingRight, deviceId: string, units: number): SellingRight {
	return withShare(right, deviceId, (share) => ({ ...share, recall: units }));
}

export interface Covered {
	readonly right: SellingRight;
	/** Units that the shares paid for. */
	readonly covered: number;
}

/**
 * Takes promised units from the shares of these devices, the first one first, as far as they reach. The others are identities that the
 * device had before: what it promised under their rights may come in its new lane.
 */
export function useRights(right: SellingRight, deviceIds: readonly string[], units: number): Covered {
	return deviceIds.reduce(
		(current: Covered, deviceId) => {
			const share = current.right.shares.find((each) => each.deviceId === deviceId);
			const taken = Math.min(units - current.covered, share ? leftOf(share) : 0);
			if (taken <= 0) return current;
			const used = withShare(current.right, deviceId, (each) => ({ ...each, used: each.used + taken }));
			return { right: used, covered: current.covered + taken };
		},
		{ right, covered: 0 },
	);
}

/** The device gives units back, as far as it has them. */
export function release(right: SellingRight, deviceId: string, units: number): SellingRight {
	const share = right.shares.find((each) => each.deviceId === deviceId);
	const back = Math.min(units, share ? leftOf(share) : 0);
	if (back <= 0) return right;
	return withShare(right, deviceId, (each) => ({
		...each,
		released: each.released + back,
		recall: Math.max(0, each.recall - units),
	}));
}

export type UnitsBySku = ReadonlyMap<string, number>;
type SkuUnits = readonly { readonly sku: string; readonly quantity: number }[];

export function unitsBySku(lines: SkuUnits): UnitsBySku {
	const units = new Map<string, number>();
	for (const { sku, quantity } of lines) units.set(sku, quantity + (units.get(sku) ?? 0));
	return units;
}

interface Claiming {
	readonly rights: RightUnits;
	readonly lines?: SkuUnits;
	readonly capture?: { readonly lines: SkuUnits };
}

/** The units, by SKU, that a promise or a release takes from rights: never more of a SKU than it is about. */
export function claimedUnits({ rights, lines, capture }: Claiming): UnitsBySku {
	const about = capture?.lines ?? lines;
	const claimed = unitsBySku(rights);
	if (about === undefined) return claimed;
	const wanted = unitsBySku(about);
	const counting = [...claimed].map(([sku, units]) => [sku, Math.min(units, wanted.get(sku) ?? 0)] as const);
	return new Map(counting.filter(([, units]) => units > 0));
}

const claimingTypes: ReadonlySet<string> = new Set(['capture_order', 'reserve_stock', 'sell', 'release_rights']);

/** What an operation takes from its device's rights, by SKU; nothing for one that takes none, or that can't be read. */
export function unitsTaken({ type, payload }: Pick<OperationEnvelope, 'type' | 'payload'>): UnitsBySku {
	if (!claimingTypes.has(type)) return new Map();
	const claiming = payload as Partial<Claiming> | null;
	return Array.isArray(claiming?.rights) ? claimedUnits(claiming as Claiming) : new Map();
}

/**
 * What a device may still promise of a SKU without asking anybody: its confirmed share, less what its own operations take that the
 * share does not know of yet.
 * @param unconfirmed the operations of its lane that the confirmed share does not hold, without those that central has refused
 */
export function rightsLeft(
	share: RightShare | undefined,
	unconfirmed: readonly Pick<OperationEnvelope, 'type' | 'payload'>[],
	sku: string,
): number {
	if (share === undefined) return 0;
	const taken = unconfirmed.reduce((sum, operation) => sum + (unitsTaken(operation).get(sku) ?? 0), 0);
	return Math.max(0, leftOf(share) - taken);
}

/** How much of a recall the device still has to give back, by what it has promised and released since. */
export function unitsToRelease(
	share: RightShare,
	unconfirmed: readonly Pick<OperationEnvelope, 'type' | 'payload'>[],
	sku: string,
): number {
	const underWay = unconfirmed
		.filter(({ type }) => type === 'release_rights')
		.reduce((sum, operation) => sum + (unitsTaken(operation).get(sku) ?? 0), 0);
	return Math.max(0, Math.min(share.recall - underWay, rightsLeft(share, unconfirmed, sku)));
}
