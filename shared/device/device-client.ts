import type { OperationOutcome } from '../protocol/messages.ts';
import type { AnswerOf, QuestionKind, QuestionOf } from '../protocol/questions.ts';
import type { Associate, Role } from '../schema/associate.ts';
import type { StreamName } from '../schema/documents.ts';
import type { OperationEnvelope, OperationType, PayloadOf } from '../schema/operation.ts';

/** An operation with what is known of its fate. */
export interface JournaledOperation {
	readonly operation: OperationEnvelope;
	/** saved: on this device's disk; sent: the server has answered, its effects are not pulled yet; the last two are final. */
	readonly state: 'saved' | 'sent' | 'confirmed' | 'needs_attention';
	readonly outcome: OperationOutcome | null;
}

export type Connection =
	| { readonly kind: 'starting' }
	| { readonly kind: 'online' }
	/** The server answers, but slowly or not fully. */
	| { readonly kind: 'slow'; readonly message: string }
	| { readonly kind: 'cut_off'; readonly sinceMs: number; readonly message: string }
	/** The device must be enrolled again; its journal is untouched. */
	| { readonly kind: 'credential'; readonly message: string }
	/** The app is too old to be shown anything new: what it saves is still sent. */
	| { readonly kind: 'outdated'; readonly message: string }
	| { readonly kind: 'lane_frozen'; readonly message: string };

export interface StreamProgress {
	readonly epoch: string;
	readonly position: number;
	readonly head: number;
}

/** What the journal's recovery found at start. */
export interface RecoveryNote {
	readonly file: string;
	readonly what: 'torn_tail' | 'damaged_middle';
	readonly bytes: number;
	readonly copiedTo: string;
}

export interface SignedIn {
	readonly associateId: string;
	readonly name: string;
	readonly roles: readonly Role[];
	/** False when central could not be asked: the PIN was checked on this device. */
	readonly checkedByCentral: boolean;
	readonly grantExpiresAt: string | null;
}

export interface DeviceStatus {
	readonly enrolled: null | {
		readonly deviceId: string;
		readonly deviceName: string;
		readonly siteId: string;
		readonly siteName: string;
	};
	/** Those who may sign in here, as last heard from central. */
	readonly associates: readonly Associate[];
	readonly signedIn: SignedIn | null;
	readonly connection: Connection;
	/** Operations that central has not answered yet. */
	readonly waiting: number;
	/** Server clock minus device clock in milliseconds, or null. */
	readonly serverOffsetMs: number | null;
	readonly streams: Readonly<Record<StreamName, StreamProgress | null>>;
	readonly recovery: readonly RecoveryNote[];
	/** The sending of a long queue: how many of how many are answered; null when nothing waits or it is short. */
	readonly replay: null | { readonly done: number; readonly total: number };
	/** What is wrong with this device's clock: off by more than two minutes, or it jumped; null when it is right enough. */
	readonly clockWarning: null | { readonly kind: 'off' | 'jumped'; readonly offMs: number };
	/** The server's release beside this app's; null until it was heard. */
	readonly server: null | 'same' | 'older' | 'newer';
	/** The generation of the replica that is shown; null while none is complete. */
	readonly replicaGeneration: number | null;
	/** What was found wrong with the replica when the app was opened or compared: it is being loaded anew. */
	readonly replicaProblem: null | 'lost' | 'damaged' | 'differs';
	/** True while a new generation of the replica is pulled beside the one that is shown. */
	readonly rebuilding: boolean;
	/** Set when the disk is full or the journal can't be written: nothing can be saved until it is mended. */
	readonly storageProblem: string | null;
}

export type DeviceEvent =
	| { readonly kind: 'status'; readonly status: DeviceStatus }
	/** New or changed operations, in lane order. */
	| { readonly kind: 'operations'; readonly operations: readonly JournaledOperation[] }
	/** A page is stored in the replica: these documents changed. */
	| {
			readonly kind: 'stored';
			/** Of the replica; one that is being filled is not shown yet. */
			readonly generation: number;
			readonly stream: StreamName;
			readonly position: number;
			/** With the site's stream: operations of this lane up to here are in its documents, and leave the projection now. */
			readonly laneId: string;
			readonly ownSeq: number;
			readonly changed: readonly { readonly collection: string; readonly id: string; readonly deleted: boolean }[];
	  }
	/** Another generation of the replica is complete: the screens show it from now on. */
	| { readonly kind: 'swapped'; readonly generation: number };

export type RecordResult =
	/** Flushed to the disk. */
	| { readonly ok: true; readonly operation: JournaledOperation }
	| {
			readonly ok: false;
			readonly reason: 'not_signed_in' | 'not_enrolled' | 'storage' | 'not_enough_rights';
			readonly message: string;
	  };

export type EnrollResult =
	| { readonly ok: true }
	| {
			readonly ok: false;
			readonly reason: 'unreachable' | 'wrong_code' | 'code_used' | 'storage' | 'refused';
			readonly message: string;
	  };

export type SignInResult =
	| { readonly ok: true; readonly signedIn: SignedIn }
	| {
			readonly ok: false;
			/** never_signed_in_here: central can't be asked, and this device has no proof of this associate. */
			readonly reason:
				| 'wrong_pin'
				| 'locked'
				| 'never_signed_in_here'
				| 'grant_expired'
				| 'not_enrolled'
				| 'unavailable';
			readonly attemptsLeft: number | null;
			readonly lockedUntilMs: number | null;
	  };

export type BringOrderResult =
	/** The order is stored in the replica. */
	| { readonly ok: true; readonly orderId: string }
	| { readonly ok: false; readonly reason: 'unknown_order' | 'unreachable' | 'refused'; readonly message: string };

export type AskResult<K extends QuestionKind> =
	| { readonly ok: true; readonly answer: AnswerOf<K> }
	/** unreachable: central can't be asked now, so show what was last known, and how old it is. */
	| { readonly ok: false; readonly reason: 'unreachable' | 'refused'; readonly message: string };

/** The device core, as the screens see it: the same in the browser (a worker) and in the shell (the main process). */
export interface DeviceClient {
	status(): Promise<DeviceStatus>;
	subscribe(listener: (event: DeviceEvent) => void): () => void;
	enroll(code: string, deviceName: string): Promise<EnrollResult>;
	signIn(associateId: string, pin: string): Promise<SignInResult>;
	signOut(): Promise<void>;
	/** Resolves when the operation is on the disk. Only then may a screen say saved, or beep. */
	record<T extends OperationType>(type: T, payload: PayloadOf<T>): Promise<RecordResult>;
	/** The latest operations of this device, newest first, and all that still count in the projection. */
	operations(limit: number): Promise<readonly JournaledOperation[]>;
	/** Asks central for an order that this site has no part in; resolves when it is here, or within about 16 s when it is not. */
	bringOrder(number: string): Promise<BringOrderResult>;
	/** Asks what only central can answer at this moment; resolves within about 6 s, also when it can't be asked. */
	ask<K extends QuestionKind>(kind: K, question: QuestionOf<K>): Promise<AskResult<K>>;
	/** Units that this device may still promise of each SKU without asking anybody, in the order of the question. */
	rightsLeft(skus: readonly string[]): Promise<readonly number[]>;
	/** Asks central now instead of after the pause. */
	retryNow(): Promise<void>;
	/** The journal's bytes, as one file; works even when nothing else does. */
	exportJournal(): Promise<Uint8Array>;
}
