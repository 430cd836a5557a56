import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { OperationOutcome } from '../protocol/messages.ts';
import { OperationEnvelope } from '../schema/operation.ts';

const OperationEntry = Type.Object({ kind: Type.Literal('operation'), operation: OperationEnvelope });
/** A half-filled form: it survives a crash and is never sent. A null body ends it. */
const DraftEntry = Type.Object({ kind: Type.Literal('draft'), key: Type.String(), body: Type.Unknown() });
const AcknowledgmentEntry = Type.Object({
	kind: Type.Literal('acknowledgment'),
	outcome: OperationOutcome,
	/** The operation's hash: it keeps the lane's end known when the operation's own record is damaged. */
	hash: Type.String(),
	/** The site stream's epoch in which `outcome.position` counts; empty when none was known. */
	epoch: Type.String(),
});
export const JournalEntry = Type.Union([OperationEntry, DraftEntry, AcknowledgmentEntry]);
export type JournalEntry = Readonly<Static<typeof JournalEntry>>;
export type Acknowledgment = Readonly<Static<typeof AcknowledgmentEntry>>;

export function encodeEntry(entry: JournalEntry): Uint8Array {
	return new TextEncoder().encode(JSON.stringify(entry));
}

/** The entry, or null for whole bytes that this version can't read: they stay in the file. */
export function decodeEntry(body: Uint8Array): JournalEntry | null {
	try {
		const entry: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
		return Value.Check(JournalEntry, entry) ? entry : null;
	} catch {
		return null;
	}
}
