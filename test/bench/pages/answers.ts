/** What the journal's worker answers: milliseconds until each operation is on the disk, one after the other. */
export interface JournalResult {
	readonly journal: readonly number[];
	/** The same bytes appended and flushed, without the journal. */
	readonly bare: readonly number[];
}

/** What a worker answers that has stored many rows. */
export interface StoreResult {
	readonly rows: number;
	readonly milliseconds: number;
}
