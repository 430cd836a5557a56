import type { DeviceStatus } from '../../../shared/device/device-client.ts';

export type StandingNoticeKind =
	| 'storage'
	| 'outdated'
	| 'clock_off'
	| 'clock_jumped'
	| 'replica_lost'
	| 'replica_damaged'
	| 'replica_differs'
	| 'rebuilding'
	| 'server_older'
	| 'server_newer'
	| 'recovered_tail'
	| 'recovered_middle';

export interface StandingNotice {
	readonly kind: StandingNoticeKind;
	readonly tone: 'wrong' | 'attention';
	/** Stands until it is over; the others can be put away when they were read. */
	readonly canBeClosed: boolean;
	/** The same thing has the same key: what was put away stays away until it is another. */
	readonly key: string;
	/** How far the clock is off or jumped: negative when this device is behind, or was set back. */
	readonly offMs?: number;
	/** How many places of the journal were mended. */
	readonly count?: number;
}

type Told = Pick<
	DeviceStatus,
	'connection' | 'storageProblem' | 'clockWarning' | 'replicaProblem' | 'rebuilding' | 'server' | 'recovery'
>;

/** What somebody at this device should know, the most urgent first. */
export function standingNotices(status: Told): readonly StandingNotice[] {
	const { connection, storageProblem, clockWarning, replicaProblem, rebuilding, server, recovery } = status;
	const notices: StandingNotice[] = [];
	const add = (kind: StandingNoticeKind, rest: Partial<StandingNotice> = {}) =>
		notices.push({ kind, tone: 'attention', canBeClosed: true, key: kind, ...rest });
	if (storageProblem !== null) add('storage', { tone: 'wrong', canBeClosed: false });
	if (connection.kind === 'outdated') add('outdated', { canBeClosed: false });
	const damaged = recovery.filter(({ what }) => what === 'damaged_middle').length;
	if (damaged > 0) add('recovered_middle', { tone: 'wrong', count: damaged });
	if (clockWarning !== null) {
		const { kind, offMs } = clockWarning;
		// Put away, it comes again when the clock goes wrong anew, not with each second that it drifts.
		add(kind === 'off' ? 'clock_off' : 'clock_jumped', { offMs, key: `${kind} ${Math.round(offMs / 600_000)}` });
	}
	if (replicaProblem !== null) add(`replica_${replicaProblem}`, { canBeClosed: false });
	else if (rebuilding) add('rebuilding', { canBeClosed: false });
	if (server === 'older' || server === 'newer') {
		// An outdated app has been told what to do already.
		if (connection.kind !== 'outdated') add(`server_${server}`);
	}
	const torn = recovery.filter(({ what }) => what === 'torn_tail').length;
	if (torn > 0) add('recovered_tail', { count: torn });
	return notices;
}
