import type { FeedPage } from '../protocol/messages.ts';
import type { StreamName } from '../schema/documents.ts';
import { type OperationType, operationKinds, type PayloadOf } from '../schema/operation.ts';
import { arrives, notBrought } from './bringing-orders.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type {
	BringOrderResult,
	DeviceClient,
	DeviceEvent,
	DeviceStatus,
	EnrollResult,
	JournaledOperation,
	RecordResult,
	SignInResult,
	StreamProgress,
} from './device-client.ts';
import { type Enrollment, IdentityKeeper } from './device-identity.ts';
import { enrollDevice, registerKey } from './enrollment.ts';
import { Journal } from './journal.ts';
import { exportFolder } from './journal-export.ts';
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
	type SecretStore,
	StorageFullError,
} from './ports.ts';
import { Replication } from './replication.ts';
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

/** The type under which a damaged record's place in the lane is filled. No central knows it: it keeps it and tells a person. */
const unreadableRecord = 'unreadable_record';

interface OpenLane {
	readonly enrollment: Enrollment;
	readonly journal: Journal;
	readonly states: OperationStates;
	readonly replication: Replication;
}

/** The device core over its ports: one journal, one sender, one feed. */
export class DeviceCore implements DeviceClient {
	readonly #parts: DeviceCoreParts;
	readonly #identity: IdentityKeeper;
	readonly #key: DeviceKey;
	readonly #connection: ConnectionWatch;
	readonly #listeners = new Set<(event: DeviceEvent) => void>();
	readonly #bootId: string;
	readonly #startedMs: number;
	readonly #siteKnown = Promise.withResolvers<void>();
	#lane: OpenLane | null = null;
	#streams: Record<StreamName, StreamProgress | null> = { site: null, shared: null };
	#storageProblem: StorageProblem | null = null;
	#recording = new Map<string, Promise<RecordResult>>();

	private constructor(parts: DeviceCoreParts, identity: IdentityKeeper, key: DeviceKey) {
		this.#parts = parts;
		this.#identity = identity;
		this.#key = key;
		this.#bootId = newOperationId(parts.clock, parts.random);
		this.#startedMs = parts.clock.monotonicMs();
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
		await this.#lane?.replication.stop();
		await this.#lane?.journal.close();
		this.#lane = null;
	}

	async status(): Promise<DeviceStatus> {
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
			this.#serverTimeHeard(enrolled.serverTime);
			this.#connection.startAnew();
			await this.close();
			this.#streams = { site: null, shared: null };
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
		const { serverOffsetMs } = this.#identity.current;
		const site = this.#streams.site;
		const basis = site === null ? null : { epoch: site.epoch, position: site.position };
		const lane = { deviceId, laneId, key: this.#key };
		return { ...lane, actor, grant, basis, bootId: this.#bootId, startedMs: this.#startedMs, serverOffsetMs };
	}

	async #openLane(enrollment: Enrollment): Promise<void> {
		const { folder, central, clock, random, openReplica } = this.#parts;
		const journal = await Journal.open({ folder, laneId: enrollment.laneId, start: enrollment.laneStart });
		const states = new OperationStates(journal);
		central.setCredential(enrollment.credential);
		const replication = new Replication({
			journal,
			replica: openReplica(enrollment.siteId),
			central,
			clock,
			random,
			connection: this.#connection,
			registerKey: () =>
				registerKey({ identity: this.#identity, central, key: this.#key }, this.#streams.site?.epoch ?? ''),
			siteEpoch: () => this.#streams.site?.epoch ?? '',
			serverTimeHeard: (serverTime) => this.#serverTimeHeard(serverTime),
			acknowledged: (opIds) => {
				this.#emitOperations(states.changed(opIds));
				this.#emitStatus();
			},
			stored: (page, cleared) => this.#stored(page, cleared),
			progressed: (stream, progress) => {
				this.#streams = { ...this.#streams, [stream]: progress };
				if (stream === 'site') {
					this.#siteKnown.resolve();
					this.#emitOperations(states.siteReached(progress));
				}
				this.#emitStatus();
			},
		});
		this.#lane = { enrollment, journal, states, replication };
		this.#storageProblem = null;
		await this.#fillLostPlaces(this.#lane);
		replication.start();
	}

	/** Central takes a lane without gaps only, so a damaged record's place is filled with the news of its loss. */
	async #fillLostPlaces({ journal, states, enrollment }: OpenLane): Promise<void> {
		const actor = { associateId: enrollment.deviceId, name: enrollment.deviceName };
		for (const seq of journal.missing()) {
			const opId = newOperationId(this.#parts.clock, this.#parts.random);
			const statement = { opId, type: unreadableRecord, v: 1, payload: { seq } };
			const author = authorOperation(this.#authorship(enrollment, actor, null), statement, this.#parts.clock);
			const before = journal.operationAt(seq - 1)?.hash ?? '';
			await journal.append(() => author({ seq: seq - 1, hash: before }));
			states.changed([opId]);
		}
	}

	#stored(page: FeedPage, cleared: boolean): void {
		const { stream, position } = page;
		const changed = page.documents.map(({ collection, id }) => ({ collection, id }));
		this.#emit({ kind: 'stored', stream, position, changed, cleared });
		if (stream === 'site') this.#followAssociates(page);
	}

	#followAssociates(page: FeedPage): void {
		const associates = associatesAfter(this.#identity.current.associates, page);
		if (associates === null) return;
		void this.#identity.change((current) => ({ ...current, associates: [...associates] })).catch(() => undefined);
		this.#emitStatus();
	}

	#serverTimeHeard(serverTime: string): void {
		const offset = Temporal.Instant.from(serverTime).epochMilliseconds - this.#parts.clock.wallMs();
		const before = this.#identity.current.serverOffsetMs;
		if (before !== null && Math.abs(before - offset) < 1000) return;
		void this.#identity.change((current) => ({ ...current, serverOffsetMs: offset })).catch(() => undefined);
		this.#emitStatus();
	}

	#status(): DeviceStatus {
		const { enrollment, associates, serverOffsetMs } = this.#identity.current;
		const journal = this.#lane?.journal;
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
			waiting: journal?.unansweredCount ?? 0,
			serverOffsetMs,
			streams: this.#streams,
			recovery: journal?.recovery ?? [],
			replay: null,
			clockWarning: null,
			server: null,
			replicaProblem: null,
			rebuilding: false,
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

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
