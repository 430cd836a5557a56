import type { ExpectedSupply } from './available-to-promise.ts';

/** Units of what is to come that somebody was promised for a day. */
export interface PromisedSupply {
	/** Days from today. */
	readonly day: number;
	readonly units: number;
}

export interface CoveredSupply {
	/** What may still be promised of each supply, in the order of the supplies. */
	readonly left: readonly ExpectedSupply[];
	/** For each promise, in its order. */
	readonly promises: readonly {
		/** The day on which all that there is of it will have come. */
		readonly day: number;
		/** Units that no supply brings. */
		readonly lacking: number;
	}[];
}

/**
 * Sets supply aside for what was promised of it. The earliest promise chooses first, and takes the latest supply that is still in time, so that earlier
 * supply is left for earlier promises; where none is in time, the first one after it.
 */
export function coverPromises(supply: readonly ExpectedSupply[], promised: readonly PromisedSupply[]): CoveredSupply {
	const left = supply.map(({ units }) => units);
	const byDay = [...supply.keys()].sort((a, b) => (supply[a]?.day ?? 0) - (supply[b]?.day ?? 0));
	const promises = promised.map(({ day }) => ({ day, lacking: 0 }));
	const inTurn = [...promised.keys()].sort((a, b) => (promised[a]?.day ?? 0) - (promised[b]?.day ?? 0));
	for (const place of inTurn) {
		const { day, units } = promised[place] ?? { day: 0, units: 0 };
		const isInTime = (lot: number) => (supply[lot]?.day ?? 0) <= day;
		const lots = [...byDay.filter(isInTime).reverse(), ...byDay.filter((lot) => !isInTime(lot))];
		let lacking = units;
		let last = day;
		for (const lot of lots) {
			const taken = Math.min(lacking, left[lot] ?? 0);
			if (taken <= 0) continue;
			left[lot] = (left[lot] ?? 0) - taken;
			lacking -= taken;
			last = Math.max(last, supply[lot]?.day ?? 0);
		}
		promises[place] = { day: last, lacking };
	}
	return { left: supply.map((lot, index) => ({ ...lot, units: left[index] ?? 0 })), promises };
}
