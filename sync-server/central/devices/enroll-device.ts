import { randomBytes, randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { EnrollAnswer, EnrollRequest } from '../../../shared/protocol/messages.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { credentialHash } from './authenticate-device.ts';
import { chooseDevice } from './choose-device.ts';
import { registerKey } from './device-key.ts';

const credentialDays = 365;

export type Enrollment =
	| { readonly ok: true; readonly answer: EnrollAnswer }
	/** other_site: the device belongs to a site that is not the code's. */
	| { readonly ok: false; readonly reason: 'wrong_code' | 'code_used' | 'code_expired' | 'other_site' };

/**
 * Enrolls a device by a code that works once: gives it a lane and a new credential, of which only the hash is kept, and registers
 * its key. Who asks may use the own code again, so that a lost answer does no harm. Which device and lane it is, the answer
 * says: they need not be those that were named.
 * @param authorization the header that came with the request, if any
 */
export async function enrollDevice(
	parts: { readonly db: Kysely<Tables>; readonly clock: Clock },
	request: EnrollRequest,
	authorization?: string,
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
		const chosen = await chooseDevice(transaction, code, { request, authorization });
		if (!chosen.ok) return chosen;
		if (Temporal.Instant.compare(Temporal.Instant.from(code.expires_at), now) <= 0) {
			return { ok: false, reason: 'code_expired' };
		}
		const { deviceId, revoked, formerly } = chosen;
		const credential = randomBytes(32).toString('base64url');
		const expiresAt = now.add({ hours: credentialDays * 24 }).toString();
		const given = {
			name: request.deviceName,
			credential_hash: credentialHash(credential),
			credential_expires_at: expiresAt,
			credential_used: false,
			revoked_at: null,
			last_seen_at: now.toString(),
		};
		await transaction
			.insertInto('device')
			.values({
				...given,
				id: deviceId,
				site_id: code.site_id,
				formerly: [...formerly],
				created_at: now.toString(),
			})
			.onConflict((conflict) => conflict.column('id').doUpdateSet(given))
			.execute();
		if (revoked !== null) {
			await transaction.updateTable('device').set({ revoked_at: now.toString() }).where('id', '=', revoked).execute();
		}
		const { publicKey } = request;
		if (publicKey !== undefined) await registerKey(transaction, { deviceId, publicKey, now: now.toString() });
		await transaction
			.updateTable('enrollment_code')
			.set({ device_id: deviceId, asked_device_id: request.deviceId ?? null })
			.where('code', '=', code.code)
			.execute();
		const asked = deviceId === request.deviceId ? request.laneId : undefined;
		const lane = await laneOf(transaction, deviceId, { asked, hasKey: publicKey !== undefined });
		const enrolled = { deviceId, siteId: code.site_id, credential, expiresAt, now, lane };
		return { ok: true, answer: await answerFor(transaction, enrolled) };
	});
}

type Lane = { readonly id: string; readonly last_seq: number; readonly last_hash: string };

async function answerFor(
	transaction: Transaction<Tables>,
	enrolled: {
		deviceId: string;
		siteId: string;
		credential: string;
		expiresAt: string;
		now: Temporal.Instant;
		lane: Lane;
	},
): Promise<EnrollAnswer> {
	const { deviceId, siteId, lane } = enrolled;
	const site = await transaction.selectFrom('site').select('body').where('id', '=', siteId).executeTakeFirstOrThrow();
	const associates = await transaction
		.selectFrom('associate')
		.select('body')
		.where('site_id', '=', siteId)
		.orderBy('id')
		.execute();
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

/**
 * The device's lane. A new one of a device with a key is signed from its first operation on. A lane that the device has had, and
 * that nobody knows here, is made again, empty: before a backup was restored, central held all of it.
 */
async function laneOf(
	transaction: Transaction<Tables>,
	deviceId: string,
	{ asked, hasKey }: { readonly asked: string | undefined; readonly hasKey: boolean },
): Promise<Lane> {
	const known = await transaction.selectFrom('lane').selectAll().where('device_id', '=', deviceId).executeTakeFirst();
	if (known !== undefined) return known;
	if (asked !== undefined) {
		const again = await transaction
			.insertInto('lane')
			.values({ id: asked, device_id: deviceId })
			.onConflict((conflict) => conflict.column('id').doNothing())
			.returningAll()
			.executeTakeFirst();
		if (again !== undefined) return again;
	}
	return transaction
		.insertInto('lane')
		.values({ id: randomUUID(), device_id: deviceId, signs: hasKey })
		.returningAll()
		.executeTakeFirstOrThrow();
}
