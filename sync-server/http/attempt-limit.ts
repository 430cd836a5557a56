/** Counts failed attempts by who made them, and says when there were too many. */
export interface AttemptLimit {
	isExhausted(key: string): boolean;
	failed(key: string): void;
}

const mostKeys = 10_000;

/** At most `most` failures of one key within `windowMs`; kept in memory, so that a restart forgives. */
export function attemptLimit(most: number, windowMs: number, nowMs: () => number = Date.now): AttemptLimit {
	const failures = new Map<string, readonly number[]>();
	const recent = (key: string) => (failures.get(key) ?? []).filter((at) => at > nowMs() - windowMs);
	return {
		isExhausted: (key) => recent(key).length >= most,
		failed(key) {
			const times = [...recent(key), nowMs()];
			failures.delete(key);
			failures.set(key, times);
			const [oldest] = failures.keys();
			if (failures.size > mostKeys && oldest !== undefined) failures.delete(oldest);
		},
	};
}
