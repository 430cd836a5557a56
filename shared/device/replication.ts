import type { FeedPage } from '../protocol/messages.ts';
import type { StreamName } from '../schema/documents.ts';
import type { ConnectionWatch } from './connection-watch.ts';
import type { StreamProgress } from './device-client.ts';
import { FeedClient } from './feed-client.ts';
import type { Journal } from './journal.ts';
import type { Central, CentralFailure, DeviceClock, DeviceRandom, Replica } from './ports.ts';
import { Sender } from './sender.ts';
import { StopSignal } from './stop-signal.ts';

export interface ReplicationParts {
	readonly journal: Journal;
	readonly replica: Replica;
	readonly central: Central;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	/** Makes the device's key known to central; null when it is, else why not. */
	readonly registerKey: () => Promise<CentralFailure | null>;
	readonly connection: ConnectionWatch;
	/** The epoch of the site's stream as stored, or empty. */
	readonly siteEpoch: () => string;
	readonly serverTimeHeard: (serverTime: string) => void;
	readonly acknowledged: (opIds: readonly string[]) => void;
	readonly stored: (page: FeedPage, cleared: boolean) => void;
	readonly progressed: (stream: StreamName, progress: StreamProgress | null) => void;
}

/** Sends the journal up and brings the streams down, until it is stopped. */
export class Replication {
	readonly #stop = new StopSignal();
	readonly #sender: Sender;
	readonly #feed: FeedClient;
	#running: Promise<unknown> = Promise.resolve();

	constructor(parts: ReplicationParts) {
		const { journal, connection, siteEpoch, acknowledged, serverTimeHeard } = parts;
		const { central, clock, random, replica, stored, progressed } = parts;
		const shared = { central, clock, random, stop: this.#stop };
		this.#sender = new Sender({
			...shared,
			outbox: {
				waiting: (limit) => journal.unanswered(limit),
				from: (seq, limit) => journal.from(seq, limit),
				hasOlderAnswers: ({ epoch, ownSeq }) => journal.hasOlderAnswers(epoch, ownSeq),
				acknowledge: async (operations, outcomes) => {
					const hashOf = new Map(operations.map(({ opId, hash }) => [opId, hash]));
					const epoch = siteEpoch();
					await journal.acknowledge(
						outcomes.map((outcome) => ({
							kind: 'acknowledgment' as const,
							outcome,
							hash: hashOf.get(outcome.opId) ?? '',
							epoch,
						})),
					);
					acknowledged(outcomes.map(({ opId }) => opId));
				},
			},
			prepare: parts.registerKey,
			heard: (failure, serverTime) => {
				if (serverTime !== null) serverTimeHeard(serverTime);
				connection.heard('sending', failure);
			},
		});
		this.#feed = new FeedClient({
			...shared,
			replica,
			settled: () => Promise.resolve(),
			stored: (page, cleared) => {
				stored(page, cleared);
				const { stream, epoch, position, head, ownSeq } = page;
				if (stream === 'site' && ownSeq !== undefined && position >= head) {
					this.#sender.siteReached({ epoch, ownSeq });
				}
			},
			progressed,
			heard: (stream, failure, serverTime) => {
				if (serverTime !== null) serverTimeHeard(serverTime);
				connection.heard(stream, failure);
			},
		});
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
