import { type Static, Type } from 'typebox';
import { Associate, RoleName } from '../schema/associate.ts';
import { CollectionNameSchema } from '../schema/documents.ts';
import { Count, Id, Instant, LongText, OneOf, Position, ShortText } from '../schema/field.ts';
import { OperationEnvelope } from '../schema/operation.ts';

/** The most operations in one push, and the most documents in one page. */
export const maxOperationsPerPush = 100;
export const maxDocumentsPerPage = 1000;

/** Every error of every route: what happened, where, and what to do, in words; `error` is for programs. */
export const Problem = Type.Object({
	error: ShortText,
	message: LongText,
	where: Type.Optional(LongText),
	whatToDo: Type.Optional(LongText),
	/** With `gap`: the sequence number that the lane needs next. */
	expectedSeq: Type.Optional(Position),
	attemptsLeft: Type.Optional(Count),
	lockedUntil: Type.Optional(Instant),
});
export type Problem = Readonly<Static<typeof Problem>>;

const PublicKey = Type.String({ pattern: '^[\\w-]{43}$' });

/** A new key of an enrolled device, whose store has lost the one before. */
export const KeyRequest = Type.Object({ publicKey: PublicKey });
export type KeyRequest = Readonly<Static<typeof KeyRequest>>;
export const KeyAnswer = Type.Object({ keyId: Id, serverTime: Instant });
export type KeyAnswer = Readonly<Static<typeof KeyAnswer>>;

export const EnrollRequest = Type.Object({
	code: Type.String({ minLength: 4, maxLength: 40 }),
	deviceName: ShortText,
	/** A device that lost its credential names itself, and keeps its lane unless that is frozen. */
	deviceId: Type.Optional(Id),
	/** The lane that it had. A central that was restored from a backup and knows neither gives it back, to be filled up again. */
	laneId: Type.Optional(Id),
	/** The device's Ed25519 public key, 32 bytes in base64url: it signs its operations with the private half. */
	publicKey: Type.Optional(PublicKey),
});
export type EnrollRequest = Readonly<Static<typeof EnrollRequest>>;

export const EnrollAnswer = Type.Object({
	deviceId: Id,
	laneId: Id,
	siteId: Id,
	siteName: ShortText,
	/** Sent as `Authorization: Bearer …` with every request. */
	credential: Type.String({ minLength: 20, maxLength: 200 }),
	credentialExpiresAt: Instant,
	/** What the lane holds already: 0 for a new one. */
	lastSeq: Position,
	lastHash: Type.String({ maxLength: 64 }),
	/** The associates of the site, so that the first sign-in needs no replica. */
	associates: Type.Array(Associate),
	serverTime: Instant,
});
export type EnrollAnswer = Readonly<Static<typeof EnrollAnswer>>;

export const SignInRequest = Type.Object({ associateId: Id, pin: Type.String({ minLength: 4, maxLength: 12 }) });
export type SignInRequest = Readonly<Static<typeof SignInRequest>>;

export const SignInAnswer = Type.Object({
	associate: Type.Object({ id: Id, name: ShortText, roles: Type.Array(RoleName), siteId: Id }),
	/** Signed by central; goes with each operation. */
	grant: Type.String({ maxLength: 4000 }),
	grantExpiresAt: Instant,
	serverTime: Instant,
});
export type SignInAnswer = Readonly<Static<typeof SignInAnswer>>;

export const PushRequest = Type.Object({
	operations: Type.Array(OperationEnvelope, { minItems: 1, maxItems: maxOperationsPerPush }),
});
export type PushRequest = Readonly<Static<typeof PushRequest>>;

export const OperationOutcome = Type.Object({
	opId: Id,
	seq: Position,
	outcome: OneOf(['applied', 'refused', 'quarantined']),
	/** With refused and quarantined: why, as a word for programs and catalogs. */
	reason: Type.Optional(ShortText),
	/** Kinds of the exceptions that it opened: a person must look. */
	exceptions: Type.Array(ShortText),
	/** The site stream's position that carries its effects. */
	position: Position,
});
export type OperationOutcome = Readonly<Static<typeof OperationOutcome>>;

export const PushAnswer = Type.Object({
	outcomes: Type.Array(OperationOutcome),
	serverTime: Instant,
	/** The server's release; absent from those that knew no releases. */
	release: Type.Optional(Position),
});
export type PushAnswer = Readonly<Static<typeof PushAnswer>>;

export const FeedDocument = Type.Object({
	collection: CollectionNameSchema,
	id: Id,
	position: Position,
	/** A tombstone: the document left this stream. */
	deleted: Type.Boolean(),
	/** The document; null with a tombstone. */
	body: Type.Unknown(),
});
export type FeedDocument = Readonly<Static<typeof FeedDocument>>;

export const Checkpoint = Type.Object({
	epoch: Type.String({ maxLength: 100 }),
	position: Position,
	/** The horizon of the page with which the load from zero began. */
	horizon: Type.Optional(Position),
});
export type Checkpoint = Readonly<Static<typeof Checkpoint>>;

/** One page of a stream, in order of position. `head` is where the stream stood when it was read. */
export const FeedPage = Type.Object({
	stream: OneOf(['site', 'shared']),
	epoch: Type.String({ maxLength: 100 }),
	documents: Type.Array(FeedDocument, { maxItems: maxDocumentsPerPage }),
	/** The checkpoint after this page. */
	position: Position,
	head: Position,
	/** Tombstones up to here are gone for good; absent from servers that kept them all. */
	horizon: Type.Optional(Position),
	/** The device's checkpoint is of another epoch or beyond the kept history: start anew from zero. */
	resync: Type.Boolean(),
	serverTime: Instant,
	/**
	 * With the site's stream: the last operation of the asking device's lane whose effects are in this page or in those before
	 * it. Those up to here leave the device's projection in the same step in which it stores the page.
	 */
	ownSeq: Type.Optional(Position),
	/** The server's release; absent from those that knew no releases. */
	release: Type.Optional(Position),
	/** How far a demonstration's clock runs behind the real one, in milliseconds; absent for the real time. */
	clockShiftMs: Type.Optional(Type.Number()),
});
export type FeedPage = Readonly<Static<typeof FeedPage>>;

/** What a stream's documents add up to, collection by collection: count, and XOR of a hash over id and position. */
export const FeedDigest = Type.Object({
	stream: OneOf(['site', 'shared']),
	epoch: Type.String({ maxLength: 100 }),
	/** The stream's head when it was computed: it can be compared by a device that has stored just so far. */
	position: Position,
	collections: Type.Array(
		Type.Object({
			collection: CollectionNameSchema,
			count: Count,
			/** 16 hexadecimal digits: XOR of the first 8 bytes of SHA-256 over `<id> <position>` in UTF-8. */
			sum: Type.String({ pattern: '^[0-9a-f]{16}$' }),
		}),
	),
});
export type FeedDigest = Readonly<Static<typeof FeedDigest>>;

/** What a server-sent event says: how far the streams reach. It carries no document; it only wakes. */
export const WakeEvent = Type.Object({ site: Position, shared: Position });
export type WakeEvent = Readonly<Static<typeof WakeEvent>>;

/** Asks for an order that the device's site has no part in, by its whole number. */
export const BringOrderRequest = Type.Object({ number: Id });
export type BringOrderRequest = Readonly<Static<typeof BringOrderRequest>>;

/** The order is in the site's stream, at this position. */
export const BringOrderAnswer = Type.Object({ orderId: Id, position: Position });
export type BringOrderAnswer = Readonly<Static<typeof BringOrderAnswer>>;

/** The routes of the sync protocol. */
export const syncRoutes = {
	enroll: '/sync/v1/enroll',
	signIn: '/sync/v1/sign-in',
	key: '/sync/v1/key',
	push: '/sync/v1/operations',
	bringOrder: '/sync/v1/orders/bring',
	ask: '/sync/v1/ask',
	/** `?stream=site|shared&epoch=…&after=…&horizon=…&limit=…` */
	feed: '/sync/v1/feed',
	/** `?stream=site|shared` */
	digest: '/sync/v1/digest',
	events: '/sync/v1/events',
} as const;
