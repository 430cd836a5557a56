/**
 * The type under which a device fills the place of an operation that its damaged disk lost, so that its lane has no gap. Central
 * keeps it and tells a person.
 */
export const lostRecordType = 'unreadable_record';

/** What a device knows of a lost operation: its number, and its hash when the operation after it still names that. */
export interface LostRecord {
	readonly seq: number;
	readonly hash?: string;
}

/** The hash of the lost operation whose place this one fills; null for every other operation. */
export function lostHashOf(operation: unknown): string | null {
	const { type, payload } = (operation ?? {}) as { readonly type?: unknown; readonly payload?: unknown };
	if (type !== lostRecordType) return null;
	const { hash } = (payload ?? {}) as { readonly hash?: unknown };
	return typeof hash === 'string' && hash !== '' ? hash : null;
}
