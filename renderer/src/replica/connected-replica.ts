import type { DeviceClient, DeviceEvent, DeviceStatus } from '../../../shared/device/device-client.ts';
import {
	type CollectionName,
	collectionNames,
	collections,
	type StreamName,
} from '../../../shared/schema/documents.ts';
import { type ConfirmedChange, type LiveSite, openLiveSite } from './live-site.ts';
import { openReplicaDatabase, type ReplicaDatabase } from './replica-database.ts';
import { readAll, readCheckpoint, readStored } from './replica-rows.ts';

/** The replica and its projection, kept up to date by the device core's events. */
export interface ConnectedReplica {
	readonly siteId: string;
	readonly live: LiveSite;
	/** For reading only. */
	readonly database: ReplicaDatabase;
	/** True when the site's work is here: after the first load, and for ever after. */
	readonly isReady: () => boolean;
	readonly close: () => Promise<void>;
}

const heldInMemory: readonly CollectionName[] = ['work', 'orders', 'meta', 'sites'];

const namesOf = (stream: 'site' | 'shared') => collectionNames.filter((name) => collections[name].stream === stream);

type Changed = Extract<DeviceEvent, { kind: 'stored' }>['changed'];

/**
 * Reads what a page changed; null when a later page has already replaced some of it. Half of two pages would show an operation's
 * effects beside the operation itself, so that page's own event brings both.
 */
async function readChanges(
	database: ReplicaDatabase,
	changed: Changed,
	upTo: number,
): Promise<readonly ConfirmedChange[] | null> {
	const changes: ConfirmedChange[] = [];
	for (const collection of heldInMemory) {
		const ids = [...new Set(changed.filter((each) => each.collection === collection).map(({ id }) => id))];
		if (ids.length === 0) continue;
		const stored = await readStored(database, collection, ids);
		if (stored.some(({ position }) => position > upTo)) return null;
		const documents = new Map(stored.map(({ document }) => [document.id, document]));
		for (const id of ids) changes.push({ collection, id, document: documents.get(id) ?? null });
	}
	return changes;
}

/**
 * Loads the site's work into memory and follows the device core. `onChange` is called when readiness may have changed. Resolves
 * when everything that is stored is in memory.
 */
export async function connectToReplica(
	client: DeviceClient,
	siteId: string,
	status: DeviceStatus,
	onChange: () => void,
): Promise<ConnectedReplica> {
	const live = openLiveSite(siteId);
	const database = await openReplicaDatabase(siteId);
	let ready = false;
	let latest = status;
	let isRebuilding = false;
	const postponed: Record<StreamName, Changed> = { site: [], shared: [] };
	// Events wait for their turn, so that an operation never leaves before the page that carries its effects is read.
	let turn: Promise<void> = Promise.resolve();

	const judge = async () => {
		if (ready) return;
		const progress = latest.streams.site;
		const isComplete = progress === null || progress.position >= progress.head;
		if (!isComplete || (await readCheckpoint(database, 'site')) === null) return;
		ready = true;
		onChange();
	};
	const finishRebuild = () => {
		const { site, shared } = latest.streams;
		const isBehind = [site, shared].some((each) => each !== null && each.position < each.head);
		if (!isRebuilding || isBehind) return;
		isRebuilding = false;
		live.endRebuild();
	};
	const inTurn = (work: () => Promise<void> | void) => {
		turn = turn.then(work).catch((failure: unknown) => {
			// What is in memory stays usable; the next page brings what this one did not.
			console.error('The replica could not be read', failure);
		});
	};
	const hear = (event: DeviceEvent) => {
		if (event.kind === 'status') {
			latest = event.status;
			inTurn(async () => {
				finishRebuild();
				await judge();
			});
		} else if (event.kind === 'operations') {
			const isUnfinished = (state: string) => state === 'saved' || state === 'sent';
			live.operate(event.operations.filter(({ state }) => isUnfinished(state)));
			const finished = event.operations.filter(({ state }) => !isUnfinished(state));
			if (finished.length > 0) inTurn(() => live.operate(finished));
		} else {
			inTurn(async () => {
				if (event.cleared) {
					isRebuilding = true;
					live.beginRebuild(namesOf(event.stream));
				}
				const changed = [...postponed[event.stream], ...event.changed];
				const changes = await readChanges(database, changed, event.position);
				postponed[event.stream] = changes === null ? changed : [];
				if (changes !== null) live.confirm(changes, event.stream === 'site' ? event.position : 0);
				await judge();
			});
		}
	};
	const leave = client.subscribe(hear);
	inTurn(async () => {
		// In turn as well: asked outside, an operation that is confirmed meanwhile would stay for ever.
		const journaled = await client.operations(0);
		live.operate(journaled.filter(({ state }) => state === 'saved' || state === 'sent'));
		const found = await Promise.all(
			heldInMemory.map(async (collection) =>
				(await readAll(database, collection)).map((document) => ({ collection, id: document.id, document })),
			),
		);
		live.confirm(found.flat());
		await judge();
	});
	await turn;
	return {
		siteId,
		live,
		database,
		isReady: () => ready,
		close: async () => {
			leave();
			await turn;
			await database.close();
		},
	};
}
