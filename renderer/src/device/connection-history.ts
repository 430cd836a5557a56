import type { Connection, DeviceStatus } from '../../../shared/device/device-client.ts';

/** One change of the connection, as this window saw it. */
export interface ConnectionChange {
	/** By this device's clock. */
	readonly atMs: number;
	readonly kind: Connection['kind'];
	/** How many operations central had not answered then. */
	readonly waiting: number;
}

export const keptChanges = 200;

/** The history with this status; the same one when the connection is what it was. */
export function historyWith(
	history: readonly ConnectionChange[],
	{ connection, waiting }: DeviceStatus,
	atMs: number,
): readonly ConnectionChange[] {
	if (history.at(-1)?.kind === connection.kind) return history;
	return [...history.slice(1 - keptChanges), { atMs, kind: connection.kind, waiting }];
}

const answering: readonly Connection['kind'][] = ['online', 'slow', 'credential', 'lane_frozen', 'outdated'];

export type LastHeard =
	/** It answers: whatever it says, it is there. */
	| { readonly kind: 'now' }
	| { readonly kind: 'at'; readonly atMs: number }
	/** Not since the app was opened. */
	| { readonly kind: 'never' };

/** When central was last heard by this window. */
export function lastHeard(history: readonly ConnectionChange[]): LastHeard {
	const latest = history.at(-1);
	if (latest === undefined) return { kind: 'never' };
	if (answering.includes(latest.kind)) return { kind: 'now' };
	const heardAt = history.findLastIndex(({ kind }) => answering.includes(kind));
	const lost = heardAt === -1 ? undefined : history[heardAt + 1];
	return lost === undefined ? { kind: 'never' } : { kind: 'at', atMs: lost.atMs };
}
