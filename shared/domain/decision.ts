import type { ExceptionCase, ExceptionKind } from '../schema/exception-case.ts';
import type { FulfillmentOrder, FulfillmentQuantities, Package, ShortReason } from '../schema/fulfillment-order.ts';
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
	readonly exceptionCase?: ExceptionCase | undefined;
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

export type CountName = keyof FulfillmentQuantities;

/**
 * Units of one SKU that change their place. One step says it for all three books at once: the FO line's counts,
 * the ledger's buckets, and the units that must go back to their bin. So the three can't disagree.
 */
export interface UnitStep {
	readonly lineId: string;
	readonly sku: string;
	readonly quantity: number;
	/** Null when no line holds these units: the ledger follows the goods all the same. */
	readonly count: { readonly from: CountName; readonly to: CountName } | null;
	/** Null when the goods stay in their bucket. */
	readonly bucket: { readonly from: Bucket; readonly to: Bucket } | null;
	/** Units added to the put back tasks; negative when they are taken off. */
	readonly putBack: number;
}

/** What has happened, in central's words. */
export type DomainEvent =
	| { readonly kind: 'picking_started'; readonly steps: readonly UnitStep[] }
	| { readonly kind: 'units_picked'; readonly steps: readonly UnitStep[] }
	| { readonly kind: 'pick_undone'; readonly steps: readonly UnitStep[] }
	| { readonly kind: 'units_short'; readonly steps: readonly UnitStep[]; readonly reason: ShortReason }
	| { readonly kind: 'packed'; readonly steps: readonly UnitStep[]; readonly package: Package }
	| {
			readonly kind: 'package_shipped';
			readonly steps: readonly UnitStep[];
			readonly packageId: string;
			readonly trackingNumber: string;
	  }
	| { readonly kind: 'staged'; readonly steps: readonly UnitStep[]; readonly location: string }
	| { readonly kind: 'handed_over'; readonly steps: readonly UnitStep[]; readonly collectedBy: string }
	| { readonly kind: 'put_back'; readonly steps: readonly UnitStep[] }
	| { readonly kind: 'cancelled'; readonly steps: readonly UnitStep[]; readonly reason: string }
	| { readonly kind: 'declined'; readonly steps: readonly UnitStep[]; readonly reason: string }
	| {
			readonly kind: 'returned';
			readonly steps: readonly UnitStep[];
			readonly returnCase: ReturnCase;
			/** The units that had been sold; the others are in the ledger only. */
			readonly accepted: readonly LineUnits[];
	  }
	| { readonly kind: 'exception_resolved'; readonly steps: readonly UnitStep[]; readonly note: string };

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
