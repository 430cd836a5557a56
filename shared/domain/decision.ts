import type { ExceptionKind } from '../schema/exception-case.ts';
import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { OperationOf, OperationType, PayloadOf } from '../schema/operation.ts';
import type { Order } from '../schema/order.ts';
import type { ReturnCase } from '../schema/return-case.ts';
import type { Bucket } from '../schema/stock-position.ts';

/** The documents that one operation touches, as they are before it. */
export interface Subject {
	readonly siteId: string;
	readonly fulfillmentOrder?: FulfillmentOrder | undefined;
	readonly order?: Order | undefined;
	readonly returnCase?: ReturnCase | undefined;
}

/** What an operation says, without its frame: all that a decision may depend on. */
export interface Statement<T extends OperationType = OperationType> {
	readonly opId: string;
	readonly type: T;
	readonly payload: PayloadOf<T>;
	readonly actorName: string;
	/** The instant at which it happened, in the server's time as well as it is known. */
	readonly at: string;
}
export type AnyStatement = { [T in OperationType]: Statement<T> }[OperationType];
export type AnyOperation = OperationOf<OperationType>;

export interface LineUnits {
	readonly lineId: string;
	readonly sku: string;
	readonly quantity: number;
}

/** What has happened, in central's words. Units are counted by FO line; `from` names the bucket that they leave. */
export type DomainEvent =
	| { readonly kind: 'picking_started' }
	| { readonly kind: 'units_picked'; readonly units: LineUnits; readonly from: 'allocated' | 'lost' }
	| { readonly kind: 'surplus_picked'; readonly sku: string; readonly quantity: number }
	| { readonly kind: 'pick_undone'; readonly units: LineUnits }
	| {
			readonly kind: 'units_short';
			readonly units: LineUnits;
			readonly reason: 'not_found' | 'damaged' | 'not_sellable';
	  }
	| {
			readonly kind: 'packed';
			readonly packageId: string;
			readonly units: readonly LineUnits[];
			readonly weightGrams: number;
	  }
	| { readonly kind: 'package_shipped'; readonly packageId: string; readonly trackingNumber: string }
	| { readonly kind: 'staged'; readonly location: string }
	| { readonly kind: 'handed_over'; readonly units: readonly LineUnits[]; readonly collectedBy: string }
	/** Units that left although no line held them: the ledger follows the goods. */
	| { readonly kind: 'left_unplanned'; readonly units: LineUnits; readonly from: 'available' | 'picked' }
	| { readonly kind: 'put_back'; readonly sku: string; readonly quantity: number; readonly unplanned: number }
	| { readonly kind: 'cancelled'; readonly reason: string }
	| { readonly kind: 'declined'; readonly reason: string }
	| { readonly kind: 'returned'; readonly returnCase: ReturnCase; readonly accepted: readonly LineUnits[] };

/** What a person must look at. `fact` is the device's side, `plan` central's. */
export interface ExceptionDraft {
	readonly exceptionKind: ExceptionKind;
	readonly priority: 'high' | 'normal';
	readonly fact: string;
	readonly plan: string;
	readonly sku?: string;
	readonly quantity?: number;
}

export const refusalReasons = [
	'already_shipped',
	'already_handed_over',
	'already_cancelled',
	'already_started',
	'already_resolved',
	'not_found',
	'role_not_allowed',
	'grant_expired',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export type Decision =
	| {
			readonly kind: 'applied';
			readonly events: readonly DomainEvent[];
			readonly exceptions: readonly ExceptionDraft[];
	  }
	| { readonly kind: 'refused'; readonly reason: RefusalReason };

export const applied = (events: readonly DomainEvent[], exceptions: readonly ExceptionDraft[] = []): Decision => ({
	kind: 'applied',
	events,
	exceptions,
});
export const refused = (reason: RefusalReason): Decision => ({ kind: 'refused', reason });

/** The bucket to which a short with this reason writes its units. */
export const shortBucket = {
	not_found: 'lost',
	damaged: 'damaged',
	not_sellable: 'quarantine',
} as const satisfies Record<string, Bucket>;
/** The bucket into which a returned unit goes. */
export const dispositionBucket = {
	restock: 'available',
	quarantine: 'quarantine',
	damaged: 'damaged',
} as const satisfies Record<string, Bucket>;
