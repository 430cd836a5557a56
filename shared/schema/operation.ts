import { type Static, type TObject, Type } from 'typebox';
import { Money } from '../money.ts';
import { Adjust } from './adjust-operation.ts';
import { type Role, roles } from './associate.ts';
import {
	CancelCount,
	CountUnits,
	NoteUnknownCode,
	OpenCount,
	PostCount,
	ReviewCount,
	SettleUnknownCode,
	SubmitCount,
} from './count-operation.ts';
import { Id, Instant, LongText, OneOf, Position, Quantity, ShortText, WeightGrams } from './field.ts';
import { identityChecks, Signature, shortReasons } from './fulfillment-order.ts';
import { Address } from './order.ts';
import { ReturnEvidence, ReturnLine } from './return-case.ts';
import {
	CaptureAtSite,
	CloseBin,
	CloseReceipt,
	MoveBetweenBins,
	OpenBin,
	OpenTransfer,
	PackTransfer,
	PickTransfer,
	PutBackTransfer,
	Receive,
	ReleaseReservation,
	ReleaseRights,
	RequestTransfer,
	ReserveStock,
	Sell,
	SendTransfer,
	ShortTransfer,
	StopTransfer,
	UndoReceive,
} from './stock-operation.ts';
import { UnitIdentity } from './stock-position.ts';

const FulfillmentTarget = { fulfillmentOrderId: Id, orderId: Id };
const LineQuantity = Type.Object({ lineId: Id, sku: Id, quantity: Quantity });

const StartPicking = Type.Object(FulfillmentTarget);
const Pick = Type.Object({
	...FulfillmentTarget,
	lineId: Id,
	sku: Id,
	quantity: Quantity,
	scannedCode: Type.Optional(ShortText),
	...UnitIdentity.properties,
});
const UndoPick = Type.Object({
	...FulfillmentTarget,
	lineId: Id,
	sku: Id,
	quantity: Quantity,
	...UnitIdentity.properties,
});
const Short = Type.Object({
	...FulfillmentTarget,
	lineId: Id,
	sku: Id,
	quantity: Quantity,
	reason: OneOf(shortReasons),
});
const Pack = Type.Object({
	...FulfillmentTarget,
	packageId: Id,
	lines: Type.Array(Type.Object({ ...LineQuantity.properties, ...UnitIdentity.properties }), {
		minItems: 1,
		maxItems: 200,
	}),
	weightGrams: WeightGrams,
});
const Ship = Type.Object({ ...FulfillmentTarget, packageId: Id, trackingNumber: ShortText });
const Stage = Type.Object({ ...FulfillmentTarget, location: ShortText });
const HandOver = Type.Object({
	...FulfillmentTarget,
	lines: Type.Array(Type.Object({ ...LineQuantity.properties, ...UnitIdentity.properties }), {
		minItems: 1,
		maxItems: 200,
	}),
	identityCheck: OneOf(identityChecks),
	collectedBy: ShortText,
	signature: Type.Optional(Signature),
});
const PutBack = Type.Object({ ...FulfillmentTarget, sku: Id, quantity: Quantity, ...UnitIdentity.properties });
const Return = Type.Object({
	returnId: Id,
	orderId: Id,
	orderNumber: Id,
	lines: Type.Array(ReturnLine, { minItems: 1, maxItems: 200 }),
	/** What the screen told the customer; central computes its own. */
	refund: Money,
	evidence: Type.Optional(ReturnEvidence),
});
const Cancel = Type.Object({ ...FulfillmentTarget, reason: LongText });
const Decline = Type.Object({ ...FulfillmentTarget, reason: LongText });
const ResolveException = Type.Object({ exceptionId: Id, note: LongText });
const RetryOperation = Type.Object({ exceptionId: Id, operationId: Id });
const SetAside = Type.Object({ operationId: Id, reason: LongText });
const AskManager = Type.Object({ exceptionId: Id, note: LongText });

const EditAddress = Type.Object({ orderId: Id, shipTo: Address });
const PrintLabel = Type.Object({
	...FulfillmentTarget,
	packageId: Id,
	/** What stands on it: the device may not have heard of a newer address. */
	shipTo: Address,
});

const anyone: readonly Role[] = roles;
const inCharge: readonly Role[] = ['manager', 'order_desk', 'operations'];

interface OperationKind {
	readonly nature: 'fact' | 'request';
	readonly version: number;
	readonly payload: TObject;
	/** Who may ask for it. A fact by somebody else is kept all the same: it has happened. */
	readonly roles: readonly Role[];
}

/** Every kind of operation: what it says, whether central may refuse it, and who may do it. */
export const operationKinds = {
	start_picking: { nature: 'fact', version: 1, payload: StartPicking, roles: anyone },
	pick: { nature: 'fact', version: 2, payload: Pick, roles: anyone },
	undo_pick: { nature: 'fact', version: 2, payload: UndoPick, roles: anyone },
	short: { nature: 'fact', version: 1, payload: Short, roles: anyone },
	pack: { nature: 'fact', version: 2, payload: Pack, roles: anyone },
	ship: { nature: 'fact', version: 1, payload: Ship, roles: anyone },
	stage: { nature: 'fact', version: 1, payload: Stage, roles: anyone },
	hand_over: { nature: 'fact', version: 3, payload: HandOver, roles: anyone },
	put_back: { nature: 'fact', version: 2, payload: PutBack, roles: anyone },
	return: { nature: 'fact', version: 3, payload: Return, roles: anyone },
	print_label: { nature: 'fact', version: 1, payload: PrintLabel, roles: anyone },
	open_count: { nature: 'fact', version: 1, payload: OpenCount, roles: anyone },
	count: { nature: 'fact', version: 3, payload: CountUnits, roles: anyone },
	note_unknown_code: { nature: 'fact', version: 1, payload: NoteUnknownCode, roles: anyone },
	settle_unknown_code: { nature: 'fact', version: 2, payload: SettleUnknownCode, roles: anyone },
	submit_count: { nature: 'fact', version: 1, payload: SubmitCount, roles: anyone },
	review_count: { nature: 'request', version: 1, payload: ReviewCount, roles: ['manager', 'operations'] },
	post_count: { nature: 'request', version: 1, payload: PostCount, roles: ['manager', 'operations'] },
	cancel_count: { nature: 'request', version: 1, payload: CancelCount, roles: ['manager', 'operations'] },
	adjust: { nature: 'fact', version: 1, payload: Adjust, roles: anyone },
	move_between_bins: { nature: 'fact', version: 1, payload: MoveBetweenBins, roles: anyone },
	close_bin: { nature: 'request', version: 1, payload: CloseBin, roles: ['manager', 'operations'] },
	open_bin: { nature: 'request', version: 1, payload: OpenBin, roles: ['manager', 'operations'] },
	receive: { nature: 'fact', version: 1, payload: Receive, roles: anyone },
	undo_receive: { nature: 'fact', version: 1, payload: UndoReceive, roles: anyone },
	close_receipt: { nature: 'fact', version: 1, payload: CloseReceipt, roles: anyone },
	request_transfer: { nature: 'request', version: 1, payload: RequestTransfer, roles: ['manager', 'operations'] },
	open_transfer: { nature: 'fact', version: 1, payload: OpenTransfer, roles: ['manager', 'operations'] },
	cancel_transfer: { nature: 'request', version: 1, payload: StopTransfer, roles: ['manager', 'operations'] },
	decline_transfer: { nature: 'request', version: 1, payload: StopTransfer, roles: ['manager', 'operations'] },
	pick_transfer: { nature: 'fact', version: 2, payload: PickTransfer, roles: anyone },
	put_back_transfer: { nature: 'fact', version: 1, payload: PutBackTransfer, roles: anyone },
	short_transfer: { nature: 'fact', version: 1, payload: ShortTransfer, roles: anyone },
	pack_transfer: { nature: 'fact', version: 1, payload: PackTransfer, roles: anyone },
	send_transfer: { nature: 'fact', version: 1, payload: SendTransfer, roles: anyone },
	capture_order: { nature: 'request', version: 1, payload: CaptureAtSite, roles: anyone },
	reserve_stock: { nature: 'request', version: 1, payload: ReserveStock, roles: anyone },
	release_reservation: { nature: 'request', version: 1, payload: ReleaseReservation, roles: anyone },
	sell: { nature: 'fact', version: 2, payload: Sell, roles: anyone },
	release_rights: { nature: 'fact', version: 1, payload: ReleaseRights, roles: anyone },
	cancel: { nature: 'request', version: 1, payload: Cancel, roles: inCharge },
	edit_address: { nature: 'request', version: 1, payload: EditAddress, roles: inCharge },
	decline: { nature: 'request', version: 1, payload: Decline, roles: ['manager', 'operations'] },
	resolve_exception: { nature: 'request', version: 1, payload: ResolveException, roles: inCharge },
	retry_operation: { nature: 'request', version: 1, payload: RetryOperation, roles: inCharge },
	set_aside: { nature: 'fact', version: 1, payload: SetAside, roles: anyone },
	ask_manager: { nature: 'fact', version: 1, payload: AskManager, roles: anyone },
} as const satisfies Record<string, OperationKind>;

export type OperationType = keyof typeof operationKinds;
export const operationTypes = Object.keys(operationKinds) as readonly OperationType[];
export type PayloadOf<T extends OperationType> = Readonly<Static<(typeof operationKinds)[T]['payload']>>;

export const Actor = Type.Object({ associateId: Id, name: ShortText });
export type Actor = Readonly<Static<typeof Actor>>;

/** When it happened, by the device's clocks. Central judges; nothing is ordered by `wall`. */
export const OccurredAt = Type.Object({
	wall: Instant,
	/** Milliseconds since the device core started. */
	monotonicMs: Type.Number({ minimum: 0 }),
	/** Changes with every start of the device core. */
	bootId: Id,
	/** Server clock minus device clock in milliseconds when the server was last heard, or null if it never was. */
	serverOffsetMs: Type.Union([Type.Number(), Type.Null()]),
});
export type OccurredAt = Readonly<Static<typeof OccurredAt>>;

/** The frame around every payload. The payload is checked by its own kind, so that an unknown kind can still be kept. */
export const OperationEnvelope = Type.Object({
	opId: Type.String({ format: 'uuid', minLength: 36, maxLength: 36 }),
	deviceId: Id,
	laneId: Id,
	/** 1, 2, 3 … in the lane. */
	seq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
	type: ShortText,
	v: Type.Integer({ minimum: 1, maximum: 10_000 }),
	payload: Type.Unknown(),
	/** How much of its site's stream the device had seen. */
	basis: Type.Object({ epoch: Type.String({ maxLength: 100 }), position: Position }),
	actor: Actor,
	/** The signed proof of who signed in, or null when there was none. */
	grant: Type.Union([Type.String({ maxLength: 4000 }), Type.Null()]),
	occurredAt: OccurredAt,
	/** SHA-256 of the lane's operation before this one; empty for the first. */
	previousHash: Type.String({ maxLength: 64 }),
	/** Names the device's key; absent from releases that did not sign. */
	keyId: Type.Optional(Id),
	/** SHA-256 over everything above, in hexadecimal. */
	hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
	/** Ed25519 (RFC 8032) over the hash's 32 bytes, in base64url. */
	signature: Type.Optional(Type.String({ pattern: '^[\\w-]{86}$' })),
});
export type OperationEnvelope = Readonly<Static<typeof OperationEnvelope>>;

/** An operation whose kind is known and whose payload fits it. */
export type Operation = {
	[T in OperationType]: Omit<OperationEnvelope, 'type' | 'payload'> & {
		readonly type: T;
		readonly payload: PayloadOf<T>;
	};
}[OperationType];
export type OperationOf<T extends OperationType> = Extract<Operation, { type: T }>;
