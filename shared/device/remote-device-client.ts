import type { DeviceCall, DeviceEvents, DeviceMethod, DeviceReply } from './bridge-messages.ts';
import type { AskResult, DeviceClient, DeviceEvent } from './device-client.ts';

export interface RemoteDevice {
	readonly client: DeviceClient;
	/** Takes in what the other side says. */
	receive(message: DeviceReply | DeviceEvents): void;
}

/** A device client whose core is on the other side of a message port. `newId` gives UUIDs of version 7. */
export function remoteDevice(send: (call: DeviceCall) => void, newId: () => string): RemoteDevice {
	const waiting = new Map<string, PromiseWithResolvers<unknown>>();
	const listeners = new Set<(event: DeviceEvent) => void>();

	function call<M extends DeviceMethod>(method: M, ...args: readonly unknown[]): ReturnType<DeviceClient[M]> {
		const id = newId();
		const reply = Promise.withResolvers<unknown>();
		waiting.set(id, reply);
		send({ kind: 'call', id, method, args });
		return reply.promise as ReturnType<DeviceClient[M]>;
	}

	const client: DeviceClient = {
		status: () => call('status'),
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		enroll: (code, deviceName) => call('enroll', code, deviceName),
		signIn: (associateId, pin) => call('signIn', associateId, pin),
		signOut: () => call('signOut'),
		record: (type, payload) => call('record', type, payload, newId()),
		operations: (limit) => call('operations', limit),
		bringOrder: (number) => call('bringOrder', number),
		ask: (kind, question) => call('ask', kind, question) as Promise<AskResult<typeof kind>>,
		rightsLeft: (skus) => call('rightsLeft', skus),
		retryNow: () => call('retryNow'),
		exportJournal: () => call('exportJournal'),
	};

	function receive(message: DeviceReply | DeviceEvents): void {
		if (message.kind === 'events') {
			for (const event of message.events) for (const listener of [...listeners]) listener(event);
			return;
		}
		const reply = waiting.get(message.id);
		waiting.delete(message.id);
		if (message.ok) reply?.resolve(message.value);
		else reply?.reject(new Error(message.error));
	}

	return { client, receive };
}
