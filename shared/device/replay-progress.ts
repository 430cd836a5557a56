import type { DeviceStatus } from './device-client.ts';

/** A queue of up to so many operations is nothing to tell of: it is gone in one push. */
const shortQueue = 50;

/** Follows the sending of a long queue from its beginning until nothing waits. */
export class ReplayProgress {
	#total = 0;
	#waiting = 0;

	/** How many operations wait now. What is recorded meanwhile makes the queue longer. */
	follow(waiting: number): DeviceStatus['replay'] {
		if (this.#total > 0) this.#total += Math.max(0, waiting - this.#waiting);
		else if (waiting > shortQueue) this.#total = waiting;
		if (waiting === 0) this.#total = 0;
		this.#waiting = waiting;
		return this.#total === 0 ? null : { done: this.#total - waiting, total: this.#total };
	}
}
