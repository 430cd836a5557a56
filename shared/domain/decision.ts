import type { Role } from '../schema/associate.ts';
import type { ExceptionCase, ExceptionDetail, ExceptionKind } from '../schema/exception-case.ts';
import type {
	FulfillmentOrder,
	FulfillmentQuantities,
	HandoverProof,
	Package,
	ShortReason,
} from '../schema/fulfillment-order.ts';
import type { OperationOf, OperationType, PayloadOf } from '../schema/operation.ts';
import type { Address, Order } from '../schema/order.ts';
import type { ReturnCase } from '../schema/return-case.ts';
import type { StockDocument } from '../schema/stock-document.ts';
import type { Bucket, UnitBins, UnitIdentity } from '../schema/stock-position.ts';

/** The documents that one operation touches, as they are before it. */
export interface Subject {
	readonly siteId: string;
	readonly fulfillmentOrder?: FulfillmentOrder | undefined;
	readonly order?: Order | undefined;
	readonly returnCase?: ReturnCase | undefined;
	readonly exceptionCase?: ExceptionCase | undefined;
	/** Of those that the operation names, the ones that there are, by id. */
	readonly stockDocuments?: ReadonlyMap<string, StockDocument> | undefined;
	/** The author's device and the identities that it had before: whose selling rights pay. Only central knows the rights. */
	readonly rightHolders?: readonly string[] | undefined;
}

/** What an operation says, without its frame: all that a decision may depend on. */
export interface Statement<T extends OperationType = OperationType> {
	readonly opId: string;
	readonly type: T;
	readonly payload: PayloadOf<T>;
	readonly actorName: string;
	/** The instant at which it happened, in the server's time as well as it is known. */
	readonly at: string;
	/** The roles of its author, where central has verified them; a device does not say. */
	readonly roles?: readonly Role[];
}
export type AnyStatement = { [T in OperationType]: Statement<T> }[OperationType];
export type AnyOperation = OperationOf<OperationType>;

/** Who makes something happen, and when. What central does by itself has no operation. */
export interface Author {
	readonly opId?: string;
	readonly actorName: string;
	readonly at: string;
}

export interface LineUnits {
	readonly lineId: string;
	readonly sku: string;
	readonly quantity: number;
}

export type CountName = keyof FulfillmentQuantities;

/** The part of an order at another site that units went to, or came from. */
export interface OtherPart {
	readonly fulfillmentOrderId: string;
	readonly siteId: string;
	readonly siteName: string;
}

/**
 * Units of one SKU that change their place. One step says it for all three books at once: the FO line's counts,
 * the ledger's buckets, and the units that must go back to their bin. So the three can't disagree.
 */
export interface UnitStep extends UnitBins, UnitIdentity {
	/** Where they are; the operation's own site when it is not said. */
	readonly siteId?: string;
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

export const stockEventKinds = [
	'moved_between_bins',
	'bin_closed',
	'bin_opened',
	'received',
	'receive_undone',
	'receipt_closed',
	'transfer_requested',
	'transfer_opened',
	'transfer_cancelled',
	'transfer_declined',
	'transfer_picked',
	'transfer_put_back',
	'transfer_short',
	'transfer_packed',
	'transfer_sent',
	'adjusted',
	'count_opened',
	'count_taken',
	'unknown_code_noted',
	'unknown_code_settled',
	'count_submitted',
	'count_reviewed',
	'recount_asked',
	'count_posted',
	'count_cancelled',
	'stock_reserved',
	'reservation_released',
	'sold',
	'rights_released',
] as const;

/** Stock work. The documents that it made or changed go with it, as they are afterwards. */
export interface StockEvent {
	readonly kind: (typeof stockEventKinds)[number];
	readonly steps: readonly UnitStep[];
	readonly documents: readonly StockDocument[];
	/** What its movements say instead of the event's kind. */
	readonly movementReason?: string;
	/** Of a sale in exchange for goods that came back. */
	readonly exchange?: { readonly saleId: string; readonly returnId: string; readonly units: number };
}

/** What has happened, in central's words. */
export type DomainEvent =
	| StockEvent
	/** An order that was taken at the site, with its part there; the rights that it used are among the documents. */
	| {
			readonly kind: 'captured_at_site';
			readonly steps: readonly UnitStep[];
			readonly documents: readonly StockDocument[];
			readonly order: Order;
			readonly fulfillmentOrder: FulfillmentOrder;
	  }
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
	| {
			readonly kind: 'handed_over';
			readonly steps: readonly UnitStep[];
			readonly collectedBy: string;
			readonly proof: HandoverProof;
	  }
	/** Units that had left already left once more, as somebody says: no book changes, and nothing of it is hidden. */
	| {
			readonly kind: 'handed_over_again';
			readonly steps: readonly UnitStep[];
			readonly quantity: number;
			readonly collectedBy: string;
	  }
	| { readonly kind: 'put_back'; readonly steps: readonly UnitStep[] }
	| { readonly kind: 'cancelled'; readonly steps: readonly UnitStep[]; readonly reason: string }
	| { readonly kind: 'declined'; readonly steps: readonly UnitStep[]; readonly reason: string }
	/** Units of this FO that another site fulfills now. */
	| { readonly kind: 'moved'; readonly steps: readonly UnitStep[]; readonly to: OtherPart }
	/** The other site had not started, and this one had: the units are this FO's again. */
	| { readonly kind: 'moved_back'; readonly steps: readonly UnitStep[]; readonly from: OtherPart }
	/** Units that the customer has got from another site. */
	| { readonly kind: 'withdrawn'; readonly steps: readonly UnitStep[] }
	/** Units that this FO gave up (short or declined) and that another site fulfills now. */
	| {
			readonly kind: 'rerouted';
			readonly steps: readonly UnitStep[];
			readonly units: readonly LineUnits[];
			readonly to: OtherPart;
	  }
	/** A new FO, and where the order had its units before. */
	| {
			readonly kind: 'assigned';
			readonly steps: readonly UnitStep[];
			readonly fulfillmentOrder: FulfillmentOrder;
			readonly siteName: string;
			readonly before: 'open' | 'unassigned' | 'short';
	  }
	| {
			readonly kind: 'returned';
			readonly steps: readonly UnitStep[];
			readonly returnCase: ReturnCase;
			/** The units that had been sold; the others are in the ledger only. */
			readonly accepted: readonly LineUnits[];
	  }
	| {
			readonly kind: 'label_printed';
			readonly steps: readonly UnitStep[];
			readonly packageId: string;
			readonly shipTo: Address;
	  }
	| { readonly kind: 'address_edited'; readonly steps: readonly UnitStep[]; readonly shipTo: Address }
	| {
			readonly kind: 'counted';
			readonly steps: readonly UnitStep[];
			readonly countId: string;
			readonly sku: string;
			/** The sums over its scans. */
			readonly expected: number;
			readonly counted: number;
	  }
	| { readonly kind: 'exception_resolved'; readonly steps: readonly UnitStep[]; readonly note: string }
	| { readonly kind: 'retry_asked'; readonly steps: readonly UnitStep[]; readonly operationId: string }
	| {
			readonly kind: 'set_aside';
			readonly steps: readonly UnitStep[];
			readonly operationId: string;
			readonly reason: string;
	  }
	| { readonly kind: 'manager_asked'; readonly steps: readonly UnitStep[]; readonly note: string };

/** What a person must look at. `fact` is the device's side, `plan` central's. */
export interface ExceptionDraft extends ExceptionDetail {
	readonly exceptionKind: ExceptionKind;
	readonly priority: 'high' | 'normal';
	/** The site whose people are told; without one, that of the operation. */
	readonly siteId?: string;
	/** The FO that it is about; without one, that of the operation. */
	readonly fulfillmentOrderId?: string;
	readonly fact: string;
	readonly plan: string;
}

export const refusalReasons = [
	'already_shipped',
	'already_handed_over',
	'already_cancelled',
	'already_moved',
	'already_started',
	'already_resolved',
	'already_sent',
	'same_site',
	'unknown_site',
	'not_enough_stock',
	'already_captured',
	'already_reserved',
	'already_ended',
	'not_fulfilled_here',
	'unknown_product',
	'not_readable',
	'still_not_possible',
	'count_closed',
	'count_not_submitted',
	'unknown_codes_left',
	'changed_meanwhile',
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
