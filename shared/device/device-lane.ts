import type { FeedPage } from '../protocol/messages.ts';
import type { StreamName } from '../schema/documents.ts';
import type { Actor } from '../schema/operation.ts';
import { carryOverAnswered, otherLanes } from './carry-over.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { ConnectionWatch } from './connection-watch.ts';
import type { DeviceEvent, JournaledOperation, RecoveryNote, StreamProgress } from './device-client.ts';
import type { Enrollment, IdentityKeeper } from './device-identity.ts';
import { registerKey } from './enrollment.ts';
import type { Journal } from './journal.ts';
import { fillLostPlace, openLaneJournal } from './lane-journal.ts';
import { type Authorship, authorOperation, newOperationId, type Statement } from './operation-author.ts';
import { OperationStates } from './operation-states.ts';
import { OwnRights } from './own-rights.ts';
import type {
	Central,
	DeviceClock,
	DeviceKey,
	DeviceRandom,
	JournalFolder,
	Replica,
	ReplicaContents,
	StoredCheckpoint,
	StoredPage,
} from './ports.ts';
import type { FedGeneration, ReplicaState } from './replica-generations.ts';
import { Replication } from './replication.ts';
import { associatesAfter } from './site-associates.ts';
import { StopSignal } from './stop-signal.ts';

export interface LaneParts {
	readonly folder: JournalFolder;
	readonly central: Central;
	readonly openReplica: (siteId: string) => Replica;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	readonly identity: IdentityKeeper;
	readonly key: DeviceKey;
	readonly connection: ConnectionWatch;
	readonly clockWatch: ClockWatch;
	/** This run of the device core, and its monotonic clock when it began. */
	readonly run: { readonly bootId: string; readonly startedMs: number };
	readonly emit: (event: DeviceEvent) => void;
	/** Something that the device's status tells of is another. */
	readonly statusChanged: () => void;
}

/** How long the first look at the replica may hold up a list of operations. */
const patienceMs = 3000;

/** The lane of an enrolled device while it is open: its journal, what goes up from it, and what comes down. */
export class DeviceLane {
	readonly enrollment: Enrollment;
	readonly journal: Journal;
	/** What recovery found, in the lanes that were carried over too. */
	readonly recovery: readonly RecoveryNote[];
	readonly #parts: LaneParts;
	readonly #states: OperationStates;
	readonly #rights: OwnRights;
	readonly #openedReplica: Replica;
	readonly #replication: Replication;
	readonly #stopClock = new StopSignal();
	readonly #siteKnown = Promise.withResolvers<void>();
	#streams: Readonly<Record<StreamName, StreamProgress | null>> = { site: null, shared: null };
	#replica: ReplicaState = { shown: null, problem: null, isRebuilding: false };
	#leftBehind: readonly JournaledOperation[];
	/** The epoch for which lanes before were looked through. */
	#lanesBeforeSeenIn: string | null = null;
	#carrying: Promise<void> = Promise.resolve();

	private constructor(
		parts: LaneParts,
		enrollment: Enrollment,
		opened: { readonly journal: Journal; readonly recovery: readonly RecoveryNote[] },
		leftBehind: readonly JournaledOperation[],
	) {
		this.#parts = parts;
		this.enrollment = enrollment;
		this.journal = opened.journal;
		this.recovery = opened.recovery;
		this.#states = new OperationStates(opened.journal);
		this.#leftBehind = leftBehind;
		this.#openedReplica = parts.openReplica(enrollment.siteId);
		this.#rights = new OwnRights({
			deviceId: enrollment.deviceId,
			laneId: enrollment.laneId,
			journal: opened.journal,
			readRights: (generation) => this.#openedReplica.rights(generation),
			say: (statement) => this.#say(statement),
		});
		this.#replication = this.#newReplication();
	}

	/** Opens the journal and begins to replicate. Throws when the disk is full or fails. `leftBehind`: what a lane before left unpulled. */
	static async open(
		parts: LaneParts,
		enrollment: Enrollment,
		leftBehind: readonly JournaledOperation[] = [],
	): Promise<DeviceLane> {
		const authorship = authorshipIn(parts, enrollment, authorOf(enrollment), null, null);
		const opened = await openLaneJournal({ ...parts, authorship }, enrollment);
		parts.central.setCredential(enrollment.credential);
		const lane = new DeviceLane(parts, enrollment, opened, leftBehind);
		lane.#replication.start();
		void parts.clockWatch.run(lane.#stopClock);
		return lane;
	}

	get streams(): Readonly<Record<StreamName, StreamProgress | null>> {
		return this.#streams;
	}
	get replica(): ReplicaState {
		return this.#replica;
	}

	async close(): Promise<void> {
		this.#stopClock.stop();
		await this.#replication.stop();
		await this.#carrying;
		await this.journal.close();
	}

	/** Sends and fetches now. */
	wake(): void {
		this.#replication.wake();
	}

	of(opId: string): JournaledOperation | null {
		return this.#states.of(opId);
	}

	/** The newest operations, and all whose state is not a last one; newest first. */
	async operations(limit: number): Promise<readonly JournaledOperation[]> {
		// Until the replica has told how far it is, everything acknowledged would look unconfirmed.
		const patience = new StopSignal();
		await Promise.race([this.#siteKnown.promise, this.#parts.clock.sleep(patienceMs, patience)]);
		patience.stop();
		return [...this.#states.list(limit), ...this.#leftBehind.toReversed()];
	}

	/** Operations whose state is not a last one, oldest first. */
	unfinished(): readonly JournaledOperation[] {
		return this.#states.list(0).toReversed();
	}

	/** Of this lane and those before: what central has applied and the shown documents don't hold yet, oldest first. */
	unpulled(): readonly JournaledOperation[] {
		return [...this.#leftBehind, ...this.unfinished().filter(({ state }) => state === 'sent')];
	}

	/** What this device may still promise of each SKU without asking anybody. */
	rightsLeft(skus: readonly string[]): Promise<readonly number[]> {
		return this.#rights.left(skus);
	}

	/** Appends an operation; it is on the disk when this resolves. Throws when the disk is full or fails, and NotEnoughRights. */
	record(statement: Statement, actor: Actor, grant: string | null): Promise<JournaledOperation> {
		return this.#rights.record(statement, () => this.#append(statement, actor, grant));
	}

	async #say(statement: Pick<Statement, 'type' | 'v' | 'payload'>): Promise<void> {
		const opId = newOperationId(this.#parts.clock, this.#parts.random);
		const operation = await this.#append({ ...statement, opId }, authorOf(this.enrollment), null);
		this.#emitOperations([operation]);
		this.#parts.statusChanged();
	}

	async #append(statement: Statement, actor: Actor, grant: string | null): Promise<JournaledOperation> {
		const site = this.#streams.site;
		const basis = site && { epoch: site.epoch, position: site.position };
		const authorship = authorshipIn(this.#parts, this.enrollment, actor, grant, basis);
		await this.journal.append(authorOperation(authorship, statement, this.#parts.clock));
		const [operation] = this.#states.changed([statement.opId]);
		if (operation === undefined) throw new Error('the journal does not know what it has just written');
		this.#replication.wakeSender();
		return operation;
	}

	async #fillLost(seq: number): Promise<boolean> {
		if (!this.journal.isLost(seq)) return false;
		const authorship = authorshipIn(this.#parts, this.enrollment, authorOf(this.enrollment), null, null);
		const { opId } = await fillLostPlace({ ...this.#parts, authorship }, this.journal, seq);
		this.#emitOperations(this.#states.changed([opId]));
		this.#parts.statusChanged();
		return true;
	}

	/** Central may have been restored from a backup: what it had answered in lanes before is sent once more in this one. */
	async #carryAnswered(epoch: string): Promise<void> {
		const { folder, identity, key } = this.#parts;
		const { deviceId, laneId } = this.enrollment;
		if (identity.current.lanesBeforeHeldIn === epoch) return;
		const lanes = await otherLanes(folder, laneId);
		if (lanes.length === 0) return;
		for (const from of lanes) {
			const opIds = await carryOverAnswered(folder, this.journal, { deviceId, laneId, key }, from, epoch);
			this.#emitOperations(this.#states.changed(opIds));
		}
		await identity.change((current) => ({ ...current, lanesBeforeHeldIn: epoch }));
		this.#parts.statusChanged();
		this.#replication.wakeSender();
	}

	#newReplication(): Replication {
		const { identity, central, key, connection, clockWatch, statusChanged } = this.#parts;
		const { clock, random } = this.#parts;
		const { laneId, siteId } = this.enrollment;
		return new Replication({
			journal: this.journal,
			laneId,
			replica: this.#openedReplica,
			central,
			clock,
			random,
			connection,
			registerKey: (epoch) => registerKey({ identity, central, key }, epoch),
			siteEpoch: () => this.#streams.site?.epoch ?? '',
			serverTimeHeard: (serverTime, clockShiftMs) => clockWatch.heard(serverTime, clockShiftMs),
			fillLost: (seq) => this.#fillLost(seq),
			pulledToHead: (epoch) => {
				this.#rights.caughtUp();
				if (epoch === this.#lanesBeforeSeenIn) return;
				this.#lanesBeforeSeenIn = epoch;
				this.#carrying = this.#carryAnswered(epoch).catch(() => {
					// The disk may be full: the next page tries again.
					this.#lanesBeforeSeenIn = null;
				});
			},
			acknowledged: (opIds) => {
				this.#emitOperations(this.#states.changed(opIds));
				statusChanged();
			},
			replicaSeen: () => {
				const { replicaSeen: seen } = identity.current;
				return seen?.siteId === siteId ? seen : null;
			},
			replicaChanged: (state) => {
				this.#replica = state;
				statusChanged();
			},
			shows: (generation, isSwapped) => this.#shows(generation, isSwapped),
			stored: (generation, page) => this.#stored(generation, page),
			progressed: (generation, stream, progress) => {
				// People go on seeing how far that is on which they work.
				if (!generation.isShown && this.#replica.shown !== null) return;
				this.#streams = { ...this.#streams, [stream]: progress };
				statusChanged();
			},
		});
	}

	/** Another generation of the replica is shown, or that of the start is known. */
	#shows(generation: ReplicaContents['shown'], isSwapped: boolean): void {
		const { siteId, laneId } = this.enrollment;
		const site = generation?.checkpoints.site ?? null;
		if (generation !== null) {
			const at = (stream: StreamName) => progressOf(generation.checkpoints[stream]);
			this.#streams = { site: at('site'), shared: at('shared') };
		}
		this.#siteKnown.resolve();
		if (generation !== null && isSwapped) {
			const replicaSeen = { siteId, generation: generation.number, position: site?.position ?? 0 };
			void this.#parts.identity.change((current) => ({ ...current, replicaSeen })).catch(() => undefined);
			this.#parts.emit({ kind: 'swapped', generation: generation.number });
		}
		this.#emitOperations(this.#states.siteReached(site?.laneId === laneId ? site.ownSeq : 0));
		if (isSwapped) this.#confirmLeftBehind();
		this.#rights.shows(generation);
	}

	#stored(generation: FedGeneration, page: StoredPage): void {
		const { stream, position, laneId, ownSeq } = page;
		const changed = page.documents.map(({ collection, id, deleted }) => ({ collection, id, deleted }));
		this.#parts.emit({ kind: 'stored', generation: generation.number, stream, position, laneId, ownSeq, changed });
		if (stream !== 'site') return;
		if (generation.isShown) this.#emitOperations(this.#states.siteReached(ownSeq));
		if (generation.isShown) this.#rights.stored(page);
		if (generation.isShown && position >= page.head) this.#confirmLeftBehind();
		this.#followAssociates(page);
	}

	/** What the lane before had in the projection, answered but not pulled, is pulled now. */
	#confirmLeftBehind(): void {
		const confirmed = this.#leftBehind.map((each): JournaledOperation => {
			const hasException = (each.outcome?.exceptions ?? []).length > 0;
			return { ...each, state: hasException ? 'needs_attention' : 'confirmed' };
		});
		this.#leftBehind = [];
		this.#emitOperations(confirmed);
	}

	#followAssociates(page: FeedPage): void {
		const { identity, statusChanged } = this.#parts;
		const associates = associatesAfter(identity.current.associates, page);
		if (associates === null) return;
		void identity.change((current) => ({ ...current, associates: [...associates] })).catch(() => undefined);
		statusChanged();
	}

	#emitOperations(operations: readonly JournaledOperation[]): void {
		if (operations.length > 0) this.#parts.emit({ kind: 'operations', operations });
	}
}

function authorshipIn(
	{ key, run, clockWatch }: LaneParts,
	{ deviceId, laneId }: Enrollment,
	actor: Actor,
	grant: string | null,
	basis: Authorship['basis'],
): Authorship {
	return { deviceId, laneId, key, actor, grant, basis, ...run, serverOffsetMs: clockWatch.offsetMs };
}

function progressOf(checkpoint: StoredCheckpoint | null): StreamProgress | null {
	return checkpoint && { epoch: checkpoint.epoch, position: checkpoint.position, head: checkpoint.position };
}

/** The device itself, for what no person says. */
function authorOf({ deviceId, deviceName }: Enrollment): Actor {
	return { associateId: deviceId, name: deviceName };
}
