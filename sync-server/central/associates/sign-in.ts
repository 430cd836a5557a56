import type { Kysely } from 'kysely';
import type { SignInAnswer, SignInRequest } from '../../../shared/protocol/messages.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Device } from '../devices/authenticate-device.ts';
import { checkPin } from './check-pin.ts';
import { grantLifetime, signGrant } from './grant.ts';

export const failuresBeforeLock = 5;
const firstLockMinutes = 5;
const longestLockMinutes = 24 * 60;

export type SignIn =
	| { readonly ok: true; readonly answer: SignInAnswer }
	| { readonly ok: false; readonly reason: 'unknown_associate' }
	| { readonly ok: false; readonly reason: 'wrong_pin'; readonly attemptsLeft: number }
	| { readonly ok: false; readonly reason: 'locked'; readonly lockedUntil: string };

/** How long an associate is locked after so many wrong PINs in a row: 5 minutes from the fifth on, doubling; at most a day. */
export function lockMinutes(failures: number): number {
	if (failures < failuresBeforeLock) return 0;
	return Math.min(firstLockMinutes * 2 ** (failures - failuresBeforeLock), longestLockMinutes);
}

/**
 * Checks a PIN and gives a grant. Wrong PINs are counted in the database, and the associate's row is locked meanwhile, so
 * that neither a restart nor many guesses at once give more attempts.
 */
export async function signIn(
	parts: { readonly db: Kysely<Tables>; readonly clock: Clock; readonly grantSecret: string },
	device: Device,
	request: SignInRequest,
): Promise<SignIn> {
	return inTransaction(parts.db, async (transaction): Promise<SignIn> => {
		const row = await transaction
			.selectFrom('associate')
			.select(['body', 'pin_hash', 'failures', 'locked_until'])
			.where('id', '=', request.associateId)
			.where('site_id', '=', device.siteId)
			.forUpdate()
			.executeTakeFirst();
		if (row === undefined) return { ok: false, reason: 'unknown_associate' };
		const now = parts.clock.now();
		if (row.locked_until !== null && Temporal.Instant.compare(now, Temporal.Instant.from(row.locked_until)) < 0) {
			return { ok: false, reason: 'locked', lockedUntil: row.locked_until };
		}
		const fits = await checkPin(request.pin, row.pin_hash);
		const failures = fits ? 0 : row.failures + 1;
		const minutes = lockMinutes(failures);
		const lockedUntil = minutes > 0 ? now.add({ minutes }).toString() : null;
		await transaction
			.updateTable('associate')
			.set({ failures, locked_until: lockedUntil })
			.where('id', '=', request.associateId)
			.execute();
		if (lockedUntil !== null) return { ok: false, reason: 'locked', lockedUntil };
		if (!fits) return { ok: false, reason: 'wrong_pin', attemptsLeft: failuresBeforeLock - failures };
		const { id, name, roles, siteId } = row.body;
		const expiresAt = now.add(grantLifetime).toString();
		return {
			ok: true,
			answer: {
				associate: { id, name, roles, siteId },
				grant: signGrant(
					{ associateId: id, name, roles, siteId, deviceId: device.deviceId, expiresAt },
					parts.grantSecret,
				),
				grantExpiresAt: expiresAt,
				serverTime: now.toString(),
			},
		};
	});
}
