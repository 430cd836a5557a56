interface Due {
	readonly atMs: number;
	readonly place: number;
	readonly run: () => void | Promise<void>;
}

/** The simulated time, and what is due when. One thing happens at a time. */
export class EventQueue {
	#nowMs = 0;
	#places = 0;
	readonly #due: Due[] = [];

	/** Milliseconds since the story began. */
	get nowMs(): number {
		return this.#nowMs;
	}

	/** Lets `run` happen after this time, unless what is returned was called before. */
	after(milliseconds: number, run: () => void | Promise<void>): () => void {
		const due = { atMs: this.#nowMs + Math.max(0, milliseconds), place: this.#places++, run };
		this.#push(due);
		return () => {
			const index = this.#due.indexOf(due);
			if (index !== -1) this.#due.splice(index, 1);
		};
	}

	/** Lets time pass up to this moment; all that is due happens, one after the other. */
	async passUntil(atMs: number): Promise<void> {
		for (;;) {
			await allPromisesSettled();
			const next = this.#due[0];
			if (next === undefined || next.atMs > atMs) break;
			this.#due.shift();
			this.#nowMs = Math.max(this.#nowMs, next.atMs);
			await next.run();
		}
		this.#nowMs = Math.max(this.#nowMs, atMs);
	}

	/** The time jumps; what was due meanwhile happens right after it, as when everybody had been asleep. */
	leap(milliseconds: number): void {
		this.#nowMs += milliseconds;
	}

	#push(due: Due): void {
		let low = 0;
		let high = this.#due.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.#due[middle];
			if (other !== undefined && (other.atMs < due.atMs || (other.atMs === due.atMs && other.place < due.place)))
				low = middle + 1;
			else high = middle;
		}
		this.#due.splice(low, 0, due);
	}
}

/** Devices wait for nothing but promises: one turn of the event loop lets each of them run as far as it can. */
function allPromisesSettled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** What a device answers without waiting for anything that is due later; null when it waits. */
export function promptly<T>(asked: Promise<T>): Promise<T | null> {
	return Promise.race([asked, allPromisesSettled().then(() => null)]);
}
