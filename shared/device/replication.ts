import type { Checkpoint, FeedPage } from '../protocol/messages.ts';
import type { StreamName } from '../schema/documents.ts';
import type { ConnectionWatch } from './connection-watch.ts';
import type { StreamProgress } from './device-client.ts';
import { FeedClient } from './feed-client.ts';
import type { Journal } from './journal.ts';
import { ownSeqByAnswers } from './own-seq.ts';
import type {
	Central,
	CentralFailure,
	DeviceClock,
	DeviceRandom,
	Replica,
	ReplicaContents,
	StoredPage,
} from './ports.ts';
import { type FedGeneration, ReplicaGenerations, type ReplicaSeen, type ReplicaState } from './replica-generations.ts';
import { Sender } from './sender.ts';
import { StopSignal } from './stop-signal.ts';

export interface ReplicationParts {
	readonly journal: Journal;
	readonly replica: Replica;
	readonly central: Central;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	/** Makes the device's key known to central, in this epoch; null when it is, else why not. */
	readonly registerKey: (epoch: string) => Promise<CentralFailure | null>;
	readonly connection: ConnectionWatch;
	/** The epoch of the site's stream as stored, or empty. */
	readonly siteEpoch: () => string;
	/** Also with how far the server's clock runs behind the real time, where a page says so. */
	readonly serverTimeHeard: (serverTime: string, clockShiftMs?: number) => void;
	readonly acknowledged: (opIds: readonly string[]) => void;
	/** As `Outbox.fillLost`. */
	readonly fillLost: (seq: number) => Promise<boolean>;
	readonly laneId: string;
	/** The site's stream is pulled to its end, in this epoch. */
	readonly pulledToHead: (epoch: string) => void;
	/** The generation of the replica that this device completed last, as it remembers it outside of the replica. */
	readonly replicaSeen: () => ReplicaSeen | null;
	readonly replicaChanged: (state: ReplicaState) => void;
	/** As `GenerationParts.shows`. */
	readonly shows: (generation: ReplicaContents['shown'], isSwapped: boolean) => void;
	readonly stored: (generation: FedGeneration, page: StoredPage) => void;
	readonly progressed: (generation: FedGeneration, stream: StreamName, progress: StreamProgress | null) => void;
}

/** Sends the journal up and brings the streams down, until it is stopped. */
export class Replication {
	readonly #stop = new StopSignal();
	readonly #sender: Sender;
	readonly #feed: FeedClient;
	/** How far the site's stream was heard of last. */
	#heardOf: Checkpoint | null = null;
	readonly #pulledToHead: ReplicationParts['pulledToHead'];
	#running: Promise<unknown> = Promise.resolve();

	constructor(parts: ReplicationParts) {
		const { journal, connection, siteEpoch, acknowledged, serverTimeHeard } = parts;
		const { central, clock, random, replica, stored, progressed, laneId } = parts;
		const shared = { central, clock, random, stop: this.#stop };
		this.#pulledToHead = parts.pulledToHead;
		this.#sender = new Sender({
			...shared,
			outbox: {
				waiting: (limit) => journal.unanswered(limit),
				from: (seq, limit) => journal.from(seq, limit),
				fillLost: (seq) => parts.fillLost(seq),
				hasOlderAnswers: ({ epoch, ownSeq }) => journal.hasOlderAnswers(epoch, ownSeq),
				acknowledge: async (operations, outcomes) => {
					const hashOf = new Map(operations.map(({ opId, hash }) => [opId, hash]));
					// While another epoch is being loaded, the documents that are shown are of the old one.
					const epoch = this.#heardOf?.epoch ?? siteEpoch();
					await journal.acknowledge(
						outcomes.map((outcome) => ({
							kind: 'acknowledgment' as const,
							outcome,
							hash: hashOf.get(outcome.opId) ?? '',
							epoch,
							wallMs: clock.wallMs(),
						})),
					);
					acknowledged(outcomes.map(({ opId }) => opId));
					// What changed no document wakes nobody: the next page tells that it holds it.
					const reached = this.#heardOf?.position ?? 0;
					if (outcomes.some(({ position }) => position <= reached)) this.#feed.wakeStreams();
				},
			},
			prepare: () => parts.registerKey(this.#heardOf?.epoch ?? siteEpoch()),
			heard: (failure, serverTime) => {
				if (serverTime !== null) serverTimeHeard(serverTime);
				connection.heard('sending', failure);
			},
		});
		this.#feed = new FeedClient({
			...shared,
			replica,
			laneId,
			generations: new ReplicaGenerations({
				replica,
				seen: parts.replicaSeen,
				shows: parts.shows,
				changed: parts.replicaChanged,
			}),
			ownSeqOf: (page, before) => ownSeqByAnswers(journal, page, before),
			stored,
			progressed,
			heard: (stream, failure, page) => {
				if (page !== null) serverTimeHeard(page.serverTime, page.clockShiftMs ?? 0);
				if (page !== null && stream === 'site') this.#heardOfSite(page);
				connection.heard(stream, failure);
			},
		});
	}

	/** Also of a page with nothing new: what it says of the lane may be news after a restart. */
	#heardOfSite({ epoch, position, head, ownSeq }: FeedPage): void {
		this.#heardOf = { epoch, position };
		if (position < head) return;
		if (ownSeq !== undefined) this.#sender.siteReached({ epoch, ownSeq });
		this.#pulledToHead(epoch);
	}

	start(): void {
		this.#running = Promise.all([this.#sender.run(), this.#feed.run()]);
	}

	/** Something new waits in the journal. */
	wakeSender(): void {
		this.#sender.wake();
	}

	wake(): void {
		this.#sender.wake();
		this.#feed.wake();
	}

	async stop(): Promise<void> {
		this.#stop.stop();
		await this.#running;
	}
}
