import type { FeedPage } from '../protocol/messages.ts';
import type { StreamName } from '../schema/documents.ts';
import { type OperationType, operationKinds, type PayloadOf } from '../schema/operation.ts';
import { arrives, notBrought } from './bringing-orders.ts';
import { ClockWatch } from './clock-watch.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type {
	BringOrderResult,
	DeviceClient,
	DeviceEvent,
	DeviceStatus,
	EnrollResult,
	JournaledOperation,
	RecordResult,
	RecoveryNote,
	SignInResult,
	StreamProgress,
} from './device-client.ts';
import { type Enrollment, IdentityKeeper } from './device-identity.ts';
import { enrollDevice, registerKey } from './enrollment.ts';
import type { Journal } from './journal.ts';
import { exportFolder } from './journal-export.ts';
import { openLaneJournal } from './lane-journal.ts';
import { type Authorship, authorOperation, newOperationId } from './operation-author.ts';
import { OperationStates } from './operation-states.ts';
import {
	type Central,
	type DeviceClock,
	type DeviceKey,
	type DeviceRandom,
	type JournalFolder,
	type KeyStore,
	type PinCheck,
	type Replica,
	type ReplicaContents,
	type SecretStore,
	StorageFullError,
	type StoredCheckpoint,
	type StoredPage,
} from './ports.ts';
import { ReplayProgress } from './replay-progress.ts';
import type { FedGeneration, ReplicaState } from './replica-generations.ts';
import { Replication } from './replication.ts';
import { besideOwnRelease, hearingRelease } from './server-release.ts';
import { signedInOf, signIn, signOut } from './sign-in.ts';
import { associatesAfter } from './site-associates.ts';
import { StopSignal } from './stop-signal.ts';

export interface DeviceCoreParts {
	readonly folder: JournalFolder;
	readonly secrets: SecretStore;
	readonly keys: KeyStore;
	readonly central: Central;
	readonly openReplica: (siteId: string) => Replica;
	readonly clock: DeviceClock;
	readonly random: DeviceRandom;
	readonly pins: PinCheck;
}

/** Words for `DeviceStatus.storageProblem`, and the screens' catalog has a text for each. */
export type StorageProblem = 'storage_full' | 'storage_unavailable' | 'storage_failed';

interface OpenLane {
	readonly enrollment: Enrollment;
	readonly journal: Journal;
	readonly recovery: readonly RecoveryNote[];
	readonly states: OperationStates;
	readonly replication: Replication;
	readonly stopClock: StopSignal;
}

const noReplica: ReplicaState = { shown: null, problem: null, isRebuilding: false };

/** The device core over its ports: one journal, one sender, one feed. */
export class DeviceCore implements DeviceClient {
	readonly #parts: DeviceCoreParts;
	readonly #identity: IdentityKeeper;
	readonly #key: DeviceKey;
	readonly #connection: ConnectionWatch;
	readonly #clockWatch: ClockWatch;
	readonly #replay = new ReplayProgress();
	readonly #listeners = new Set<(event: DeviceEvent) => void>();
	readonly #bootId: string;
	readonly #startedMs: number;
	readonly #siteKnown = Promise.withResolvers<void>();
	#lane: OpenLane | null = null;
	#streams: Record<StreamName, StreamProgress | null> = { site: null, shared: null };
	#replica: ReplicaState = noReplica;
	#storageProblem: StorageProblem | null = null;
	#serverRelease: number | null = null;
	#recording = new Map<string, Promise<RecordResult>>();

	private constructor(parts: DeviceCoreParts, identity: IdentityKeeper, key: DeviceKey) {
		this.#parts = { ...parts, central: hearingRelease(parts.central, (heard) => this.#serverReleaseHeard(heard)) };
		this.#identity = identity;
		this.#key = key;
		this.#bootId = newOperationId(parts.clock, parts.random);
		this.#startedMs = parts.clock.monotonicMs();
		this.#clockWatch = new ClockWatch({
			clock: parts.clock,
			identity,
			changed: (wallJumpedMs) => {
				this.#connection.wallJumped(wallJumpedMs);
				this.#emitStatus();
			},
		});
		this.#connection = new ConnectionWatch(parts.clock, (cameBack) => {
			if (cameBack) this.#lane?.replication.wake();
			this.#emitStatus();
		});
	}

	/** Opens the identity and, when the device is enrolled, its journal. Throws when the identity's store can't be read. */
	static async open(parts: DeviceCoreParts): Promise<DeviceCore> {
		const core = new DeviceCore(parts, await IdentityKeeper.open(parts.secrets), await parts.keys.open());
		const { enrollment } = core.#identity.current;
		if (enrollment !== null) {
			try {
				await core.#openLane(enrollment);
			} catch (error) {
				core.#storageProblem = storageProblemOf(error);
			}
		}
		return core;
	}

	async close(): Promise<void> {
		this.#lane?.stopClock.stop();
		await this.#lane?.replication.stop();
		await this.#lane?.journal.close();
		this.#lane = null;
	}

	async status(): Promise<DeviceStatus> {
		this.#clockWatch.look();
		return this.#status();
	}

	subscribe(listener: (event: DeviceEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async enroll(code: string, deviceName: string): Promise<EnrollResult> {
		try {
			const parts = { ...this.#parts, identity: this.#identity, key: this.#key };
			const heldSeq = (laneId: string) => this.#heldSeq(laneId);
			const enrolled = await enrollDevice({ ...parts, heldSeq }, code, deviceName);
			if (!enrolled.ok) return enrolled;
			this.#clockWatch.heard(enrolled.serverTime);
			this.#connection.startAnew();
			await this.close();
			this.#streams = { site: null, shared: null };
			this.#replica = noReplica;
			await this.#openLane(enrolled.enrollment);
		} catch (error) {
			this.#storageProblem = storageProblemOf(error);
			this.#emitStatus();
			return { ok: false, reason: 'storage', message: words(error) };
		}
		this.#emitStatus();
		return { ok: true };
	}

	async signIn(associateId: string, pin: string): Promise<SignInResult> {
		const { central, pins, clock } = this.#parts;
		const result = await signIn({ identity: this.#identity, central, pins, clock }, associateId, pin);
		this.#emitStatus();
		return result;
	}

	async signOut(): Promise<void> {
		await signOut({ identity: this.#identity });
		this.#emitStatus();
	}

	/** With an id of the caller's own, recording again what was recorded already gives the same operation back. */
	record<T extends OperationType>(type: T, payload: PayloadOf<T>, opId?: string): Promise<RecordResult> {
		const id = opId ?? newOperationId(this.#parts.clock, this.#parts.random);
		const running = this.#recording.get(id);
		if (running !== undefined) return running;
		const recorded = this.#record(type, payload, id).finally(() => this.#recording.delete(id));
		this.#recording.set(id, recorded);
		return recorded;
	}

	async operations(limit: number): Promise<readonly JournaledOperation[]> {
		// Until the replica has told how far it is, everything acknowledged would look unconfirmed.
		const patience = new StopSignal();
		if (this.#lane !== null) {
			await Promise.race([this.#siteKnown.promise, this.#parts.clock.sleep(3000, patience)]);
			patience.stop();
		}
		return this.#lane?.states.list(limit) ?? [];
	}

	async bringOrder(number: string): Promise<BringOrderResult> {
		if (this.#lane === null) return { ok: false, reason: 'refused', message: 'the device is not enrolled' };
		const answer = await this.#parts.central.bringOrder(number);
		if (!answer.ok) return notBrought(answer.failure);
		const { orderId, position } = answer.value;
		const isHere = await arrives({
			clock: this.#parts.clock,
			isReached: () => (this.#streams.site?.position ?? -1) >= position,
			subscribe: (listener) => this.subscribe(listener),
			fetchNow: () => this.#lane?.replication.wake(),
		});
		if (isHere) return { ok: true, orderId };
		return { ok: false, reason: 'unreachable', message: 'the order did not come down in time' };
	}

	async retryNow(): Promise<void> {
		this.#lane?.replication.wake();
	}

	exportJournal(): Promise<Uint8Array> {
		return exportFolder(this.#parts.folder);
	}

	async #record<T extends OperationType>(type: T, payload: PayloadOf<T>, opId: string): Promise<RecordResult> {
		const signedIn = signedInOf(this.#identity.current);
		const lane = this.#lane;
		const already = lane?.states.of(opId);
		if (already) return { ok: true, operation: already };
		if (this.#identity.current.enrollment === null) return refusal('not_enrolled', 'the device is not enrolled');
		if (lane === null) return refusal('storage', this.#storageProblem ?? 'storage_unavailable');
		if (signedIn === null) return refusal('not_signed_in', 'nobody is signed in');
		this.#clockWatch.look();
		const actor = { associateId: signedIn.associateId, name: signedIn.name };
		const statement = { opId, type, v: operationKinds[type].version, payload };
		const grant = this.#identity.current.known[signedIn.associateId]?.proof?.grant ?? null;
		try {
			await lane.journal.append(
				authorOperation(this.#authorship(lane.enrollment, actor, grant), statement, this.#parts.clock),
			);
		} catch (error) {
			this.#storageProblem = storageProblemOf(error);
			this.#emitStatus();
			return refusal('storage', this.#storageProblem);
		}
		this.#storageProblem = null;
		const [operation] = lane.states.changed([opId]);
		if (operation === undefined) return refusal('storage', 'storage_failed');
		this.#emit({ kind: 'operations', operations: [operation] });
		this.#emitStatus();
		lane.replication.wakeSender();
		return { ok: true, operation };
	}

	#heldSeq(laneId: string): number {
		const before = this.#identity.current.enrollment;
		return before?.laneId === laneId ? (this.#lane?.journal.end.seq ?? before.laneStart.seq) : -1;
	}

	#authorship(enrollment: Enrollment, actor: Authorship['actor'], grant: string | null): Authorship {
		const { deviceId, laneId } = enrollment;
		const serverOffsetMs = this.#clockWatch.offsetMs;
		const site = this.#streams.site;
		const basis = site === null ? null : { epoch: site.epoch, position: site.position };
		const lane = { deviceId, laneId, key: this.#key };
		return { ...lane, actor, grant, basis, bootId: this.#bootId, startedMs: this.#startedMs, serverOffsetMs };
	}

	async #openLane(enrollment: Enrollment): Promise<void> {
		const { folder, central, clock, random, openReplica } = this.#parts;
		const self = { associateId: enrollment.deviceId, name: enrollment.deviceName };
		const authorship = this.#authorship(enrollment, self, null);
		const parts = { folder, clock, random, identity: this.#identity, authorship };
		const { journal, recovery } = await openLaneJournal(parts, enrollment);
		const states = new OperationStates(journal);
		central.setCredential(enrollment.credential);
		const replication = new Replication({
			journal,
			replica: openReplica(enrollment.siteId),
			central,
			clock,
			random,
			connection: this.#connection,
			registerKey: (epoch) => registerKey({ identity: this.#identity, central, key: this.#key }, epoch),
			siteEpoch: () => this.#streams.site?.epoch ?? '',
			serverTimeHeard: (serverTime, clockShiftMs) => this.#clockWatch.heard(serverTime, clockShiftMs),
			acknowledged: (opIds) => {
				this.#emitOperations(states.changed(opIds));
				this.#emitStatus();
			},
			laneId: enrollment.laneId,
			replicaSeen: () => {
				const { replicaSeen: seen } = this.#identity.current;
				return seen?.siteId === enrollment.siteId ? seen : null;
			},
			replicaChanged: (state) => {
				this.#replica = state;
				this.#emitStatus();
			},
			shows: (generation, isSwapped) => this.#shows(enrollment, states, generation, isSwapped),
			stored: (generation, page) => this.#stored(states, generation, page),
			progressed: (generation, stream, progress) => {
				// People go on seeing how far that is on which they work.
				if (!generation.isShown && this.#replica.shown !== null) return;
				this.#streams = { ...this.#streams, [stream]: progress };
				this.#emitStatus();
			},
		});
		const stopClock = new StopSignal();
		this.#lane = { enrollment, journal, recovery, states, replication, stopClock };
		this.#storageProblem = null;
		replication.start();
		void this.#clockWatch.run(stopClock);
	}

	/** Another generation of the replica is shown, or that of the start is known. */
	#shows(
		{ siteId, laneId }: Enrollment,
		states: OperationStates,
		generation: ReplicaContents['shown'],
		isSwapped: boolean,
	): void {
		const site = generation?.checkpoints.site ?? null;
		if (generation !== null) {
			const at = (stream: StreamName) => progressOf(generation.checkpoints[stream]);
			this.#streams = { site: at('site'), shared: at('shared') };
		}
		this.#siteKnown.resolve();
		if (generation !== null && isSwapped) {
			const replicaSeen = { siteId, generation: generation.number, position: site?.position ?? 0 };
			void this.#identity.change((current) => ({ ...current, replicaSeen })).catch(() => undefined);
			this.#emit({ kind: 'swapped', generation: generation.number });
		}
		this.#emitOperations(states.siteReached(site?.laneId === laneId ? site.ownSeq : 0));
	}

	#stored(states: OperationStates, generation: FedGeneration, page: StoredPage): void {
		const { stream, position, laneId, ownSeq } = page;
		const changed = page.documents.map(({ collection, id, deleted }) => ({ collection, id, deleted }));
		this.#emit({ kind: 'stored', generation: generation.number, stream, position, laneId, ownSeq, changed });
		if (stream !== 'site') return;
		if (generation.isShown) this.#emitOperations(states.siteReached(ownSeq));
		this.#followAssociates(page);
	}

	#followAssociates(page: FeedPage): void {
		const associates = associatesAfter(this.#identity.current.associates, page);
		if (associates === null) return;
		void this.#identity.change((current) => ({ ...current, associates: [...associates] })).catch(() => undefined);
		this.#emitStatus();
	}

	#serverReleaseHeard(serverRelease: number): void {
		if (serverRelease === this.#serverRelease) return;
		this.#serverRelease = serverRelease;
		this.#emitStatus();
	}

	#status(): DeviceStatus {
		const { enrollment, associates, serverOffsetMs } = this.#identity.current;
		const waiting = this.#lane?.journal.unansweredCount ?? 0;
		return {
			enrolled:
				enrollment === null
					? null
					: {
							deviceId: enrollment.deviceId,
							deviceName: enrollment.deviceName,
							siteId: enrollment.siteId,
							siteName: enrollment.siteName,
						},
			associates,
			signedIn: signedInOf(this.#identity.current),
			connection: this.#connection.current,
			waiting,
			serverOffsetMs,
			streams: this.#streams,
			recovery: this.#lane?.recovery ?? [],
			replay: this.#replay.follow(waiting),
			clockWarning: this.#clockWatch.warning,
			server: besideOwnRelease(this.#serverRelease),
			replicaGeneration: this.#replica.shown,
			replicaProblem: this.#replica.problem,
			rebuilding: this.#replica.isRebuilding,
			storageProblem: this.#storageProblem,
		};
	}

	#emitStatus(): void {
		this.#emit({ kind: 'status', status: this.#status() });
	}

	#emitOperations(operations: readonly JournaledOperation[]): void {
		if (operations.length > 0) this.#emit({ kind: 'operations', operations });
	}

	#emit(event: DeviceEvent): void {
		for (const listener of [...this.#listeners]) listener(event);
	}
}

export function storageProblemOf(error: unknown): StorageProblem {
	return error instanceof StorageFullError ? 'storage_full' : 'storage_failed';
}

function refusal(reason: 'not_signed_in' | 'not_enrolled' | 'storage', message: string): RecordResult {
	return { ok: false, reason, message };
}

function progressOf(checkpoint: StoredCheckpoint | null): StreamProgress | null {
	return checkpoint && { epoch: checkpoint.epoch, position: checkpoint.position, head: checkpoint.position };
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
