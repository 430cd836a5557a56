import type { RightShare, SellingRight } from '../schema/selling-right.ts';
import { grant, leftOf, outstandingUnits, recall } from './selling-rights.ts';

export interface Balance {
	/** Devices of the site that are heard of. Others get nothing, and are asked for what they have. */
	readonly devices: readonly ActiveDevice[];
	/** Units that the site's devices should be able to promise together. */
	readonly wanted: number;
	/** Units that are neither claimed nor owed; below zero where more is promised than there is. */
	readonly free: number;
	/** How much of what could be promised may be given out at most, from 0 to 1: the rest stays with central, for every channel. */
	readonly mostPart: number;
}

export interface ActiveDevice {
	readonly deviceId: string;
	/** Units that were wanted at it lately: where most is sold, most may be promised. */
	readonly demand: number;
}

/**
 * The right as it should be: grants from what is free, never more, and recalls of what a device holds beyond its part. Small differences stay, so
 * that one sale doesn't set off a letter to everybody. Doing it again changes nothing.
 */
export function balanceRight(right: SellingRight, { devices, wanted, free, mostPart }: Balance): SellingRight {
	const most = Math.floor(Math.max(0, free + outstandingUnits(right)) * mostPart);
	// One more for each: at any counter somebody may ask for it.
	const weights = devices.map(({ demand }) => 1 + demand);
	const parts = splitUnits(Math.min(wanted, most), weights);
	const part = new Map(devices.map(({ deviceId }, index) => [deviceId, parts[index] ?? 0]));
	let grantable = Math.max(0, free);
	let after = right;
	for (const { deviceId } of [...devices, ...right.shares]) {
		const share = after.shares.find((each) => each.deviceId === deviceId);
		const target = part.get(deviceId) ?? 0;
		const left = share ? leftOf(share) : 0;
		const wish = wishedBack(share, target, free < 0 || !part.has(deviceId));
		if (share && wish !== share.recall) after = recall(after, deviceId, wish);
		// At least half of it is gone.
		const units = left * 2 <= target ? Math.min(target - left, grantable) : 0;
		if (units <= 0) continue;
		after = grant(after, deviceId, units);
		grantable -= units;
	}
	return after;
}

/** Units that a device should give back: what it has beyond its part, where that is much or sorely needed. */
function wishedBack(share: RightShare | undefined, target: number, isNeeded: boolean): number {
	if (share === undefined) return 0;
	const surplus = leftOf(share) - target;
	if (surplus <= 0) return 0;
	if (isNeeded || surplus * 2 > target) return surplus;
	// What was asked for stays asked for, as far as it is still too much.
	return Math.min(share.recall, surplus);
}

/** Whole units by weight, all of them; where that leaves a rest, the largest fraction comes first (largest remainder method). */
export function splitUnits(units: number, weights: readonly number[]): readonly number[] {
	const sum = weights.reduce((all, weight) => all + weight, 0);
	if (sum <= 0) return weights.map(() => 0);
	const exact = weights.map((weight) => (units * weight) / sum);
	const parts = exact.map(Math.floor);
	const rest = units - parts.reduce((all, part) => all + part, 0);
	const byFraction = exact
		.map((value, index) => ({ index, fraction: value - Math.floor(value) }))
		.sort((a, b) => b.fraction - a.fraction || a.index - b.index);
	for (const { index } of byFraction.slice(0, rest)) parts[index] = (parts[index] ?? 0) + 1;
	return parts;
}
