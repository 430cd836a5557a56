/** Random choices that follow from a seed: the same seed always makes the same ones. */
export interface Seeded {
	/** From 0 up to, not including, 1. */
	fraction(): number;
	/** A whole number from 0 up to, not including, `below`. */
	below(below: number): number;
	between(from: number, to: number): number;
	chance(probability: number): boolean;
	pick<T>(from: readonly T[]): T;
	/** As `pick`, each in proportion to its weight. */
	weighted<T>(from: readonly (readonly [T, number])[]): T;
	bytes(count: number): Uint8Array;
}

/** Made from numbers and words; equal ones make equal choices. Mixing by xmur3, numbers by mulberry32 (public domain). */
export function seeded(...from: readonly (number | string)[]): Seeded {
	let state = 1_779_033_703;
	for (const character of from.join('\n')) {
		state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 3_432_918_353);
		state = (state << 13) | (state >>> 19);
	}
	const fraction = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(fraction() * limit);
	const pick = <T>(items: readonly T[]): T => {
		const picked = items[below(items.length)];
		if (picked === undefined) throw new Error('There is nothing to pick from.');
		return picked;
	};
	return {
		fraction,
		below,
		between: (low, high) => low + below(high - low + 1),
		chance: (probability) => fraction() < probability,
		pick,
		weighted: (items) => {
			let left = fraction() * items.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [item, weight] of items) {
				left -= weight;
				if (left < 0) return item;
			}
			return pick(items)[0];
		},
		bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
	};
}
