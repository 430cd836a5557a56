import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { keyIdOf } from '../../../shared/domain/device-key.ts';
import type { EnrollRequest } from '../../../shared/protocol/messages.ts';
import type { Tables } from '../../database/tables.ts';
import { credentialHash, credentialOf } from './authenticate-device.ts';

/** What an enrollment says, and the credential that came with it: a device that still has one sends it along. */
export interface EnrollmentQuestion {
	readonly request: EnrollRequest;
	readonly authorization: string | undefined;
}

export type ChosenDevice =
	| {
			readonly ok: true;
			readonly deviceId: string;
			readonly revoked: string | null;
			/** The identities that a new one replaces. */
			readonly formerly: readonly string[];
	  }
	/** other_site: the device belongs to a site that is not the code's. */
	| { readonly ok: false; readonly reason: 'code_used' | 'other_site' };

interface UsedCode {
	readonly site_id: string;
	readonly device_id: string | null;
	readonly asked_device_id: string | null;
}

/**
 * Which device an enrollment is for. A device that names itself keeps its identity and lane, with two exceptions: when its lane is
 * frozen (two machines have its disk: each gets an identity of its own), and when it has keys and shows neither one of
 * them nor its old credential (anybody can name a device). The same question with the same code gets the same device.
 */
export async function chooseDevice(
	transaction: Transaction<Tables>,
	code: UsedCode,
	question: EnrollmentQuestion,
): Promise<ChosenDevice> {
	const named = question.request.deviceId;
	if (code.device_id !== null && code.device_id !== named) {
		const isRepeated = named !== undefined && named === code.asked_device_id;
		if (isRepeated && !(await hasUsedCredential(transaction, code.device_id))) return chosen(code.device_id);
		return { ok: false, reason: 'code_used' };
	}
	if (named === undefined) return chosen(randomUUID());
	const known = await transaction
		.selectFrom('device')
		.innerJoin('lane', 'lane.device_id', 'device.id')
		.select(['device.site_id', 'device.credential_hash', 'device.formerly', 'lane.frozen_reason'])
		.where('device.id', '=', named)
		.forUpdate('device')
		.executeTakeFirst();
	if (known === undefined) return chosen(named);
	if (known.site_id !== code.site_id) return { ok: false, reason: 'other_site' };
	const isProven = await showsItself(transaction, named, question, known.credential_hash);
	const isFrozen = known.frozen_reason !== null;
	if (isProven && !isFrozen) return chosen(named);
	return {
		ok: true,
		deviceId: randomUUID(),
		revoked: isProven ? named : null,
		formerly: [named, ...known.formerly],
	};
}

function chosen(deviceId: string): ChosenDevice {
	return { ok: true, deviceId, revoked: null, formerly: [] };
}

async function hasUsedCredential(transaction: Transaction<Tables>, deviceId: string): Promise<boolean> {
	const device = await transaction
		.selectFrom('device')
		.select('credential_used')
		.where('id', '=', deviceId)
		.executeTakeFirst();
	return device?.credential_used ?? true;
}

/** Naming a public key proves enough: without its private half nothing that is sent afterwards is taken for the device's. */
async function showsItself(
	transaction: Transaction<Tables>,
	deviceId: string,
	{ request, authorization }: EnrollmentQuestion,
	hash: string,
): Promise<boolean> {
	const credential = credentialOf(authorization);
	if (credential !== undefined && credentialHash(credential) === hash) return true;
	const keys = await transaction.selectFrom('device_key').select('id').where('device_id', '=', deviceId).execute();
	// Releases without keys have nothing to show.
	if (keys.length === 0) return true;
	const { publicKey } = request;
	return publicKey !== undefined && keys.some(({ id }) => id === keyIdOf(publicKey));
}
