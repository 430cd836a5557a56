import type { ReplicaOf } from './bridge-messages.ts';
import type { Replica } from './ports.ts';

/** A replica that is opened when it is first needed, and again when opening failed. */
export function lazyReplica(open: ReplicaOf, siteId: string): Replica {
	let opened: Promise<Replica> | null = null;
	const replica = (): Promise<Replica> => {
		opened ??= open(siteId).catch((error: unknown) => {
			opened = null;
			throw error;
		});
		return opened;
	};
	return {
		checkpoint: async (stream) => (await replica()).checkpoint(stream),
		store: async (page) => (await replica()).store(page),
		clear: async (stream) => (await replica()).clear(stream),
	};
}
