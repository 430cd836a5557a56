import { type ConfirmedChange, type LiveSite, openLiveSite } from '../../renderer/src/replica/live-site.ts';
import type { DeviceEvent, JournaledOperation } from '../../shared/device/device-client.ts';
import type { DeviceCore } from '../../shared/device/device-core.ts';
import type { MemoryReplica } from '../../shared/device/simulated/memory-replica.ts';
import type { FeedDocument } from '../../shared/protocol/messages.ts';
import { type AnyDocument, collectionNames } from '../../shared/schema/documents.ts';

/**
 * What the user of a device sees: the real projection over the simulated replica, following the device core's events as
 * renderer/src/replica/connected-replica.ts does over RxDB.
 */
export interface SimulatedWindow {
	readonly live: LiveSite;
	close(): void;
}

export function openWindow(core: DeviceCore, siteId: string, replica: () => MemoryReplica): SimulatedWindow {
	const live = openLiveSite(siteId);
	const held = new Map<string, JournaledOperation>();
	let own = { laneId: '', seq: 0 };
	const isOnTop = ({ operation, state }: JournaledOperation) =>
		(state === 'saved' || state === 'sent') && !(operation.laneId === own.laneId && operation.seq <= own.seq);
	const operate = (operations: readonly JournaledOperation[]) => {
		for (const each of operations) held.set(each.operation.opId, each);
		live.operate(operations.map((each) => (isOnTop(each) ? each : { ...each, state: 'confirmed' })));
	};
	const read = (changed: readonly { readonly collection: string; readonly id: string }[]): ConfirmedChange[] =>
		changed.flatMap(({ collection, id }) => {
			const name = collectionNames.find((each) => each === collection);
			if (name === undefined) return [];
			const document = replica().documents.get(`${collection}/${id}`)?.body ?? null;
			return [{ collection: name, id, document: document as AnyDocument | null }];
		});
	const readAll = () => read([...replica().documents.values()] satisfies FeedDocument[]);
	const hear = (event: DeviceEvent) => {
		if (event.kind === 'operations') operate(event.operations);
		if (event.kind === 'stored' && event.generation === replica().shown?.number) {
			if (event.stream === 'site') own = { laneId: event.laneId, seq: event.ownSeq };
			live.confirm(read(event.changed));
			operate([...held.values()]);
		}
		if (event.kind === 'swapped') {
			const site = replica().shown?.checkpoints.site;
			own = { laneId: site?.laneId ?? '', seq: site?.ownSeq ?? 0 };
			live.beginRebuild(collectionNames);
			live.confirm(readAll());
			live.endRebuild();
			operate([...held.values()]);
		}
	};
	const leave = core.subscribe(hear);
	void core.operations(0).then((journaled) => {
		const site = replica().shown?.checkpoints.site;
		if (site) own = { laneId: site.laneId, seq: site.ownSeq };
		operate(journaled);
		live.confirm(readAll());
	});
	return { live, close: leave };
}
