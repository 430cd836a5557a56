/** What must never happen, and by which invariant. */
export class Violation extends Error {
	override readonly name = 'Violation';
	readonly invariant: Invariant;
	constructor(invariant: Invariant, message: string) {
		super(message);
		this.invariant = invariant;
	}
}

/** Every invariant that the simulator watches. */
export const invariants = {
	exactly_once: 'every operation that a device called saved is at central exactly once',
	lane_order: "each device's operations apply in the order in which it made them, without gaps",
	replica: 'a replica at position p equals the server at p',
	projection: 'what a screen shows is the replica with the unconfirmed operations on top, each once',
	ledger: 'the ledger balances, and the documents and the ledger tell of the same units',
	promise: 'no unit is promised twice',
	right: 'a device promises no more than central has set aside for it',
	silence: 'each operation ends confirmed, or needs attention with a reason',
	repetition: 'sending any prefix again changes nothing',
	quiescence: 'with the network healed everything comes to rest',
	crash: 'nothing throws what nobody expects',
} as const;
export type Invariant = keyof typeof invariants;
