import type {
	BringOrderAnswer,
	Checkpoint,
	EnrollAnswer,
	EnrollRequest,
	FeedPage,
	KeyAnswer,
	KeyRequest,
	OperationOutcome,
	SignInAnswer,
	SignInRequest,
	WakeEvent,
} from '../protocol/messages.ts';
import type { StreamName } from '../schema/documents.ts';
import type { OperationEnvelope } from '../schema/operation.ts';

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
	push(
		operations: readonly OperationEnvelope[],
	): Promise<CentralAnswer<{ outcomes: readonly OperationOutcome[]; serverTime: string }>>;
	pull(stream: StreamName, checkpoint: Checkpoint | null, limit: number): Promise<CentralAnswer<FeedPage>>;
	/** Asks for an order of another site by its whole number: it comes down with the site's stream. */
	bringOrder(number: string): Promise<CentralAnswer<BringOrderAnswer>>;
	/** Calls `onWake` for each event; resolves when the connection ends, with the reason. */
	listen(onWake: (event: WakeEvent) => void, signal: AbortSignalLike): Promise<CentralFailure>;
}

/** Where confirmed documents are kept. It may be thrown away at any time. */
export interface Replica {
	/** How far a stream was stored, or null when nothing is. */
	checkpoint(stream: StreamName): Promise<Checkpoint | null>;
	/** Stores a page and its checkpoint; returns when both are readable. Storing a page twice changes nothing. */
	store(page: FeedPage): Promise<void>;
	/** Drops what came from this stream. */
	clear(stream: StreamName): Promise<void>;
}
