/** The sample below which this share (0 to 1) of all samples lies, by the nearest rank. NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = [...samples].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export interface Spread {
	readonly count: number;
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	readonly max: number;
}

/** Quantiles in the samples' own unit, to a hundredth. */
export function spreadOf(samples: readonly number[]): Spread {
	const at = (share: number) => rounded(quantile(samples, share));
	return { count: samples.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** To this many places after the point. */
export function rounded(value: number, places = 2): number {
	return Number(value.toFixed(places));
}
