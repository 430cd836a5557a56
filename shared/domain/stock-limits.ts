import type { Money } from '../money.ts';
import type { Role } from '../schema/associate.ts';

/** How many units, and of what worth in minor units of the currency. */
export interface StockLimit {
	readonly units: number;
	readonly valueMinor: number;
}

/** What each role may adjust at once; null is without limit. */
const adjustLimits: Readonly<Record<Role, StockLimit | null>> = {
	associate: { units: 5, valueMinor: 50_00 },
	order_desk: { units: 5, valueMinor: 50_00 },
	manager: { units: 200, valueMinor: 2_000_00 },
	operations: null,
};

/** How far a count may differ from the books before it is counted once more. */
const countTolerances: Readonly<Record<Role, StockLimit | null>> = {
	associate: { units: 2, valueMinor: 30_00 },
	order_desk: { units: 2, valueMinor: 30_00 },
	manager: { units: 10, valueMinor: 200_00 },
	operations: null,
};

function isWithin(limit: StockLimit | null, quantity: number, unitPrice: Money | undefined): boolean {
	if (limit === null) return true;
	const units = Math.abs(quantity);
	return units <= limit.units && units * (unitPrice?.minor ?? 0) <= limit.valueMinor;
}

/** Whether somebody with these roles may adjust so many units without another's word. Nobody without a role may adjust any. */
export function mayAdjust(roles: readonly Role[], quantity: number, unitPrice: Money | undefined): boolean {
	return roles.some((role) => isWithin(adjustLimits[role], quantity, unitPrice));
}

/** Whether a difference of a count by somebody with these roles is small enough to be reviewed as it is. */
export function isTolerable(roles: readonly Role[], difference: number, unitPrice: Money | undefined): boolean {
	return difference === 0 || roles.some((role) => isWithin(countTolerances[role], difference, unitPrice));
}
