import type { AbortSignalLike } from './ports.ts';

/** An abort signal of our own, for code that may not use a platform's. */
export class StopSignal implements AbortSignalLike {
	readonly #listeners = new Set<() => void>();
	#aborted = false;

	get aborted(): boolean {
		return this.#aborted;
	}

	stop(): void {
		if (this.#aborted) return;
		this.#aborted = true;
		for (const listener of [...this.#listeners]) listener();
		this.#listeners.clear();
	}

	addEventListener(_type: 'abort', listener: () => void): void {
		this.#listeners.add(listener);
	}

	removeEventListener(_type: 'abort', listener: () => void): void {
		this.#listeners.delete(listener);
	}
}
