import { connectToReplica } from '../../renderer/src/replica/connected-replica.ts';
import type { GenerationReader } from '../../renderer/src/replica/generation-reader.ts';
import type { LiveSite } from '../../renderer/src/replica/live-site.ts';
import type { DeviceCore } from '../../shared/device/device-core.ts';
import type { MemoryGeneration, MemoryReplica } from '../../shared/device/simulated/memory-replica.ts';
import type { CollectionName, DocumentOf } from '../../shared/schema/documents.ts';

/** What the user of a device sees: the real projection, over the simulated replica. */
export interface SimulatedWindow {
	/** Null until it has been read. */
	readonly live: LiveSite | null;
	close(): void;
}

export function openWindow(core: DeviceCore, siteId: string, replica: () => MemoryReplica): SimulatedWindow {
	let connected: Awaited<ReturnType<typeof connectToReplica>> | null = null;
	let isClosed = false;
	void connectToReplica({
		client: core,
		siteId,
		openShown: async () => {
			const { shown } = replica();
			return shown && readerOf(shown);
		},
		pause: () => Promise.resolve(),
		onChange: () => undefined,
	}).then((found) => {
		connected = found;
		if (isClosed) void found.close();
	});
	return {
		get live() {
			return connected?.live ?? null;
		},
		close: () => {
			isClosed = true;
			void connected?.close();
		},
	};
}

function readerOf(generation: MemoryGeneration): GenerationReader {
	const all = <Name extends CollectionName>(name: Name) =>
		[...generation.documents.values()]
			.filter(({ collection }) => collection === name)
			.map(({ body, position }) => ({ document: body as DocumentOf<Name>, position }));
	return {
		number: generation.number,
		ownRows: async () => ({ checkpoints: { ...generation.checkpoints }, pages: [] }),
		readAll: async (name) => all(name),
		readByIds: async (name, ids) => all(name).filter(({ document }) => ids.includes(document.id)),
		readWhere: async (name, field, value) =>
			all(name).filter(({ document }) => Object.entries(document).some(([key, is]) => key === field && is === value)),
		close: async () => undefined,
	};
}
