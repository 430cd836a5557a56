import type { StreamName } from '../schema/documents.ts';
import type { ReplicaCall, ReplicaOf, ReplicaReply } from './bridge-messages.ts';
import { type Replica, StorageFullError, type StoredPage } from './ports.ts';

export interface RemoteReplica {
	readonly open: (siteId: string) => Replica;
	receive(reply: ReplicaReply): void;
	/** The page is gone: nothing that waits for it will be answered. */
	abandon(): void;
}

/** The replica in a page, as the device core uses it. */
export function remoteReplica(send: (call: ReplicaCall) => void): RemoteReplica {
	const waiting = new Map<number, PromiseWithResolvers<unknown>>();
	let lastId = 0;

	function call<M extends keyof Replica>(siteId: string, method: M, ...args: Parameters<Replica[M]>) {
		const id = ++lastId;
		const reply = Promise.withResolvers<unknown>();
		waiting.set(id, reply);
		send({ kind: 'replica_call', id, siteId, method, args });
		return reply.promise as ReturnType<Replica[M]>;
	}

	return {
		open: (siteId) => ({
			contents: () => call(siteId, 'contents'),
			begin: (above) => call(siteId, 'begin', above),
			store: (generation, page) => call(siteId, 'store', generation, page),
			complete: (generation) => call(siteId, 'complete', generation),
			digest: (generation, stream) => call(siteId, 'digest', generation, stream),
			rights: (generation) => call(siteId, 'rights', generation),
		}),
		receive: (reply) => {
			const { resolve, reject } = waiting.get(reply.id) ?? {};
			waiting.delete(reply.id);
			if (reply.ok) resolve?.(reply.value);
			else reject?.(reply.storageFull ? new StorageFullError(reply.error) : new Error(reply.error));
		},
		abandon: () => {
			for (const { reject } of waiting.values()) reject(new Error('the page with the replica is gone'));
			waiting.clear();
		},
	};
}

/** The page's side: carries a call out on its own replica; never rejects. */
export async function answerReplicaCall(openReplica: ReplicaOf, call: ReplicaCall): Promise<ReplicaReply> {
	try {
		const replica = await openReplica(call.siteId);
		return { kind: 'replica_reply', id: call.id, ok: true, value: await carryOut(replica, call) };
	} catch (error) {
		const storageFull = error instanceof Error && /Quota/.test(`${error.name} ${error.message}`);
		return { kind: 'replica_reply', id: call.id, ok: false, error: String(error), storageFull };
	}
}

async function carryOut(replica: Replica, { method, args: [first, second] }: ReplicaCall): Promise<unknown> {
	switch (method) {
		case 'contents':
			return await replica.contents();
		case 'begin':
			return await replica.begin(first as number);
		case 'store':
			return await replica.store(first as number, second as StoredPage);
		case 'complete':
			return await replica.complete(first as number);
		case 'digest':
			return await replica.digest(first as number, second as StreamName);
		case 'rights':
			return await replica.rights(first as number);
	}
}
