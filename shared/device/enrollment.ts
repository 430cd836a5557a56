import type { EnrollAnswer } from '../protocol/messages.ts';
import { otherLanes } from './carry-over.ts';
import type { EnrollResult } from './device-client.ts';
import type { Enrollment, IdentityKeeper } from './device-identity.ts';
import { type JournalOwner, journalOwner } from './journal-owner.ts';
import { newOperationId } from './operation-author.ts';
import type { Central, CentralFailure, DeviceClock, DeviceKey, DeviceRandom, JournalFolder } from './ports.ts';

export interface EnrollmentParts {
	readonly identity: IdentityKeeper;
	readonly central: Central;
	readonly folder: JournalFolder;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	readonly key: DeviceKey;
	/** The last operation of this lane that the device holds, or -1 for a lane that it doesn't have. */
	readonly heldSeq: (laneId: string) => number;
}

export type EnrolledResult =
	| { readonly ok: true; readonly enrollment: Enrollment; readonly serverTime: string }
	| Extract<EnrollResult, { ok: false }>;

/**
 * Enrolls the device by a code, with its key. A device that has a journal names itself as the journal's owner, and keeps its lane. Throws
 * when the identity can't be stored.
 */
export async function enrollDevice(parts: EnrollmentParts, code: string, deviceName: string): Promise<EnrolledResult> {
	const { identity, central, key } = parts;
	const owner = await journalOwner(parts.folder);
	const deviceId = identity.current.deviceId ?? owner?.deviceId ?? newOperationId(parts.clock, parts.random);
	await identity.change((current) => ({ ...current, deviceId }));
	const lane = wholeLane(identity, owner);
	const answer = await central.enroll({ code, deviceName, deviceId, ...lane, publicKey: key.publicKey });
	if (!answer.ok) return refusalOf(answer.failure);
	const enrollment = enrollmentOf(answer.value, deviceName, parts);
	// A device whose lane was frozen gets another: what the old one had not sent goes on there.
	const carryFrom = await otherLanes(parts.folder, enrollment.laneId);
	await identity.change((current) => ({
		...current,
		deviceId: enrollment.deviceId,
		enrollment,
		carryFrom: [...carryFrom],
		associates: [...answer.value.associates],
		registeredKey: { keyId: key.keyId, epoch: '' },
	}));
	return { ok: true, enrollment, serverTime: answer.value.serverTime };
}

/**
 * Makes the device's key known to central when that knows another, or was restored from a backup since (`epoch`, of the site's stream; empty when
 * it isn't known yet). Null when nothing stands in the way of a push.
 */
export async function registerKey(
	{ identity, central, key }: Pick<EnrollmentParts, 'identity' | 'central' | 'key'>,
	epoch: string,
): Promise<CentralFailure | null> {
	const known = identity.current.registeredKey;
	const isKnown = known?.keyId === key.keyId;
	if (isKnown && (epoch === '' || known.epoch === epoch)) return null;
	if (!isKnown || known.epoch !== '') {
		const answer = await central.registerKey({ publicKey: key.publicKey });
		if (!answer.ok) {
			const { failure } = answer;
			// A server of an older release knows no keys: it takes operations without looking at their signatures.
			return failure.kind === 'refused' && failure.error === 'not_found' ? null : failure;
		}
	}
	await identity.change((current) => ({ ...current, registeredKey: { keyId: key.keyId, epoch } }));
	return null;
}

/** The lane that this device has, as long as its journal holds it from its beginning. */
function wholeLane(
	{ current: { enrollment, deviceId } }: IdentityKeeper,
	owner: JournalOwner | null,
): { readonly laneId?: string } {
	if (enrollment !== null) return enrollment.laneStart.seq === 0 ? { laneId: enrollment.laneId } : {};
	return owner?.laneId && owner.deviceId === deviceId ? { laneId: owner.laneId } : {};
}

function enrollmentOf(answer: EnrollAnswer, deviceName: string, { identity, heldSeq }: EnrollmentParts): Enrollment {
	const before = identity.current.enrollment;
	const { deviceId, laneId, siteId, siteName, credential, credentialExpiresAt, lastSeq, lastHash } = answer;
	// A lane that central knows further than this device does goes on from central's end.
	const laneStart = before !== null && lastSeq <= heldSeq(laneId) ? before.laneStart : { seq: lastSeq, hash: lastHash };
	return { deviceId, deviceName, laneId, siteId, siteName, credential, credentialExpiresAt, laneStart };
}

function refusalOf(failure: CentralFailure): Extract<EnrollResult, { ok: false }> {
	const { kind, message } = failure;
	if (kind === 'unreachable' || kind === 'unavailable') return { ok: false, reason: 'unreachable', message };
	const error = kind === 'refused' ? failure.error : null;
	return { ok: false, reason: error === 'wrong_code' || error === 'code_used' ? error : 'refused', message };
}
