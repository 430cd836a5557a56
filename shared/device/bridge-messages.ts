import type { DeviceClient, DeviceEvent } from './device-client.ts';
import type { Replica } from './ports.ts';

/** What a page and the device core behind a worker or the shell say to each other. All of it survives a structured clone. */

export const deviceMethods = [
	'status',
	'enroll',
	'signIn',
	'signOut',
	'record',
	'operations',
	'bringOrder',
	'ask',
	'rightsLeft',
	'retryNow',
	'exportJournal',
] as const satisfies readonly (keyof DeviceClient)[];
export type DeviceMethod = (typeof deviceMethods)[number];

/** A call; `id` is unique over all pages. A call whose answer was lost may be made again under the same id. */
export interface DeviceCall {
	readonly kind: 'call';
	readonly id: string;
	readonly method: DeviceMethod;
	/** With `record`: type, payload, and the operation's id, which makes a repeated call harmless. */
	readonly args: readonly unknown[];
}

export type DeviceReply = { readonly kind: 'reply'; readonly id: string } & Settled;

/** Events that belong together: a page handles them in one turn. */
export interface DeviceEvents {
	readonly kind: 'events';
	readonly events: readonly DeviceEvent[];
}

/** The replica lives in the page; the device core reaches it by these. */
export interface ReplicaCall {
	readonly kind: 'replica_call';
	readonly id: number;
	readonly siteId: string;
	readonly method: keyof Replica;
	readonly args: readonly unknown[];
}

export type ReplicaReply = { readonly kind: 'replica_reply'; readonly id: number } & Settled;

export type ToCore = DeviceCall | ReplicaReply;
export type ToPage = DeviceReply | DeviceEvents | ReplicaCall;

type Settled =
	| { readonly ok: true; readonly value: unknown }
	| { readonly ok: false; readonly error: string; readonly storageFull?: boolean };

export type ReplicaOf = (siteId: string) => Promise<Replica>;
