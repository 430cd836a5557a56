import type { DeviceClient, DeviceEvent, DeviceStatus } from '../../../shared/device/device-client.ts';
import type { StreamName } from '../../../shared/schema/documents.ts';
import type { GenerationReader } from './generation-reader.ts';
import { type LiveSite, openLiveSite } from './live-site.ts';
import { type ChangedDocument, readChanges, readWholeSite, streamNames } from './read-site.ts';

/** The replica and its projection, kept up to date by the device core's events. */
export interface ConnectedReplica {
	readonly siteId: string;
	/** Another one when another generation is shown. */
	readonly live: LiveSite;
	/** The generation that is shown; null while none is complete. */
	readonly reader: GenerationReader | null;
	readonly close: () => Promise<void>;
}

export interface ReplicaParts {
	readonly client: Pick<DeviceClient, 'subscribe' | 'operations' | 'status'>;
	readonly siteId: string;
	readonly openShown: (siteId: string) => Promise<GenerationReader | null>;
	readonly pause: (milliseconds: number) => Promise<void>;
	/** Something that is shown has changed. */
	readonly onChange: () => void;
}

/** A generation with what is shown of it. */
interface Shown {
	readonly reader: GenerationReader;
	readonly live: LiveSite;
	/** How far it was told that each stream is stored. */
	readonly told: Record<StreamName, number>;
	/** What pages changed that later ones had overtaken already when they were to be read. */
	readonly postponed: Record<StreamName, readonly ChangedDocument[]>;
}

type StoredEvent = Extract<DeviceEvent, { kind: 'stored' }>;

/**
 * Loads the site's work into memory and follows the device core. Resolves when everything that is stored is in memory. People
 * work on one generation until the next one is complete and read; then that takes its place in one step.
 */
export async function connectToReplica(parts: ReplicaParts): Promise<ConnectedReplica> {
	const { client, siteId, onChange } = parts;
	let shown: Shown | null = null;
	let live = openLiveSite(siteId);
	/** What takes its place as soon as it is read: operations that are made meanwhile go to both. */
	let next: LiveSite | null = null;
	let deviceId: string | null = null;
	// Events wait for their turn: each page is shown as a whole, and in order.
	let turn: Promise<void> = Promise.resolve();
	live.subscribe(onChange);

	const inTurn = (work: () => Promise<void>) => {
		turn = turn.then(work).catch((failure: unknown) => {
			// What is in memory stays usable; the next status tells that something is missing.
			console.error('The replica could not be read', failure);
		});
	};

	/** Reads the generation that is to be shown as a whole, and shows it. */
	const showAnew = async (number: number | null) => {
		const isOpen = shown !== null && shown.reader.number === number;
		const reader = isOpen ? (shown?.reader ?? null) : await parts.openShown(siteId);
		if (reader === null) return;
		const coming = openLiveSite(siteId);
		next = coming;
		try {
			// First: what leaves this list from now on is in the documents that are read after it.
			coming.operate(await client.operations(0));
			const { documents, checkpoints } = await readWholeSite(reader, parts.pause);
			coming.confirm(documents, checkpoints.site ?? undefined);
			const told = { site: checkpoints.site?.position ?? 0, shared: checkpoints.shared?.position ?? 0 };
			const before = shown;
			shown = { reader, live: coming, told, postponed: { site: [], shared: [] } };
			live = coming;
			coming.subscribe(onChange);
			onChange();
			if (before !== null && before.reader !== reader) await before.reader.close();
		} catch (error) {
			if (!isOpen) await reader.close();
			throw error;
		} finally {
			next = null;
		}
	};

	const follow = async (event: StoredEvent) => {
		if (shown?.reader.number !== event.generation) return;
		const { reader, told, postponed } = shown;
		const { stream, position, laneId, ownSeq } = event;
		const own = stream === 'site' ? { laneId, ownSeq } : undefined;
		if (position < told[stream]) return;
		const isRead = position === told[stream];
		told[stream] = position;
		const changed = isRead ? postponed[stream] : [...postponed[stream], ...event.changed];
		const changes = await readChanges(reader, changed, position);
		postponed[stream] = changes === null ? changed : [];
		if (changes !== null) shown.live.confirm(changes, own);
	};

	/** Another generation, another lane, or pages of which nobody told, as the tab that led is gone: all is read anew. */
	const compare = async (status: DeviceStatus) => {
		const isOtherLane = deviceId !== null && deviceId !== (status.enrolled?.deviceId ?? null);
		deviceId = status.enrolled?.deviceId ?? null;
		if (status.replicaGeneration === null || status.enrolled?.siteId !== siteId) return;
		const isOther = shown?.reader.number !== status.replicaGeneration;
		const isBehind = (name: StreamName) => (status.streams[name]?.position ?? 0) > (shown?.told[name] ?? 0);
		if (isOther || isOtherLane || streamNames.some(isBehind)) await showAnew(status.replicaGeneration);
	};

	const hear = (event: DeviceEvent) => {
		if (event.kind === 'status') inTurn(() => compare(event.status));
		else if (event.kind === 'stored') inTurn(() => follow(event));
		else if (event.kind === 'swapped')
			inTurn(async () => {
				if (shown?.reader.number !== event.generation) await showAnew(event.generation);
			});
		else {
			live.operate(event.operations);
			next?.operate(event.operations);
			// What a lane before had sent leaves with the page that holds it, which may still wait for its turn, or has been read.
			inTurn(async () => {
				if (!shown?.postponed.site.length) live.confirm([]);
			});
		}
	};
	const leave = client.subscribe(hear);
	inTurn(async () => {
		live.operate(await client.operations(0));
		if (shown === null) await showAnew(null);
	});
	await turn;
	return {
		siteId,
		get live() {
			return live;
		},
		get reader() {
			return shown?.reader ?? null;
		},
		close: async () => {
			leave();
			await turn;
			await shown?.reader.close();
		},
	};
}
