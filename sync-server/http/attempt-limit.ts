/** Counts attempts by who made them, and says when there were too many. */
export interface AttemptLimit {
	isExhausted(key: string): boolean;
	count(key: string): void;
}

const mostKeys = 10_000;

/** At most `most` attempts of one key within `windowMs`; kept in memory, so that a restart forgives. */
export function attemptLimit(most: number, windowMs: number, nowMs: () => number = Date.now): AttemptLimit {
	const attempts = new Map<string, readonly number[]>();
	const recent = (key: string) => (attempts.get(key) ?? []).filter((at) => at > nowMs() - windowMs);
	return {
		isExhausted: (key) => recent(key).length >= most,
		count(key) {
			const times = [...recent(key), nowMs()];
			attempts.delete(key);
			attempts.set(key, times);
			const [oldest] = attempts.keys();
			if (attempts.size > mostKeys && oldest !== undefined) attempts.delete(oldest);
		},
	};
}
