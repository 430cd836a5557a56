import type { OperationOutcome } from '../protocol/messages.ts';
import type { OperationEnvelope } from '../schema/operation.ts';

export interface Acknowledgment {
	readonly kind: 'acknowledgment';
	readonly outcome: OperationOutcome;
	/** The operation's hash: it keeps the lane's end known when the operation's own record is damaged. */
	readonly hash: string;
	/** The site stream's epoch in which `outcome.position` counts; empty when none was known. */
	readonly epoch: string;
	/** The device's wall clock when the answer came; absent from older releases. */
	readonly wallMs?: number;
}

/** Last in a lane: what was not answered in it goes on in another lane of this device. */
interface CarriedOver {
	readonly kind: 'carried_over';
	readonly laneId: string;
}

/** A half-filled form: it survives a crash and is never sent. A null body ends it. */
interface Draft {
	readonly kind: 'draft';
	readonly key: string;
	readonly body: unknown;
}

export type JournalEntry =
	| { readonly kind: 'operation'; readonly operation: OperationEnvelope }
	| Draft
	| Acknowledgment
	| CarriedOver;

const decoder = new TextDecoder('utf-8', { fatal: true });

export function encodeEntry(entry: JournalEntry): Uint8Array {
	return new TextEncoder().encode(JSON.stringify(entry));
}

/**
 * The entry, or null for whole bytes that this version can't read: they stay in the file. The record's checksum has proven that we
 * wrote them, so only what tells one kind from another is looked at: checking 30,000 whole operations took seconds at each start.
 */
export function decodeEntry(body: Uint8Array): JournalEntry | null {
	try {
		const entry: unknown = JSON.parse(decoder.decode(body));
		return isEntry(entry) ? entry : null;
	} catch {
		return null;
	}
}

function isEntry(entry: unknown): entry is JournalEntry {
	if (!isObject(entry)) return false;
	switch (entry.kind) {
		case 'operation':
			return isNumbered(entry.operation);
		case 'draft':
			return typeof entry.key === 'string' && 'body' in entry;
		case 'acknowledgment':
			return isNumbered(entry.outcome) && typeof entry.hash === 'string' && typeof entry.epoch === 'string';
		case 'carried_over':
			return typeof entry.laneId === 'string';
		default:
			return false;
	}
}

function isNumbered(value: unknown): boolean {
	return isObject(value) && typeof value.opId === 'string' && Number.isSafeInteger(value.seq);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
