import { Compile, type Validator } from 'typebox/compile';
import {
	type Operation,
	type OperationEnvelope,
	type OperationType,
	operationKinds,
	operationTypes,
} from '../schema/operation.ts';
import type { AnyStatement } from './decision.ts';
import { upcastPayload, versionedKind } from './upcast-operation.ts';

export type ReadOperation =
	| { readonly ok: true; readonly operation: Operation }
	| { readonly ok: false; readonly reason: 'unknown_type' | 'newer_version' | 'unreadable_payload' };

const checks = new Map<OperationType, Validator>();

const isKnownType = (type: string): type is OperationType => (operationTypes as readonly string[]).includes(type);

function payloadFits(type: OperationType, payload: unknown): boolean {
	const check = checks.get(type) ?? Compile(operationKinds[type].payload);
	checks.set(type, check);
	return check.Check(payload);
}

/**
 * Gives an envelope its type, or says why it has none here: the bytes are kept all the same. An operation of an older version
 * is read as what it means today; its hash and signature belong to the envelope, not to this reading.
 */
export function readOperation(envelope: OperationEnvelope): ReadOperation {
	const { type, v } = envelope;
	if (!isKnownType(type)) return { ok: false, reason: 'unknown_type' };
	const { version } = operationKinds[type];
	if (v > version) return { ok: false, reason: 'newer_version' };
	const payload = upcastPayload(versionedKind(type), v, envelope.payload);
	if (!payloadFits(type, payload) || happenedAt(envelope) === null) return { ok: false, reason: 'unreadable_payload' };
	// The payload fits the kind that the type names; TypeScript can't follow that pair.
	return { ok: true, operation: (v === version ? envelope : { ...envelope, v: version, payload }) as Operation };
}

/** The instant that is best known: the device's wall clock, set right by the server's; null when it names none. */
function happenedAt({ occurredAt }: Pick<OperationEnvelope, 'occurredAt'>): string | null {
	try {
		const offset = Math.round(occurredAt.serverOffsetMs ?? 0);
		return Temporal.Instant.from(occurredAt.wall).add({ milliseconds: offset }).toString();
	} catch {
		return null;
	}
}

/** What the operation states. Its instant is readable: readOperation has seen to it. */
export function statementOf(operation: Operation): AnyStatement {
	const { opId, type, payload, actor } = operation;
	return { opId, type, payload, actorName: actor.name, at: happenedAt(operation) } as AnyStatement;
}
