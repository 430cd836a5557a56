import { randomBytes, randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { EnrollAnswer, EnrollRequest } from '../../../shared/protocol/messages.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { credentialHash } from './authenticate-device.ts';

const credentialDays = 365;

export type Enrollment =
	| { readonly ok: true; readonly answer: EnrollAnswer }
	/** other_site: the device belongs to a site that is not the code's. */
	| { readonly ok: false; readonly reason: 'wrong_code' | 'code_used' | 'code_expired' | 'other_site' };

/**
 * Enrolls a device by a code that works once: gives it a lane and a new credential, of which only the hash is kept. A device
 * that names itself keeps its lane, and may use its own code again, so that a lost answer does no harm.
 */
export async function enrollDevice(
	parts: { readonly db: Kysely<Tables>; readonly clock: Clock },
	request: EnrollRequest,
): Promise<Enrollment> {
	return inTransaction(parts.db, async (transaction): Promise<Enrollment> => {
		const now = parts.clock.now();
		const code = await transaction
			.selectFrom('enrollment_code')
			.selectAll()
			.where('code', '=', request.code.trim().toUpperCase())
			.forUpdate()
			.executeTakeFirst();
		if (code === undefined) return { ok: false, reason: 'wrong_code' };
		if (code.device_id !== null && code.device_id !== request.deviceId) return { ok: false, reason: 'code_used' };
		if (Temporal.Instant.compare(Temporal.Instant.from(code.expires_at), now) <= 0) {
			return { ok: false, reason: 'code_expired' };
		}
		const credential = randomBytes(32).toString('base64url');
		const expiresAt = now.add({ hours: credentialDays * 24 }).toString();
		const deviceId = request.deviceId ?? randomUUID();
		const device = await transaction
			.insertInto('device')
			.values({
				id: deviceId,
				site_id: code.site_id,
				name: request.deviceName,
				credential_hash: credentialHash(credential),
				credential_expires_at: expiresAt,
				created_at: now.toString(),
				last_seen_at: now.toString(),
			})
			.onConflict((conflict) =>
				conflict
					.column('id')
					.doUpdateSet({
						name: request.deviceName,
						credential_hash: credentialHash(credential),
						credential_expires_at: expiresAt,
						revoked_at: null,
						last_seen_at: now.toString(),
					})
					.where('device.site_id', '=', code.site_id),
			)
			.returning('id')
			.executeTakeFirst();
		if (device === undefined) return { ok: false, reason: 'other_site' };
		await transaction
			.updateTable('enrollment_code')
			.set({ device_id: deviceId })
			.where('code', '=', code.code)
			.execute();
		return {
			ok: true,
			answer: await answerFor(transaction, { deviceId, siteId: code.site_id, credential, expiresAt, now }),
		};
	});
}

async function answerFor(
	transaction: Transaction<Tables>,
	enrolled: { deviceId: string; siteId: string; credential: string; expiresAt: string; now: Temporal.Instant },
): Promise<EnrollAnswer> {
	const { deviceId, siteId } = enrolled;
	const site = await transaction.selectFrom('site').select('body').where('id', '=', siteId).executeTakeFirstOrThrow();
	const associates = await transaction
		.selectFrom('associate')
		.select('body')
		.where('site_id', '=', siteId)
		.orderBy('id')
		.execute();
	const lane = await laneOf(transaction, deviceId);
	return {
		deviceId,
		laneId: lane.id,
		siteId,
		siteName: site.body.name,
		credential: enrolled.credential,
		credentialExpiresAt: enrolled.expiresAt,
		lastSeq: lane.last_seq,
		lastHash: lane.last_hash,
		associates: associates.map(({ body }) => body),
		serverTime: enrolled.now.toString(),
	};
}

async function laneOf(transaction: Transaction<Tables>, deviceId: string) {
	const known = await transaction.selectFrom('lane').selectAll().where('device_id', '=', deviceId).executeTakeFirst();
	if (known !== undefined) return known;
	return transaction
		.insertInto('lane')
		.values({ id: randomUUID(), device_id: deviceId })
		.returningAll()
		.executeTakeFirstOrThrow();
}
