import type { Kysely } from 'kysely';
import type { WakeEvent } from '../../shared/protocol/messages.ts';
import { sharedStream, siteStream, wakeChannel } from '../database/documents.ts';
import { listenToNotices } from '../database/notices.ts';
import type { Tables } from '../database/tables.ts';

/** Somebody who waits for news of one site's stream and of the shared one. */
export interface Listener {
	readonly siteId: string;
	readonly wake: (event: WakeEvent) => void;
	/** A sign of life, when there is nothing to say. */
	readonly beat: () => void;
}

export interface WakeHub {
	/** Tells at once how far the streams reach, then whenever they grow. @returns stops it */
	add(listener: Listener): Promise<() => void>;
	size(): number;
	close(): Promise<void>;
}

const heartbeatMs = 15_000;

/**
 * Listens to PostgreSQL on one connection for all who wait. The connection is opened again when it is lost; then everybody is
 * told anew how far the streams reach, for what was said meanwhile went unheard.
 */
export async function openWakeHub(parts: {
	readonly db: Kysely<Tables>;
	readonly url: string;
	readonly log: (line: string) => void;
}): Promise<WakeHub> {
	const { db, url, log } = parts;
	const listeners = new Set<Listener>();
	const heads = new Map<string, number>();
	const grown = new Set<string>();

	const eventFor = ({ siteId }: Listener): WakeEvent => ({
		site: heads.get(siteStream(siteId)) ?? 0,
		shared: heads.get(sharedStream) ?? 0,
	});

	function hear(streamId: string, head: number): void {
		// Commits may be heard late, never a lower head for a higher one.
		if ((heads.get(streamId) ?? -1) >= head) return;
		heads.set(streamId, head);
		if (grown.size === 0) setImmediate(tell);
		grown.add(streamId);
	}

	function tell(): void {
		const all = grown.has(sharedStream);
		for (const listener of listeners) {
			if (all || grown.has(siteStream(listener.siteId))) listener.wake(eventFor(listener));
		}
		grown.clear();
	}

	async function readHeads(streamIds?: readonly string[]): Promise<void> {
		let query = db.selectFrom('stream').select(['id', 'head']);
		if (streamIds !== undefined) query = query.where('id', 'in', streamIds);
		for (const { id, head } of await query.execute()) hear(id, head);
	}

	const stopListening = await listenToNotices({
		url,
		channel: wakeChannel,
		name: 'backstock wake',
		log,
		hear: (payload) => {
			const [, head, streamId] = /^(\d+) (.+)$/.exec(payload) ?? [];
			if (head !== undefined && streamId !== undefined) hear(streamId, Number(head));
		},
		// Read only now: what is committed from here on is heard. A restored backup may stand lower than what was known.
		connected: async () => {
			heads.clear();
			await readHeads();
		},
	});
	const heartbeat = setInterval(() => {
		for (const listener of listeners) listener.beat();
	}, heartbeatMs);

	return {
		async add(listener) {
			// Asked, not remembered: a notice may still be on its way.
			await readHeads([siteStream(listener.siteId), sharedStream]);
			listeners.add(listener);
			listener.wake(eventFor(listener));
			return () => void listeners.delete(listener);
		},
		size: () => listeners.size,
		async close() {
			clearInterval(heartbeat);
			listeners.clear();
			await stopListening();
		},
	};
}
