import type { ColumnType, Generated } from 'kysely';
import type { RuleChange } from '../../shared/domain/rule-changes.ts';
import type { StockPlace } from '../../shared/domain/stock-detail.ts';
import type {
	MoveDropReason,
	RoutingRunFindings,
	RoutingRunMove,
	RoutingRunState,
} from '../../shared/protocol/routing-run-messages.ts';
import type { Associate } from '../../shared/schema/associate.ts';
import type { CollectionName } from '../../shared/schema/documents.ts';
import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../shared/schema/order.ts';
import type { Product } from '../../shared/schema/product.ts';
import type { RuleSet } from '../../shared/schema/promising-rules.ts';
import type { PurchaseOrderCapture } from '../../shared/schema/purchase-order.ts';
import type { ReturnCase } from '../../shared/schema/return-case.ts';
import type { RoutingDecision } from '../../shared/schema/routing-decision.ts';
import type { RoutingSet } from '../../shared/schema/routing-rules.ts';
import type { Site } from '../../shared/schema/site.ts';
import type { StockDocument, StockDocumentKind } from '../../shared/schema/stock-document.ts';
import type { Bucket, ShelfUnits, UnitBins, UnitIdentity } from '../../shared/schema/stock-position.ts';
import type { OrderMove } from '../central/routing/batch/plan-batch.ts';

/** Read as a value, written as JSON text: `pg` would write an array as a PostgreSQL array. */
export type Json<T> = ColumnType<T, string, string>;
/** An instant, read and written as ISO 8601 text. */
type InstantColumn = ColumnType<string, string, string>;

export interface SiteTable {
	id: string;
	body: Json<Site>;
	/** Another one whenever the site is changed. */
	revision: Generated<string>;
}
export interface ProductTable {
	sku: string;
	gtin: string;
	body: Json<Product>;
}
export interface GtinAliasTable {
	gtin: string;
	sku: string;
}
export interface AssociateTable {
	id: string;
	site_id: string;
	body: Json<Associate>;
	/** An Argon2id hash in its encoded form. */
	pin_hash: string;
	/** Wrong PINs since the last right one. */
	failures: Generated<number>;
	locked_until: ColumnType<string | null, string | null | undefined, string | null>;
}
export interface CustomerOrderTable {
	id: string;
	number: string;
	channel: string;
	external_id: string;
	placed_at: InstantColumn;
	body: Json<Order>;
	/** Ids of sites that asked for it although they fulfill nothing of it. */
	brought_to: Generated<string[]>;
	/** Units that no site has set aside, from the body. */
	waiting_units: ColumnType<number, never, never>;
}
export interface FulfillmentOrderTable {
	id: string;
	order_id: string;
	site_id: string;
	state: FulfillmentOrder['state'];
	promised_at: InstantColumn;
	body: Json<FulfillmentOrder>;
	/** Units that are still to be picked; reckoned by the database. */
	to_pick: ColumnType<number, never, never>;
}
/** Why orders go out from where they go. */
export interface RoutingDecisionTable {
	id: string;
	order_id: string;
	at: InstantColumn;
	cause: RoutingDecision['cause'];
	body: Json<RoutingDecision>;
}
/** One re-optimization of all orders that nobody has started. */
export interface RoutingRunTable {
	id: string;
	server: string;
	state: RoutingRunState;
	started_at: InstantColumn;
	planned_at: ColumnType<string | null, string | null | undefined, string | null>;
	finished_at: ColumnType<string | null, string | null | undefined, string | null>;
	findings: ColumnType<RoutingRunFindings | null, string | null | undefined, string | null>;
	problem: ColumnType<string | null, string | null | undefined, string | null>;
}
/** An order that a run moves; the moves of a group are made in one transaction. */
export interface RoutingMoveTable {
	run_id: string;
	group_number: number;
	order_id: string;
	state: RoutingRunMove['state'];
	reason: ColumnType<MoveDropReason | null, MoveDropReason | null | undefined, MoveDropReason | null>;
	body: Json<OrderMove>;
}
/** What a unit is worth to other orders, by the last run: of a SKU at a site, or with the SKU '' of what the site can do. */
export interface RoutingPriceTable {
	sku: string;
	site_id: string;
	minor: number;
}
export interface ReturnCaseTable {
	id: string;
	order_id: string;
	site_id: string;
	body: Json<ReturnCase>;
}
export interface ExceptionCaseTable {
	id: string;
	site_id: string;
	state: ExceptionCase['state'];
	opened_at: InstantColumn;
	body: Json<ExceptionCase>;
}
export interface StockPositionTable {
	site_id: string;
	sku: string;
	bin: Generated<string>;
	available: Generated<number>;
	allocated: Generated<number>;
	picked: Generated<number>;
	staged: Generated<number>;
	in_transit: Generated<number>;
	quarantine: Generated<number>;
	damaged: Generated<number>;
	/** What of its details the position tells. Changed only together with them, under the position's lock. */
	bins: ColumnType<readonly ShelfUnits[] | null, string | null | undefined, string | null>;
	/** When somebody last counted it. */
	counted_at: Generated<string | null>;
}
/** A purchase order as it was first told of: what comes again is the same, or a conflict. */
export interface PurchaseOrderRequestTable {
	supplier_id: string;
	number: string;
	purchase_order_id: string;
	body: Json<PurchaseOrderCapture>;
}
/** Units of which more is known than their position tells; '' where the bin, the lot or the serial number is not. */
export interface StockDetailTable {
	site_id: string;
	sku: string;
	place: StockPlace;
	/** '' for the position's own bin. */
	bin: string;
	lot: string;
	/** Each once for a SKU, wherever it is. */
	serial: string;
	units: number;
	expires_on: string | null;
}
/** What has left a site or not come yet, so that every SKU's buckets sum to zero. */
export interface OutsidePositionTable {
	site_id: string;
	sku: string;
	customer: Generated<number>;
	supplier: Generated<number>;
	lost: Generated<number>;
	other_site: Generated<number>;
}
export interface MovementTable {
	id: Generated<number>;
	site_id: string;
	sku: string;
	quantity: number;
	from_bucket: Bucket;
	to_bucket: Bucket;
	reason: string;
	operation_id: string | null;
	order_id: string | null;
	actor_name: string;
	recorded_at: InstantColumn;
	device_id: ColumnType<string | null, string | null | undefined, string | null>;
	identity: Json<(UnitBins & UnitIdentity) | null>;
}
/** Purchase orders, transfers, receipts, counts, reservations and selling rights. */
export interface StockDocumentTable {
	id: string;
	kind: StockDocumentKind;
	/** The sites that see it. */
	site_ids: string[];
	state: string | null;
	body: Json<StockDocument>;
}
/**
 * Units of what is available that may not be promised once more. Changed only while the stock position's row is locked; an expired
 * one claims nothing.
 */
export interface StockClaimTable {
	site_id: string;
	sku: string;
	kind: 'reservation' | 'right';
	/** The reservation's id, or the device that holds the right. */
	holder_id: string;
	units: number;
	expires_at: ColumnType<string | null, string | null | undefined, string | null>;
}
/** What a reservation holds of goods that are still to come, by the day on which it was promised. Changed under the position's lock. */
export interface SupplyClaimTable {
	site_id: string;
	sku: string;
	holder_id: string;
	due_on: ColumnType<string, string, string>;
	units: number;
	expires_at: InstantColumn;
}
/** Units that somebody lacked, and that devices have rights to: they are asked for, and given out to nobody for a while. */
export interface RightsAskedBackTable {
	site_id: string;
	sku: string;
	units: number;
	until: InstantColumn;
}
/** What customers want of a SKU at a site, on average. */
export interface StockDemandTable {
	site_id: string;
	sku: string;
	units_per_day: number;
}
/** What a channel asked to have reserved. */
export interface ReservationRequestTable {
	channel: string;
	external_id: string;
	reservation_id: string;
	body: Json<unknown>;
}
/** What rules are about. */
export type RulesSubjectName = 'promising' | 'routing';
/** Every version of the rules that people change: what may be promised, and how orders are routed. */
export interface RuleSetVersionTable {
	subject: RulesSubjectName;
	version: number;
	state: 'draft' | 'published' | 'superseded';
	/** Counts the times that the draft was saved. */
	revision: number;
	body: Json<RuleSet | RoutingSet>;
	changed_by: string;
	changed_at: InstantColumn;
	published_by: string | null;
	published_at: ColumnType<string | null, string | null, string | null>;
	note: Generated<string>;
}
/** Who changed what of the rules, and when. */
export interface RuleSetChangeTable {
	id: Generated<number>;
	subject: RulesSubjectName;
	at: InstantColumn;
	/** The associate; null for whoever has the API key. */
	actor_id: string | null;
	actor_name: string;
	action: 'saved' | 'published' | 'discarded';
	version: number;
	note: Generated<string>;
	changes: Json<readonly RuleChange[]>;
}
export interface DeviceTable {
	id: string;
	site_id: string;
	name: string;
	/** SHA-256 of the credential in hexadecimal; the credential itself is nowhere. */
	credential_hash: string;
	credential_expires_at: InstantColumn;
	/** Whether a request has come with it. */
	credential_used: Generated<boolean>;
	/** The identities of this device before it was given this one. */
	formerly: Generated<string[]>;
	revoked_at: ColumnType<string | null, string | null | undefined, string | null>;
	created_at: InstantColumn;
	last_seen_at: InstantColumn;
}
export interface EnrollmentCodeTable {
	code: string;
	site_id: string;
	expires_at: InstantColumn;
	/** The device that has used it. */
	device_id: ColumnType<string | null, string | null | undefined, string | null>;
	/** The device that its user named; another than `device_id` when it was given a new identity. */
	asked_device_id: ColumnType<string | null, string | null | undefined, string | null>;
}
export interface LaneTable {
	id: string;
	device_id: string;
	last_seq: Generated<number>;
	last_hash: Generated<string>;
	frozen_reason: ColumnType<string | null, string | null | undefined, string | null>;
	/** From its first signed operation on, all must be signed. */
	signs: Generated<boolean>;
	/** The number that its device passes over, and since when; it may have come by now. */
	gap_seq: ColumnType<number | null, number | null | undefined, number | null>;
	gap_since: ColumnType<string | null, string | null | undefined, string | null>;
}
export interface OperationTable {
	op_id: string;
	lane_id: string;
	device_id: string;
	seq: number;
	type: string;
	v: number;
	/** The whole envelope as it came; `json`, not `jsonb`, so that what PostgreSQL can't store as text is kept too. */
	body: Json<unknown>;
	hash: string;
	outcome: 'applied' | 'refused' | 'quarantined';
	reason: string | null;
	exceptions: Json<readonly string[]>;
	/** The device's site stream where its effects end. */
	position: number;
	/** Whether a valid grant of its actor came with it. */
	verified: boolean;
	received_at: InstantColumn;
	/** Whether its signature was verified when it came. */
	signed: Generated<boolean>;
}
/** An operation that an older lane of its device had brought: it has its place in the lane, and was not applied again. */
export interface RepeatedOperationTable {
	lane_id: string;
	seq: number;
	op_id: string;
	hash: string;
	body: Json<unknown>;
	received_at: InstantColumn;
}
/** Every key that a device ever signed with. */
export interface DeviceKeyTable {
	/** As `DeviceKey.keyId`. */
	id: string;
	device_id: string;
	/** 32 bytes in base64url. */
	public_key: string;
	created_at: InstantColumn;
}
/** A site is not asked for a SKU of which it came up short, until somebody has counted it there. */
export interface StockDoubtTable {
	site_id: string;
	sku: string;
	since: InstantColumn;
	operation_id: string | null;
}
/** What speaks for and against a site's record of a SKU since it was last counted; a SKU without a row was never counted. */
export interface StockEvidenceTable {
	sku: string;
	site_id: string;
	counted_at: ColumnType<string | null, string | null | undefined, string | null>;
	/** The last time that it was looked for and not found. */
	short_at: ColumnType<string | null, string | null | undefined, string | null>;
	shorts: Generated<number>;
	picks_right: Generated<number>;
	units_out: Generated<number>;
	units_in: Generated<number>;
	units_returned: Generated<number>;
}
/** Operations that contradict a lane's history (a cloned disk): kept for a person, never applied. */
export interface ConflictingOperationTable {
	id: Generated<number>;
	lane_id: string;
	hash: string;
	seq: number;
	body: Json<unknown>;
	received_at: InstantColumn;
}
/** Units that were wanted at a site itself, by UTC day. */
export interface OwnDemandTable {
	site_id: string;
	sku: string;
	day: ColumnType<string, string, string>;
	/** Empty for no device. */
	device_id: string;
	units: number;
}
export interface DomainEventTable {
	id: Generated<number>;
	op_id: string | null;
	order_id: string | null;
	fulfillment_order_id: string | null;
	kind: string;
	body: Json<unknown>;
	recorded_at: InstantColumn;
}
export interface StreamTable {
	/** `shared`, or `site:` and the site's id. */
	id: string;
	epoch: string;
	head: Generated<number>;
	/** Tombstones up to here are gone for good. */
	horizon: Generated<number>;
}
export interface StreamDocumentTable {
	stream_id: string;
	collection: CollectionName;
	document_id: string;
	position: number;
	deleted: boolean;
	body: Json<unknown> | null;
	changed_at: InstantColumn;
}
export interface SettingTable {
	key: string;
	value: Json<unknown>;
}

/** All of central's tables. Money, times and states inside `body` are as the schemas say. */
export interface Tables {
	site: SiteTable;
	product: ProductTable;
	gtin_alias: GtinAliasTable;
	associate: AssociateTable;
	customer_order: CustomerOrderTable;
	fulfillment_order: FulfillmentOrderTable;
	routing_decision: RoutingDecisionTable;
	routing_run: RoutingRunTable;
	routing_move: RoutingMoveTable;
	routing_price: RoutingPriceTable;
	return_case: ReturnCaseTable;
	exception_case: ExceptionCaseTable;
	purchase_order_request: PurchaseOrderRequestTable;
	stock_position: StockPositionTable;
	stock_detail: StockDetailTable;
	outside_position: OutsidePositionTable;
	movement: MovementTable;
	stock_document: StockDocumentTable;
	stock_claim: StockClaimTable;
	supply_claim: SupplyClaimTable;
	rights_asked_back: RightsAskedBackTable;
	reservation_request: ReservationRequestTable;
	rule_set_version: RuleSetVersionTable;
	rule_set_change: RuleSetChangeTable;
	stock_demand: StockDemandTable;
	device: DeviceTable;
	enrollment_code: EnrollmentCodeTable;
	lane: LaneTable;
	operation: OperationTable;
	conflicting_operation: ConflictingOperationTable;
	repeated_operation: RepeatedOperationTable;
	device_key: DeviceKeyTable;
	stock_doubt: StockDoubtTable;
	stock_evidence: StockEvidenceTable;
	own_demand: OwnDemandTable;
	domain_event: DomainEventTable;
	stream: StreamTable;
	stream_document: StreamDocumentTable;
	setting: SettingTable;
}
