import type { Checkpoint, FeedDocument } from '../../protocol/messages.ts';
import { collections, type StreamName } from '../../schema/documents.ts';
import type { Replica } from '../ports.ts';

export interface MemoryReplica extends Replica {
	readonly documents: ReadonlyMap<string, FeedDocument>;
}

/** A replica in memory, for tests of the device. */
export function memoryReplica(): MemoryReplica {
	const documents = new Map<string, FeedDocument>();
	const checkpoints = new Map<StreamName, Checkpoint>();
	return {
		documents,
		checkpoint: async (stream) => checkpoints.get(stream) ?? null,
		store: async ({ stream, epoch, position, documents: page }) => {
			for (const document of page) {
				const key = `${document.collection}/${document.id}`;
				if (document.deleted) documents.delete(key);
				else documents.set(key, document);
			}
			checkpoints.set(stream, { epoch, position });
		},
		clear: async (stream) => {
			checkpoints.delete(stream);
			for (const [key, { collection }] of documents)
				if (collections[collection].stream === stream) documents.delete(key);
		},
	};
}
