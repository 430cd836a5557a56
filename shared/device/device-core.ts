import type { QuestionKind, QuestionOf } from '../protocol/questions.ts';
import { type OperationType, operationKinds, type PayloadOf } from '../schema/operation.ts';
import { arrives, notBrought } from './bringing-orders.ts';
import { ClockWatch } from './clock-watch.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type {
	AskResult,
	BringOrderResult,
	DeviceClient,
	DeviceEvent,
	DeviceStatus,
	EnrollResult,
	JournaledOperation,
	RecordResult,
	SignInResult,
} from './device-client.ts';
import { type Enrollment, IdentityKeeper } from './device-identity.ts';
import { DeviceLane } from './device-lane.ts';
import { enrollDevice } from './enrollment.ts';
import { exportFolder } from './journal-export.ts';
import { newOperationId } from './operation-author.ts';
import { NotEnoughRights } from './own-rights.ts';
import type {
	Central,
	DeviceClock,
	DeviceKey,
	DeviceRandom,
	JournalFolder,
	KeyStore,
	PinCheck,
	Replica,
	SecretStore,
} from './ports.ts';
import { ReplayProgress } from './replay-progress.ts';
import { besideOwnRelease, hearingRelease } from './server-release.ts';
import { signedInOf, signIn, signOut } from './sign-in.ts';
import { type StorageProblem, storageProblemOf } from './storage-problem.ts';

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

/** The device core over its ports: one journal, one sender, one feed. */
export class DeviceCore implements DeviceClient {
	readonly #parts: DeviceCoreParts;
	readonly #identity: IdentityKeeper;
	readonly #key: DeviceKey;
	readonly #connection: ConnectionWatch;
	readonly #clockWatch: ClockWatch;
	readonly #replay = new ReplayProgress();
	readonly #listeners = new Set<(event: DeviceEvent) => void>();
	readonly #run: { readonly bootId: string; readonly startedMs: number };
	readonly #recording = new Map<string, Promise<RecordResult>>();
	#lane: DeviceLane | null = null;
	#reopening: Promise<void> | null = null;
	#storageProblem: StorageProblem | null = null;
	#serverRelease: number | null = null;

	private constructor(parts: DeviceCoreParts, identity: IdentityKeeper, key: DeviceKey) {
		this.#parts = { ...parts, central: hearingRelease(parts.central, (heard) => this.#serverReleaseHeard(heard)) };
		this.#identity = identity;
		this.#key = key;
		this.#run = { bootId: newOperationId(parts.clock, parts.random), startedMs: parts.clock.monotonicMs() };
		this.#clockWatch = new ClockWatch({
			clock: parts.clock,
			identity,
			changed: (wallJumpedMs) => {
				this.#connection.wallJumped(wallJumpedMs);
				this.#emitStatus();
			},
		});
		this.#connection = new ConnectionWatch(parts.clock, (cameBack) => {
			if (cameBack) this.#lane?.wake();
			this.#emitStatus();
		});
	}

	/** Opens the identity and, when the device is enrolled, its journal. Throws when the identity's store can't be read. */
	static async open(parts: DeviceCoreParts): Promise<DeviceCore> {
		const core = new DeviceCore(parts, await IdentityKeeper.open(parts.secrets), await parts.keys.open());
		await core.#tryToOpenLane();
		return core;
	}

	async close(): Promise<void> {
		await this.#lane?.close();
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
			const before = this.#lane;
			await this.close();
			const { laneId } = enrolled.enrollment;
			const isOtherLane = before?.enrollment.laneId !== laneId;
			const leftBehind = (before?.unpulled() ?? []).filter(({ operation }) => operation.laneId !== laneId);
			const lane = await this.#openLane(enrolled.enrollment, leftBehind);
			const carriedOver = isOtherLane ? lane.unfinished() : [];
			if (carriedOver.length > 0) this.#emit({ kind: 'operations', operations: carriedOver });
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
		return (await this.#lane?.operations(limit)) ?? [];
	}

	async bringOrder(number: string): Promise<BringOrderResult> {
		const lane = this.#lane;
		if (lane === null) return { ok: false, reason: 'refused', message: 'the device is not enrolled' };
		const answer = await this.#parts.central.bringOrder(number);
		if (!answer.ok) return notBrought(answer.failure);
		const { orderId, position } = answer.value;
		const isHere = await arrives({
			clock: this.#parts.clock,
			isReached: () => (lane.streams.site?.position ?? -1) >= position,
			subscribe: (listener) => this.subscribe(listener),
			fetchNow: () => lane.wake(),
		});
		if (isHere) return { ok: true, orderId };
		return { ok: false, reason: 'unreachable', message: 'the order did not come down in time' };
	}

	async ask<K extends QuestionKind>(kind: K, question: QuestionOf<K>): Promise<AskResult<K>> {
		if (this.#lane === null) return { ok: false, reason: 'refused', message: 'the device is not enrolled' };
		const { known } = this.#identity.current;
		const signedIn = signedInOf(this.#identity.current);
		const grant = (signedIn && known[signedIn.associateId]?.proof?.grant) ?? null;
		const answer = await this.#parts.central.ask(kind, question, grant);
		if (answer.ok) return { ok: true, answer: answer.value };
		const { failure } = answer;
		const isAway = failure.kind === 'unreachable' || failure.kind === 'unavailable';
		return { ok: false, reason: isAway ? 'unreachable' : 'refused', message: failure.message };
	}

	async rightsLeft(skus: readonly string[]): Promise<readonly number[]> {
		return (await this.#lane?.rightsLeft(skus)) ?? skus.map(() => 0);
	}

	async retryNow(): Promise<void> {
		await this.#reopenLane();
		this.#lane?.wake();
	}

	exportJournal(): Promise<Uint8Array> {
		return exportFolder(this.#parts.folder);
	}

	async #record<T extends OperationType>(type: T, payload: PayloadOf<T>, opId: string): Promise<RecordResult> {
		await this.#reopenLane();
		const { enrollment, known } = this.#identity.current;
		const signedIn = signedInOf(this.#identity.current);
		const lane = this.#lane;
		const already = lane?.of(opId);
		if (already) return { ok: true, operation: already };
		if (enrollment === null) return refusal('not_enrolled', 'the device is not enrolled');
		if (lane === null) return refusal('storage', this.#storageProblem ?? 'storage_unavailable');
		if (signedIn === null) return refusal('not_signed_in', 'nobody is signed in');
		this.#clockWatch.look();
		const actor = { associateId: signedIn.associateId, name: signedIn.name };
		const statement = { opId, type, v: operationKinds[type].version, payload };
		const grant = known[signedIn.associateId]?.proof?.grant ?? null;
		try {
			const operation = await lane.record(statement, actor, grant);
			this.#storageProblem = null;
			this.#emit({ kind: 'operations', operations: [operation] });
			this.#emitStatus();
			return { ok: true, operation };
		} catch (error) {
			if (error instanceof NotEnoughRights) return refusal('not_enough_rights', error.message);
			this.#storageProblem = storageProblemOf(error);
			this.#emitStatus();
			return refusal('storage', this.#storageProblem);
		}
	}

	#heldSeq(laneId: string): number {
		const before = this.#identity.current.enrollment;
		return before?.laneId === laneId ? (this.#lane?.journal.end.seq ?? before.laneStart.seq) : -1;
	}

	async #openLane(enrollment: Enrollment, leftBehind: readonly JournaledOperation[]): Promise<DeviceLane> {
		const parts = {
			...this.#parts,
			identity: this.#identity,
			key: this.#key,
			connection: this.#connection,
			clockWatch: this.#clockWatch,
			run: this.#run,
			emit: (event: DeviceEvent) => this.#emit(event),
			statusChanged: () => this.#emitStatus(),
		};
		const lane = await DeviceLane.open(parts, enrollment, leftBehind);
		this.#lane = lane;
		this.#storageProblem = null;
		return lane;
	}

	async #tryToOpenLane(): Promise<void> {
		const { enrollment } = this.#identity.current;
		if (enrollment === null) return;
		try {
			await this.#openLane(enrollment, []);
		} catch (error) {
			this.#storageProblem = storageProblemOf(error);
		}
	}

	/** Where the journal could not be opened, for instance as the disk was full: tries again. */
	async #reopenLane(): Promise<void> {
		if (this.#lane !== null || this.#storageProblem === null) return;
		this.#reopening ??= this.#tryToOpenLane().finally(() => {
			this.#reopening = null;
			this.#emitStatus();
		});
		await this.#reopening;
	}

	#serverReleaseHeard(serverRelease: number): void {
		if (serverRelease === this.#serverRelease) return;
		this.#serverRelease = serverRelease;
		this.#emitStatus();
	}

	#status(): DeviceStatus {
		const { enrollment, associates, serverOffsetMs } = this.#identity.current;
		const lane = this.#lane;
		const waiting = lane?.journal.unansweredCount ?? 0;
		return {
			enrolled: enrollment && enrolledAs(enrollment),
			associates,
			signedIn: signedInOf(this.#identity.current),
			connection: this.#connection.current,
			waiting,
			serverOffsetMs,
			streams: lane?.streams ?? { site: null, shared: null },
			recovery: lane?.recovery ?? [],
			replay: this.#replay.follow(waiting),
			clockWarning: this.#clockWatch.warning,
			server: besideOwnRelease(this.#serverRelease),
			replicaGeneration: lane?.replica.shown ?? null,
			replicaProblem: lane?.replica.problem ?? null,
			rebuilding: lane?.replica.isRebuilding ?? false,
			storageProblem: this.#storageProblem,
		};
	}

	#emitStatus(): void {
		this.#emit({ kind: 'status', status: this.#status() });
	}

	#emit(event: DeviceEvent): void {
		for (const listener of [...this.#listeners]) listener(event);
	}
}

function enrolledAs({ deviceId, deviceName, siteId, siteName }: Enrollment): DeviceStatus['enrolled'] {
	return { deviceId, deviceName, siteId, siteName };
}

function refusal(reason: Extract<RecordResult, { ok: false }>['reason'], message: string): RecordResult {
	return { ok: false, reason, message };
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
