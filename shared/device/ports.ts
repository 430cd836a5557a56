import type {
	BringOrderAnswer,
	Checkpoint,
	EnrollAnswer,
	EnrollRequest,
	FeedDigest,
	FeedPage,
	KeyAnswer,
	KeyRequest,
	PushAnswer,
	SignInAnswer,
	SignInRequest,
	WakeEvent,
} from '../protocol/messages.ts';
import type { AnswerOf, QuestionKind, QuestionOf } from '../protocol/questions.ts';
import type { StreamName } from '../schema/documents.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import type { SellingRight } from '../schema/selling-right.ts';

/** Thrown by a file or a store when there is no room left. */
export class StorageFullError extends Error {
	override readonly name = 'StorageFullError';
}

/** One append-only file of the journal. Reading back what was appended is allowed before the flush. */
export interface JournalFile {
	size(): Promise<number>;
	read(offset: number, length: number): Promise<Uint8Array>;
	append(bytes: Uint8Array): Promise<void>;
	/** Returns when everything appended is on the disk. */
	flush(): Promise<void>;
	/** For recovery only: cuts a torn tail. */
	truncate(size: number): Promise<void>;
	close(): Promise<void>;
}

/** The folder that holds one device's journal. Names are plain file names. */
export interface JournalFolder {
	list(): Promise<readonly string[]>;
	/** Makes the file if there is none. A file is open once at a time. */
	open(name: string): Promise<JournalFile>;
	/** The whole file, also while it is open. */
	read(name: string): Promise<Uint8Array>;
	/** Copies a damaged file aside before it is mended, also while it is open; returns when the copy is on the disk. */
	copy(name: string, to: string): Promise<void>;
	/** Deletes a closed file; one that is not there is no error. */
	remove(name: string): Promise<void>;
}

/** Small secrets and settings of the device: in the shell behind the keychain, in the browser in its own storage. */
export interface SecretStore {
	read(): Promise<string | null>;
	/** Replaces the whole content; returns when it is on the disk. */
	write(text: string): Promise<void>;
}

export interface DeviceClock {
	/** Milliseconds since the epoch, by the device's wall clock. */
	wallMs(): number;
	/** Milliseconds since some start; never goes back. */
	monotonicMs(): number;
	/** Resolves after this time, or earlier when the signal aborts. */
	sleep(milliseconds: number, signal: AbortSignalLike): Promise<void>;
}

export interface AbortSignalLike {
	readonly aborted: boolean;
	addEventListener(type: 'abort', listener: () => void): void;
	removeEventListener(type: 'abort', listener: () => void): void;
}

export interface DeviceRandom {
	bytes(count: number): Uint8Array;
	/** From 0 up to, not including, 1. */
	fraction(): number;
}

/** The device's own signing key: Ed25519, its private half can't be read out. */
export interface DeviceKey {
	/** SHA-256 of the public key's 32 bytes, the first 32 hexadecimal digits. */
	readonly keyId: string;
	/** The 32 bytes in base64url. */
	readonly publicKey: string;
	/** The signature's 64 bytes. */
	sign(bytes: Uint8Array): Promise<Uint8Array>;
}

export interface KeyStore {
	/** The device's key; a new one when there is none, or none that can be read. */
	open(): Promise<DeviceKey>;
}

/** Checks PINs without knowing them: a verifier is a slow, salted hash. */
export interface PinCheck {
	makeVerifier(pin: string): Promise<string>;
	matches(pin: string, verifier: string): Promise<boolean>;
}

/** Why central could not be asked, or what it said. */
export type CentralFailure =
	/** Nothing answered, or an answer that is not Backstock's. */
	| { readonly kind: 'unreachable'; readonly message: string }
	/** The server answers, but can't work now (its database is down). */
	| { readonly kind: 'unavailable'; readonly message: string }
	/** The device's credential is wrong, expired or revoked. */
	| { readonly kind: 'credential'; readonly message: string }
	/** This device's release is too old to be given documents; its operations are still taken in. */
	| { readonly kind: 'outdated'; readonly message: string }
	| { readonly kind: 'gap'; readonly expectedSeq: number; readonly message: string }
	| { readonly kind: 'lane_frozen'; readonly message: string }
	| {
			readonly kind: 'refused';
			readonly error: string;
			readonly message: string;
			readonly attemptsLeft?: number;
			readonly lockedUntil?: string;
	  };

export type CentralAnswer<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly failure: CentralFailure };

/** The sync server, as a device calls it. The credential is set once and goes with every request. */
export interface Central {
	setCredential(credential: string | null): void;
	enroll(request: EnrollRequest): Promise<CentralAnswer<EnrollAnswer>>;
	/** Makes a new key of this device known, before anything that it signed is pushed. Twice does no harm. */
	registerKey(request: KeyRequest): Promise<CentralAnswer<KeyAnswer>>;
	signIn(request: SignInRequest): Promise<CentralAnswer<SignInAnswer>>;
	push(operations: readonly OperationEnvelope[]): Promise<CentralAnswer<PushAnswer>>;
	pull(stream: StreamName, checkpoint: Checkpoint | null, limit: number): Promise<CentralAnswer<FeedPage>>;
	/** What the stream's documents add up to at central, as this device may see them. */
	digest(stream: StreamName): Promise<CentralAnswer<FeedDigest>>;
	/** Asks for an order of another site by its whole number: it comes down with the site's stream. */
	bringOrder(number: string): Promise<CentralAnswer<BringOrderAnswer>>;
	/** Asks what only central can answer at this moment; `grant` is of who is signed in. */
	ask<K extends QuestionKind>(
		kind: K,
		question: QuestionOf<K>,
		grant: string | null,
	): Promise<CentralAnswer<AnswerOf<K>>>;
	/** Calls `onWake` for each event; resolves when the connection ends, with the reason. */
	listen(onWake: (event: WakeEvent) => void, signal: AbortSignalLike): Promise<CentralFailure>;
}

/** How far one generation of the replica holds a stream. */
export interface StoredCheckpoint extends Checkpoint {
	readonly laneId: string;
	/** With the site's stream: the last operation of this lane that its documents hold. */
	readonly ownSeq: number;
}
export type StoredCheckpoints = Readonly<Record<StreamName, StoredCheckpoint | null>>;

/** A page as the replica stores it: it also says up to which of the device's operations the documents hold them. */
export type StoredPage = FeedPage & Pick<StoredCheckpoint, 'laneId' | 'ownSeq'>;

/** One whole copy of a site's documents. */
export interface ReplicaGeneration {
	readonly number: number;
	readonly checkpoints: StoredCheckpoints;
}

export interface ReplicaContents {
	/** The highest complete generation: people work on it. One of another schema can be read, never fed. */
	readonly shown: (ReplicaGeneration & { readonly isReadOnly: boolean }) | null;
	/** The one above it that is being filled. */
	readonly filling: ReplicaGeneration | null;
	/** A generation that was complete could not be trusted any more, and was dropped. */
	readonly isDamaged: boolean;
}

/**
 * Where confirmed documents are kept: generations side by side, of which any may be thrown away at any time. Which one is shown
 * is written in the generations themselves, so that a crash at any point leaves one that is complete.
 */
export interface Replica {
	/** Looks at what is there, and drops what nobody needs. */
	contents(): Promise<ReplicaContents>;
	/** An empty generation above all others and above this number; one that was being filled is dropped. Gives its number. */
	begin(above: number): Promise<number>;
	/** Stores a page and its checkpoint; returns when both are readable. Storing a page twice changes nothing. */
	store(generation: number, page: StoredPage): Promise<void>;
	/** From here on this generation is the one that is shown. Those below are dropped as soon as no window reads them. */
	complete(generation: number): Promise<void>;
	/** What this generation's documents of a stream add up to. */
	digest(generation: number, stream: StreamName): Promise<FeedDigest['collections']>;
	/** All selling rights that this generation holds. */
	rights(generation: number): Promise<readonly SellingRight[]>;
}
