import type { ReplicaCall } from '../../../../shared/device/bridge-messages.ts';
import { lazyReplica } from '../../../../shared/device/lazy-replica.ts';
import type { Replica } from '../../../../shared/device/ports.ts';
import { answerReplicaCall } from '../../../../shared/device/remote-replica.ts';
import { openReplica } from '../../replica/replica-store.ts';

/** Writes the replica for the shell's device core, away from the screens. */
const replicas = new Map<string, Replica>();

async function replicaOf(siteId: string): Promise<Replica> {
	const replica = replicas.get(siteId) ?? lazyReplica(openReplica, siteId);
	replicas.set(siteId, replica);
	return replica;
}

self.addEventListener('message', async ({ data }: MessageEvent<ReplicaCall>) => {
	self.postMessage(await answerReplicaCall(replicaOf, data));
});
