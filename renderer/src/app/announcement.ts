import type { DeviceStatus } from '../../../shared/device/device-client.ts';

/** What a screen reader has been told. */
export interface Announced {
	readonly kind: DeviceStatus['connection']['kind'] | 'storage';
	/** Work waited while central was away or slow: that it has gone is news. */
	readonly workWaited: boolean;
}

export interface Announcement {
	readonly say: 'connection' | 'nothing_waits' | null;
	readonly announced: Announced | null;
}

/**
 * What to tell a screen reader now. Only what changes how somebody works: not each number that goes up or down, and not that all
 * is well at the start.
 */
export function announcementOf(
	before: Announced | null,
	{ connection, storageProblem, waiting }: Pick<DeviceStatus, 'connection' | 'storageProblem' | 'waiting'>,
): Announcement {
	const kind = storageProblem === null ? connection.kind : 'storage';
	if (kind === 'starting') return { say: null, announced: before };
	const waitsForCentral = kind !== 'online' && waiting > 0;
	const workWaited = before?.workWaited === true || waitsForCentral;
	if (before === null) return { say: kind === 'online' ? null : 'connection', announced: { kind, workWaited } };
	if (before.kind !== kind) return { say: 'connection', announced: { kind, workWaited } };
	if (workWaited && waiting === 0) return { say: 'nothing_waits', announced: { kind, workWaited: false } };
	return { say: null, announced: { kind, workWaited } };
}
