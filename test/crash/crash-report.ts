/** What the rounds of one kind of crash found. */
export interface CrashReport {
	readonly rounds: number;
	/** Operations that a device said were saved. */
	readonly saved: number;
	/** Of these, those that central had not answered when the crash came. */
	readonly unanswered: number;
	/** Sentences; there should be none. */
	readonly faults: readonly string[];
	readonly seconds: number;
}
