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
		contents: async () => (await replica()).contents(),
		begin: async (above) => (await replica()).begin(above),
		store: async (generation, page) => (await replica()).store(generation, page),
		complete: async (generation) => (await replica()).complete(generation),
		digest: async (generation, stream) => (await replica()).digest(generation, stream),
		rights: async (generation) => (await replica()).rights(generation),
	};
}
