import type { EnrollAnswer, FeedPage } from '../protocol/messages.ts';
import type { Associate } from '../schema/associate.ts';
import type { StreamName } from '../schema/documents.ts';
import { type OperationType, operationKinds, type PayloadOf } from '../schema/operation.ts';
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
import { Journal } from './journal.ts';
import { exportFolder } from './journal-export.ts';
import { journalOwner } from './journal-owner.ts';
import { type Authorship, authorOperation, newOperationId } from './operation-author.ts';
import { OperationStates } from './operation-states.ts';
import {
	type Central,
	type DeviceClock,
	type DeviceRandom,
	type JournalFolder,
	type PinCheck,
	type Replica,
	type SecretStore,
	StorageFullError,
} from './ports.ts';
import { Replication } from './replication.ts';
import { signedInOf, signIn, signOut } from './sign-in.ts';
import { StopSignal } from './stop-signal.ts';

/** How long an order that central has published may take to come down. */
const comesDownMs = 10_000;

export interface DeviceCoreParts {
	readonly folder: JournalFolder;
	readonly secrets: SecretStore;
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
	readonly #connection: ConnectionWatch;
	readonly #listeners = new Set<(event: DeviceEvent) => void>();
	readonly #bootId: string;
	readonly #startedMs: number;
	readonly #siteKnown = Promise.withResolvers<void>();
	#lane: OpenLane | null = null;
	#streams: Record<StreamName, StreamProgress | null> = { site: null, shared: null };
	#storageProblem: StorageProblem | null = null;
	#recording = new Map<string, Promise<RecordResult>>();

	private constructor(parts: DeviceCoreParts, identity: IdentityKeeper) {
		this.#parts = parts;
		this.#identity = identity;
		this.#bootId = newOperationId(parts.clock, parts.random);
		this.#startedMs = parts.clock.monotonicMs();
		this.#connection = new ConnectionWatch(parts.clock, (cameBack) => {
			if (cameBack) this.#lane?.replication.wake();
			this.#emitStatus();
		});
	}

	/** Opens the identity and, when the device is enrolled, its journal. Throws when the identity's store can't be read. */
	static async open(parts: DeviceCoreParts): Promise<DeviceCore> {
		const core = new DeviceCore(parts, await IdentityKeeper.open(parts.secrets));
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
		let deviceId: string;
		try {
			deviceId = await this.#ownId();
			await this.#identity.change((current) => ({ ...current, deviceId }));
		} catch (error) {
			return this.#notStored(error);
		}
		const answer = await this.#parts.central.enroll({ code, deviceName, deviceId });
		if (!answer.ok) {
			const { failure } = answer;
			const refusal = failure.kind === 'refused' ? failure.error : null;
			const reason =
				refusal === 'wrong_code' || refusal === 'code_used'
					? refusal
					: failure.kind === 'unreachable' || failure.kind === 'unavailable'
						? 'unreachable'
						: 'refused';
			return { ok: false, reason, message: failure.message };
		}
		try {
			await this.#keepEnrollment(answer.value, deviceName);
		} catch (error) {
			return this.#notStored(error);
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
		if (answer.ok) {
			const { orderId, position } = answer.value;
			if (await this.#siteReaches(position)) return { ok: true, orderId };
			return { ok: false, reason: 'unreachable', message: 'the order did not come down in time' };
		}
		const { failure } = answer;
		const isAway = failure.kind === 'unreachable' || failure.kind === 'unavailable';
		const isUnknown = failure.kind === 'refused' && failure.error === 'unknown_order';
		const reason = isAway ? 'unreachable' : isUnknown ? 'unknown_order' : 'refused';
		return { ok: false, reason, message: failure.message };
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

	/** Fetches now; true when the site's stream is stored up to this position, false when it takes too long. */
	async #siteReaches(position: number): Promise<boolean> {
		const isReached = () => (this.#streams.site?.position ?? -1) >= position;
		const reached = Promise.withResolvers<void>();
		const forget = this.subscribe(() => {
			if (isReached()) reached.resolve();
		});
		this.#lane?.replication.wake();
		const patience = new StopSignal();
		if (!isReached()) await Promise.race([reached.promise, this.#parts.clock.sleep(comesDownMs, patience)]);
		patience.stop();
		forget();
		return isReached();
	}

	async #ownId(): Promise<string> {
		const known = this.#identity.current.deviceId ?? (await journalOwner(this.#parts.folder));
		return known ?? newOperationId(this.#parts.clock, this.#parts.random);
	}

	#notStored(error: unknown): EnrollResult {
		this.#storageProblem = storageProblemOf(error);
		this.#emitStatus();
		return { ok: false, reason: 'storage', message: words(error) };
	}

	#authorship(enrollment: Enrollment, actor: Authorship['actor'], grant: string | null): Authorship {
		const { deviceId, laneId } = enrollment;
		const { serverOffsetMs } = this.#identity.current;
		const site = this.#streams.site;
		const basis = site === null ? null : { epoch: site.epoch, position: site.position };
		return { deviceId, laneId, actor, grant, basis, bootId: this.#bootId, startedMs: this.#startedMs, serverOffsetMs };
	}

	async #keepEnrollment(answer: EnrollAnswer, deviceName: string): Promise<void> {
		const before = this.#identity.current.enrollment;
		const { deviceId, laneId, siteId, siteName, credential, credentialExpiresAt, associates } = answer;
		const held = before?.laneId === laneId ? (this.#lane?.journal.end.seq ?? before.laneStart.seq) : -1;
		// A lane that central knows further than this device does goes on from central's end.
		const laneStart =
			before !== null && answer.lastSeq <= held ? before.laneStart : { seq: answer.lastSeq, hash: answer.lastHash };
		const enrollment = { deviceId, deviceName, laneId, siteId, siteName, credential, credentialExpiresAt, laneStart };
		await this.#identity.change((current) => ({ ...current, enrollment, associates: [...associates] }));
		this.#serverTimeHeard(answer.serverTime);
		this.#connection.startAnew();
		await this.close();
		this.#streams = { site: null, shared: null };
		await this.#openLane(enrollment);
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
		const told = page.documents.filter(({ collection }) => collection === 'meta');
		if (told.length === 0) return;
		const associates = new Map(this.#identity.current.associates.map((each) => [each.id, each]));
		let isChanged = false;
		for (const { id, deleted, body } of told) {
			if (deleted) isChanged = associates.delete(id) || isChanged;
			else if (isAssociate(body)) {
				associates.set(id, body);
				isChanged = true;
			}
		}
		if (!isChanged) return;
		void this.#identity
			.change((current) => ({ ...current, associates: [...associates.values()] }))
			.catch(() => undefined);
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

function isAssociate(body: unknown): body is Associate {
	return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'associate';
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
