import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';

/** An enrolled device, as its credential names it. */
export interface Device {
	readonly deviceId: string;
	readonly siteId: string;
	readonly laneId: string;
	/** Its identities before this one, if it had any. */
	readonly formerly?: readonly string[];
}

export type Authentication =
	| { readonly ok: true; readonly device: Device }
	| { readonly ok: false; readonly reason: 'missing' | 'unknown' | 'expired' | 'revoked' };

interface DeviceRow {
	readonly id: string;
	readonly site_id: string;
	readonly lane_id: string;
	readonly credential_expires_at: string;
	readonly revoked_at: string | null;
	readonly last_seen_at: string;
	readonly credential_used: boolean;
	readonly formerly: readonly string[];
}

const byCredential = prepared<DeviceRow>(
	'device_by_credential',
	`SELECT device.id, device.site_id, lane.id AS lane_id, device.credential_expires_at, device.revoked_at, device.last_seen_at,
		device.credential_used, device.formerly
	FROM device JOIN lane ON lane.device_id = device.id WHERE device.credential_hash = $1`,
);
const markSeen = prepared<never>(
	'mark_device_seen',
	'UPDATE device SET last_seen_at = $2, credential_used = true WHERE id = $1',
);

export function credentialHash(credential: string): string {
	return createHash('sha256').update(credential).digest('hex');
}

/** What an `Authorization: Bearer …` header carries; undefined for what is none. */
export function credentialOf(header: string | undefined): string | undefined {
	return /^Bearer ([\w-]{20,200})$/.exec(header ?? '')?.[1];
}

/** Finds the device behind an `Authorization: Bearer …` header. */
export async function authenticateDevice(
	db: Kysely<Tables>,
	clock: Clock,
	header: string | undefined,
): Promise<Authentication> {
	const credential = credentialOf(header);
	if (credential === undefined) return { ok: false, reason: header === undefined ? 'missing' : 'unknown' };
	const [row] = await byCredential(db, [credentialHash(credential)]);
	if (row === undefined) return { ok: false, reason: 'unknown' };
	const now = clock.now();
	if (row.revoked_at !== null) return { ok: false, reason: 'revoked' };
	if (Temporal.Instant.compare(Temporal.Instant.from(row.credential_expires_at), now) <= 0) {
		return { ok: false, reason: 'expired' };
	}
	const unseen = now.since(Temporal.Instant.from(row.last_seen_at)).total('minutes');
	if (Math.abs(unseen) >= 1 || !row.credential_used) await markSeen(db, [row.id, now.toString()]);
	const { id, site_id, lane_id, formerly } = row;
	return { ok: true, device: { deviceId: id, siteId: site_id, laneId: lane_id, formerly } };
}
