import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { canonicalJson, operationHash } from '../../shared/domain/operation-hash.ts';
import { Id } from '../../shared/schema/field.ts';
import { OperationEnvelope } from '../../shared/schema/operation.ts';

/** The least that names an operation. With it, any bytes can be kept in their place of the lane. */
export const OperationFrame = Type.Object({
	opId: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
	deviceId: Id,
	laneId: Id,
	seq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
	previousHash: Type.String({ maxLength: 64 }),
	hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});
export type OperationFrame = Readonly<Static<typeof OperationFrame>>;

const envelopeCheck = Compile(OperationEnvelope);

export type ReadFrame =
	| { readonly ok: true; readonly envelope: OperationEnvelope }
	| { readonly ok: false; readonly reason: 'unreadable_frame' | 'hash_mismatch' | 'unreadable_payload' };

/** The envelope in a frame, with its hash verified. What can't be read is quarantined by its frame, so that it blocks nothing. */
export function readFrame(frame: OperationFrame, text: string): ReadFrame {
	if (!envelopeCheck.Check(frame)) return { ok: false, reason: 'unreadable_frame' };
	if (operationHash(frame) !== frame.hash) return { ok: false, reason: 'hash_mismatch' };
	if (!isStorableText(text)) return { ok: false, reason: 'unreadable_payload' };
	return { ok: true, envelope: frame };
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair; JSON.stringify writes both as escapes. */
export function isStorableText(json: string): boolean {
	return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(json);
}

/** A word of the device's that may be anything, made fit for a text column. */
export function storableText(text: unknown, longest: number): string {
	// An object may name its own way to become a text, and that may be none.
	const word = typeof text === 'object' && text !== null ? Object.prototype.toString.call(text) : String(text);
	return word.slice(0, longest).toWellFormed().replaceAll('\0', '\uFFFD');
}

/** A version of the device's that may be anything, made fit for an integer column; 0 for what is none. */
export function storableVersion(v: unknown): number {
	return typeof v === 'number' && Number.isInteger(v) && v > 0 && v < 2 ** 31 ? v : 0;
}

/** What an operation says, without its place in a lane. */
export function statedContent(body: unknown): string {
	const { type, v, payload, actor } = body as Partial<OperationEnvelope>;
	return canonicalJson({ type, v, payload, actor });
}
