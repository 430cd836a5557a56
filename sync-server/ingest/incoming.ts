import { readOperation, statementOf } from '../../shared/domain/read-operation.ts';
import { type TouchedDocuments, touchedDocuments } from '../../shared/domain/touched-documents.ts';
import type { Operation } from '../../shared/schema/operation.ts';
import { type GrantVerdict, verifyGrant } from '../central/associates/grant.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import type { FindPlace } from '../central/routing/place-of-address.ts';
import type { Clock } from '../clock.ts';
import type { QuarantineReason } from './judge-operation.ts';
import { type OperationFrame, readFrame } from './read-frame.ts';

type Read =
	| {
			readonly ok: true;
			readonly operation: Operation;
			readonly touched: TouchedDocuments;
			readonly grant: GrantVerdict;
			readonly at: string;
	  }
	| { readonly ok: false; readonly reason: QuarantineReason };

/** What a device sent, read as far as it can be. */
export interface Incoming {
	readonly frame: OperationFrame;
	readonly text: string;
	readonly receivedAt: string;
	/** False for what is damaged: its hash vouches for nothing, so nothing could be signed by it. */
	readonly isSound: boolean;
	readonly read: Read;
	readonly findPlace?: FindPlace | undefined;
}

/** What a device sent, and whether its key signed it. */
export interface Verified extends Incoming {
	readonly signed: boolean;
	/** It was taken in before and quarantined, and is judged once more. */
	readonly isKept: boolean;
}

export interface Reading {
	readonly grantSecret: string;
	/** What this release can read; another one's instead, where a test lets a server of another release run. */
	readonly readOperation?: typeof readOperation;
}

type Author = Pick<Device, 'deviceId' | 'siteId' | 'formerly'>;

/** Reads an operation as far as it can be read. */
export function readIncoming(
	reading: Reading & { readonly clock: Clock },
	device: Author,
	frame: OperationFrame,
): Incoming {
	return readAt(reading, device, frame, reading.clock.now().toString());
}

/** Reads an operation as one that came at this instant. */
export function readAt(
	{ grantSecret, readOperation: readEnvelope = readOperation }: Reading,
	{ deviceId, siteId, formerly = [] }: Author,
	frame: OperationFrame,
	receivedAt: string,
): Incoming {
	const text = JSON.stringify(frame);
	const framed = readFrame(frame, text);
	if (!framed.ok) return { frame, text, receivedAt, isSound: false, read: framed };
	const { envelope } = framed;
	const known = readEnvelope(envelope);
	if (!known.ok) return { frame, text, receivedAt, isSound: true, read: known };
	const { operation } = known;
	const at = earlier(statementOf(operation).at, receivedAt);
	const grant = verifyGrant(
		envelope.grant,
		{ associateId: envelope.actor.associateId, deviceId, formerly, siteId, at },
		grantSecret,
	);
	const touched = touchedDocuments(operation.type, operation.payload, siteId);
	return { frame, text, receivedAt, isSound: true, read: { ok: true, operation, touched, grant, at } };
}

/** A device's clock may run ahead; what it did has happened all the same, at the latest now. */
function earlier(a: string, b: string): string {
	return Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b)) <= 0 ? a : b;
}
