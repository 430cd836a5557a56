import { readOperation, statementOf } from '../../shared/domain/read-operation.ts';
import { type TouchedDocuments, touchedDocuments } from '../../shared/domain/touched-documents.ts';
import type { Operation } from '../../shared/schema/operation.ts';
import { type GrantVerdict, verifyGrant } from '../central/associates/grant.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
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
	readonly read: Read;
}

/** Reads an operation as far as it can be read. */
export function readIncoming(
	{ clock, grantSecret }: { readonly clock: Clock; readonly grantSecret: string },
	device: Device,
	frame: OperationFrame,
): Incoming {
	const text = JSON.stringify(frame);
	const receivedAt = clock.now().toString();
	const framed = readFrame(frame, text);
	if (!framed.ok) return { frame, text, receivedAt, read: framed };
	const { envelope } = framed;
	const known = readOperation(envelope);
	if (!known.ok) return { frame, text, receivedAt, read: known };
	const { operation } = known;
	const at = earlier(statementOf(operation).at, receivedAt);
	const { deviceId, siteId } = device;
	const grant = verifyGrant(
		envelope.grant,
		{ associateId: envelope.actor.associateId, deviceId, siteId, at },
		grantSecret,
	);
	const touched = touchedDocuments(operation.type, operation.payload);
	return { frame, text, receivedAt, read: { ok: true, operation, touched, grant, at } };
}

/** A device's clock may run ahead; what it did has happened all the same, at the latest now. */
function earlier(a: string, b: string): string {
	return Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b)) <= 0 ? a : b;
}
