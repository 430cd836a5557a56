import type { Transaction } from 'kysely';
import { type Applied, applyStatement } from '../../../shared/domain/apply-statement.ts';
import type { AnyStatement, DomainEvent, ExceptionDraft, LineUnits } from '../../../shared/domain/decision.ts';
import {
	bringBack,
	type OrderParts,
	partOf,
	settleParts,
	siteNameIn,
	unassignedUnits,
	whereItWent,
	withdrawSurplus,
} from '../../../shared/domain/order-parts.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../shared/schema/order.ts';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import type { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { openStockDoubt } from '../inventory/stock-doubt.ts';
import { keepParts, type LockedOrder, loadParts, publishParts } from '../orders/keep-order-parts.ts';
import type { FindPlace } from './place-of-address.ts';
import { type Rerouted, rerouteUnits } from './reroute-units.ts';

type AppliedStatement = Extract<Applied, { outcome: 'applied' }>;

/** An operation that central applies, with the documents as they were before. */
export interface OperationToFollow {
	readonly siteId: string;
	readonly statement: AnyStatement;
	readonly applied: AppliedStatement;
	readonly order: Order | null;
	readonly fulfillmentOrder: FulfillmentOrder | null;
	readonly receivedAt: string;
	readonly findPlace?: FindPlace | undefined;
}

/** What an operation brings about at other sites too. */
export interface Followed {
	/** The operation's own effects, with the documents as they are after everything. */
	readonly applied: AppliedStatement;
	/** Of the operation and of what follows, at every site. */
	readonly movements: readonly Movement[];
	/** Stores the other parts and all events, and puts every changed part and the order where they are to be seen. */
	keep(documents: DocumentWriter): Promise<void>;
}

/** Facts by which people show that they work on an FO. */
const working: ReadonlySet<string> = new Set(['start_picking', 'pick', 'pack', 'stage', 'ship', 'hand_over']);

/**
 * What follows at other sites from one operation: a moved FO comes back to the site that has begun it, units short or declined go to
 * a site that has them, and what a customer has got nobody else sends. In the operation's own transaction, so that none of it is lost.
 * @returns undefined when only the operation's own documents are concerned, as nearly always
 */
export async function followOperation(
	transaction: Transaction<Tables>,
	asked: OperationToFollow,
): Promise<Followed | undefined> {
	const { applied, order, fulfillmentOrder, siteId, statement } = asked;
	for (const event of applied.events) {
		if (event.kind === 'transfer_short') {
			const doubt = { siteId, since: asked.receivedAt, operationId: statement.opId };
			for (const { sku } of event.steps) await openStockDoubt(transaction, { ...doubt, sku });
		}
	}
	if (!order || !fulfillmentOrder || !isFollowed(fulfillmentOrder, applied)) return undefined;
	const loaded = await loadParts(transaction, order);
	// The same object as the caller's, so that what did not change can be told.
	const before = { ...loaded, parts: new Map(loaded.parts).set(fulfillmentOrder.id, fulfillmentOrder) };
	const judged = judgeMoved(before, fulfillmentOrder, asked);
	const left = judged.applied.events.some(({ steps }) => steps.some(({ count }) => count?.from === 'cancelled'));
	const central = { actorName: 'central', at: asked.receivedAt };
	const exclusive = left ? withdrawSurplus(judged.parts, central) : judged.parts;
	const givenUp = await rerouteGivenUp(transaction, exclusive, judged.applied.events, asked, fulfillmentOrder.id);
	const after = settleParts(givenUp?.parts ?? exclusive);
	const told = toldToBoth(judged, after, fulfillmentOrder);
	return {
		applied: {
			...judged.applied,
			subject: { ...judged.applied.subject, order: after.order, fulfillmentOrder: partOf(after, fulfillmentOrder.id) },
			// They are kept with those of the other parts, in the order in which they happened.
			events: [],
			exceptions: givenUp ? toldOfRerouting(told, givenUp, fulfillmentOrder) : told,
		},
		movements: after.movements,
		async keep(documents) {
			const except = { fulfillmentOrderId: fulfillmentOrder.id };
			await keepParts(transaction, before, after, {
				operationId: statement.opId,
				recordedAt: asked.receivedAt,
				except,
			});
			if (after.order !== order || after.events.length > 0) publishParts(documents, before, after, siteId);
		},
	};
}

function isFollowed(fulfillmentOrder: FulfillmentOrder, { events }: AppliedStatement): boolean {
	return (
		fulfillmentOrder.movedTo !== undefined ||
		events.some(
			({ kind, steps }) =>
				kind === 'units_short' || kind === 'declined' || steps.some(({ count }) => count?.from === 'cancelled'),
		)
	);
}

interface Judged {
	readonly applied: AppliedStatement;
	readonly parts: OrderParts;
	/** The FO is this site's again: the other one had not started. */
	readonly broughtBackFrom: FulfillmentOrder | undefined;
}

/** A fact about a moved FO is applied to the FO as it is after it came back, if it does. */
function judgeMoved(before: LockedOrder, moved: FulfillmentOrder, asked: OperationToFollow): Judged {
	const { applied, receivedAt, statement } = asked;
	const asItIs: Judged = { applied, parts: withApplied(before, moved.id, applied), broughtBackFrom: undefined };
	if (moved.state !== 'moved' || !working.has(statement.type)) return asItIs;
	const other = whereItWent(before, moved);
	const back = bringBack(before, moved, { actorName: 'central', at: receivedAt });
	if (back === undefined) return asItIs;
	const subject = { ...applied.subject, order: back.order, fulfillmentOrder: partOf(back, moved.id) };
	const again = applyStatement(subject, statement);
	if (again.outcome === 'refused') return asItIs;
	return { applied: again, parts: withApplied(back, moved.id, again), broughtBackFrom: other };
}

function withApplied(all: OrderParts, fulfillmentOrderId: string, { subject, events, movements }: AppliedStatement) {
	const { fulfillmentOrder = partOf(all, fulfillmentOrderId), order = all.order } = subject;
	return {
		order,
		parts: new Map(all.parts).set(fulfillmentOrderId, fulfillmentOrder),
		events: [...all.events, ...events.map((event) => ({ fulfillmentOrderId, event }))],
		movements: [...all.movements, ...movements],
	};
}

/** What contradicts a move concerns the people of both sites. */
function toldToBoth(
	{ applied, broughtBackFrom }: Judged,
	after: OrderParts,
	from: FulfillmentOrder,
): readonly ExceptionDraft[] {
	const nameOf = (part: FulfillmentOrder) => siteNameIn(after.order, part, after.parts);
	const other = broughtBackFrom ?? whereItWent(after, from);
	const otherSiteName = nameOf(other);
	const there = { siteId: other.siteId, fulfillmentOrderId: other.id };
	if (broughtBackFrom !== undefined) {
		const draft: ExceptionDraft = {
			exceptionKind: 'moved_back',
			priority: 'normal',
			fact: `${nameOf(from)} had started ${from.number}; ${otherSiteName} had not`,
			plan: `${from.number} had been moved to ${otherSiteName}`,
		};
		const held = { heldState: other.state, fulfillmentOrderNumber: other.number, otherSiteName: nameOf(from) };
		return [{ ...draft, heldState: from.state, otherSiteName }, { ...draft, ...there, ...held }, ...applied.exceptions];
	}
	if (other.id === from.id) return applied.exceptions;
	return applied.exceptions.flatMap((draft) =>
		draft.exceptionKind === 'picked_after_move' || draft.exceptionKind === 'fulfilled_after_move'
			? [
					{ ...draft, otherSiteName },
					{ ...draft, otherSiteName, ...there },
				]
			: [draft],
	);
}

interface GivenUp extends Rerouted {
	readonly isShort: boolean;
	readonly units: readonly LineUnits[];
}

/** Units that the site can't fulfill go to one that can; a SKU of which it came up short is in doubt there. */
async function rerouteGivenUp(
	transaction: Transaction<Tables>,
	parts: OrderParts,
	events: readonly DomainEvent[],
	{ findPlace, receivedAt, siteId, statement }: OperationToFollow,
	fulfillmentOrderId: string,
): Promise<GivenUp | undefined> {
	const short = events.find(({ kind }) => kind === 'units_short');
	const declined = events.some(({ kind }) => kind === 'declined');
	if (!short && !declined) return undefined;
	const from = partOf(parts, fulfillmentOrderId);
	const units: readonly LineUnits[] = short
		? short.steps.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }))
		: unassignedUnits(parts, from);
	if (short) {
		for (const { sku } of units) {
			await openStockDoubt(transaction, { siteId, sku, since: receivedAt, operationId: statement.opId });
		}
	}
	const before = short ? 'short' : 'unassigned';
	const rerouted = await rerouteUnits(transaction, parts, from, units, before, {
		findPlace,
		at: receivedAt,
		cause: short ? 'short' : 'declined',
	});
	return { ...rerouted, units, isShort: short !== undefined };
}

/** Tells what became of units that were short or declined; without a word when another site has taken all that was declined. */
function toldOfRerouting(
	drafts: readonly ExceptionDraft[],
	{ isShort, missing, sites, units }: GivenUp,
	{ number, method }: FulfillmentOrder,
): readonly ExceptionDraft[] {
	const otherSiteName = sites.join(', ').slice(0, 200);
	const lacking = unitCount(missing);
	const plan =
		method === 'pickup'
			? `${number} is a pickup: nothing of it goes out from elsewhere`
			: `${unitCount(units) - lacking} of them go out from ${otherSiteName || 'elsewhere'}; ${lacking} no other site has`;
	const names = otherSiteName === '' ? {} : { otherSiteName };
	if (isShort) {
		return drafts.map((draft) => (draft.exceptionKind === 'units_short' ? { ...draft, ...names, plan } : draft));
	}
	const [first] = missing;
	if (first === undefined) return drafts;
	const fact = `${number} was declined`;
	return [
		...drafts,
		{
			exceptionKind: 'not_enough_stock',
			priority: 'high',
			sku: first.sku,
			quantity: lacking,
			heldState: 'declined',
			...names,
			fact,
			plan,
		},
	];
}

const unitCount = (units: readonly LineUnits[]) => units.reduce((sum, { quantity }) => sum + quantity, 0);
