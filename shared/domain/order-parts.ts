import type { FulfillmentLine, FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { Order } from '../schema/order.ts';
import type { RoutingReason } from '../schema/routing-decision.ts';
import type { Movement } from '../schema/stock-position.ts';
import { movementsOf } from './apply-statement.ts';
import { releasingSteps } from './decide-stop.ts';
import type { Author, DomainEvent, LineUnits, OtherPart, UnitStep } from './decision.ts';
import { evolveFulfillmentOrder } from './evolve-fulfillment-order.ts';
import { evolveOrder } from './evolve-order.ts';
import { noQuantities } from './fulfillment-state.ts';
import { findLine, putBackUnits } from './line-units.ts';

/** An order, all its fulfillment orders, and what has happened to them in one decision of central. */
export interface OrderParts {
	readonly order: Order;
	readonly parts: ReadonlyMap<string, FulfillmentOrder>;
	readonly events: readonly { readonly fulfillmentOrderId: string; readonly event: DomainEvent }[];
	readonly movements: readonly Movement[];
}

export function orderParts(order: Order, fulfillmentOrders: readonly FulfillmentOrder[]): OrderParts {
	return { order, parts: new Map(fulfillmentOrders.map((each) => [each.id, each])), events: [], movements: [] };
}

/** What a new fulfillment order needs besides its units, made by the caller. */
export interface NewPart {
	readonly id: string;
	readonly number: string;
	readonly siteId: string;
	readonly siteName: string;
	readonly binOf: (sku: string) => string;
	readonly routing?: RoutingReason;
}

export function partOf(all: OrderParts, fulfillmentOrderId: string): FulfillmentOrder {
	const part = all.parts.get(fulfillmentOrderId);
	if (!part) throw new Error(`Order ${all.order.number} has no fulfillment order ${fulfillmentOrderId}`);
	return part;
}

/** The order and one of its parts after an event. */
export function happen(all: OrderParts, part: FulfillmentOrder, event: DomainEvent, author: Author): OrderParts {
	return {
		order: evolveOrder(all.order, event, author, part.siteId, part.id),
		parts: new Map(all.parts).set(part.id, evolveFulfillmentOrder(part, event, author)),
		events: [...all.events, { fulfillmentOrderId: part.id, event }],
		movements: [...all.movements, ...movementsOf(event, part.siteId)],
	};
}

/** What fulfillment orders of the same units have in common, wherever they are. */
export interface PartTemplate extends Pick<FulfillmentOrder, 'method' | 'promisedAt' | 'passCode'> {
	readonly lines: readonly Omit<FulfillmentLine, 'bin' | 'ordered' | 'quantities' | 'shorts'>[];
	/** The part that had the units before. */
	readonly movedFrom?: OtherPart;
}

export function templateOf({ order }: OrderParts, like: FulfillmentOrder): PartTemplate {
	const { method, promisedAt, passCode, lines } = like;
	const movedFrom = { fulfillmentOrderId: like.id, siteId: like.siteId, siteName: siteNameIn(order, like) };
	return { method, promisedAt, passCode, lines, movedFrom };
}

/** Makes a fulfillment order of some units of an order; the caller has made sure that its site holds them. */
export function assignUnits(
	all: OrderParts,
	like: PartTemplate,
	units: readonly LineUnits[],
	to: NewPart,
	before: Extract<DomainEvent, { kind: 'assigned' }>['before'],
	author: Author,
): OrderParts {
	const { order } = all;
	const { id, number, siteId, siteName, binOf, routing } = to;
	const { method, promisedAt, passCode, movedFrom } = like;
	const fulfillmentOrder: FulfillmentOrder = {
		id,
		kind: 'fulfillment_order',
		number,
		orderId: order.id,
		orderNumber: order.number,
		siteId,
		method,
		state: 'assigned',
		promisedAt,
		customer: order.customer,
		shipTo: order.shipTo,
		passCode,
		lines: units.flatMap((unit): FulfillmentLine[] => {
			const line = like.lines.find(({ lineId, sku }) => lineId === unit.lineId && sku === unit.sku);
			const { quantity } = unit;
			const own = { bin: binOf(unit.sku), ordered: quantity, quantities: noQuantities(quantity), shorts: [] };
			return line ? [{ ...line, ...own }] : [];
		}),
		packages: [],
		stagedAt: null,
		putBack: [],
		pickerName: null,
		...(movedFrom && { movedFrom }),
		...(routing && { routing }),
	};
	const steps = units.map(
		(unit): UnitStep => ({ ...unit, count: null, bucket: { from: 'available', to: 'allocated' }, putBack: 0 }),
	);
	return happen(
		{
			...all,
			order: {
				...order,
				fulfillments: [...order.fulfillments, { fulfillmentOrderId: id, number, siteId, siteName, method }],
			},
			parts: new Map(all.parts).set(id, fulfillmentOrder),
		},
		fulfillmentOrder,
		{ kind: 'assigned', steps, fulfillmentOrder, siteName, before },
		author,
	);
}

/** Units of an order that no site has set aside, by line. */
export function waitingUnits({ lines }: Order): readonly LineUnits[] {
	return lines.flatMap(({ id: lineId, sku, unassigned: quantity }) =>
		quantity > 0 ? [{ lineId, sku, quantity }] : [],
	);
}

/** A site fulfills units that none had; the parts that declined some of them tell where they went. */
export function assignWaiting(
	all: OrderParts,
	like: PartTemplate,
	units: readonly LineUnits[],
	to: NewPart,
	author: Author,
): OrderParts {
	const marked = [...all.parts.values()].reduce((current, part) => {
		if (part.state !== 'declined') return current;
		const gone = unassignedUnits(all, part).flatMap((unit): LineUnits[] => {
			const taken = units.find(({ lineId }) => lineId === unit.lineId)?.quantity ?? 0;
			return taken > 0 ? [{ ...unit, quantity: Math.min(taken, unit.quantity) }] : [];
		});
		if (gone.length === 0) return current;
		return happen(current, part, { kind: 'rerouted', steps: [], units: gone, to: otherPart(to) }, author);
	}, all);
	return settleParts(assignUnits(marked, like, units, to, 'unassigned', author));
}

/** What a part has not sent off, by line. */
export function unitsNotLeft({ lines }: FulfillmentOrder): readonly LineUnits[] {
	return lines.flatMap(({ lineId, sku, quantities }) => {
		const quantity = quantities.toPick + quantities.picked + quantities.packed + quantities.staged;
		return quantity > 0 ? [{ lineId, sku, quantity }] : [];
	});
}

/** Units that a site declined, and that no other site has taken. */
export function unassignedUnits(
	{ order }: Pick<OrderParts, 'order'>,
	declined: FulfillmentOrder,
): readonly LineUnits[] {
	return declined.lines.flatMap(({ lineId, sku, quantities }) => {
		const unassigned = order.lines.find(({ id }) => id === lineId)?.unassigned ?? 0;
		const quantity = Math.min(quantities.cancelled, unassigned);
		return quantity > 0 ? [{ lineId, sku, quantity }] : [];
	});
}

/** Another site fulfills everything that has not left; what is in hand here is to be put back. */
export function moveAway(all: OrderParts, from: FulfillmentOrder, to: NewPart, author: Author): OrderParts {
	const moved = happen(all, from, { kind: 'moved', steps: releasingSteps(from), to: otherPart(to) }, author);
	return settleParts(assignUnits(moved, templateOf(all, from), unitsNotLeft(from), to, 'open', author));
}

/** Another site fulfills some units that nobody has picked yet; the rest stays. */
export function moveUnitsAway(
	all: OrderParts,
	from: FulfillmentOrder,
	units: readonly LineUnits[],
	to: NewPart,
	author: Author,
): OrderParts {
	const moved = happen(all, from, { kind: 'moved', steps: unpickedSteps(units), to: otherPart(to) }, author);
	return settleParts(assignUnits(moved, templateOf(all, from), units, to, 'open', author));
}

/** Another site fulfills units that a site gave up: short there, or declined. */
export function reroute(
	all: OrderParts,
	from: FulfillmentOrder,
	units: readonly LineUnits[],
	to: NewPart,
	before: 'short' | 'unassigned',
	author: Author,
): OrderParts {
	const marked = happen(all, from, { kind: 'rerouted', steps: [], units, to: otherPart(to) }, author);
	return settleParts(assignUnits(marked, templateOf(all, from), units, to, before, author));
}

export function unpickedSteps(units: readonly LineUnits[]): readonly UnitStep[] {
	return units.map((unit) => ({
		...unit,
		count: { from: 'toPick', to: 'cancelled' },
		bucket: { from: 'allocated', to: 'available' },
		putBack: 0,
	}));
}

/** Nobody at its site has begun with it. */
export function isUntouched({ state }: FulfillmentOrder): boolean {
	return state === 'assigned';
}

/** Follows a moved part to the one that fulfills its units now. */
export function whereItWent(all: OrderParts, from: FulfillmentOrder): FulfillmentOrder {
	let current = from;
	const seen = new Set<string>();
	while (current.state === 'moved' && current.movedTo && !seen.has(current.id)) {
		seen.add(current.id);
		current = all.parts.get(current.movedTo.fulfillmentOrderId) ?? current;
	}
	return current;
}

/**
 * The first site has worked on what was moved away: its part takes the units back when the other site has not started.
 * @returns undefined when the other one has
 */
export function bringBack(all: OrderParts, moved: FulfillmentOrder, author: Author): OrderParts | undefined {
	const other = whereItWent(all, moved);
	if (other.id === moved.id || !isUntouched(other)) return undefined;
	const units = unitsNotLeft(other).flatMap((unit): LineUnits[] => {
		const cancelled = findLine(moved, unit.lineId, unit.sku)?.quantities.cancelled ?? 0;
		const quantity = Math.min(unit.quantity, cancelled);
		return quantity > 0 ? [{ ...unit, quantity }] : [];
	});
	if (units.length === 0) return undefined;
	const withdrawn = happen(
		all,
		other,
		{ kind: 'moved', steps: unpickedSteps(units), to: partPlace(all.order, moved, all.parts) },
		author,
	);
	const back = happen(
		withdrawn,
		moved,
		{
			kind: 'moved_back',
			steps: units.flatMap((unit) => restoringSteps(moved, unit)),
			from: partPlace(all.order, other, all.parts),
		},
		author,
	);
	return settleParts(back);
}

/** What is still in hand here is picked again; the rest lies in its bin. */
function restoringSteps(fulfillmentOrder: FulfillmentOrder, unit: LineUnits): readonly UnitStep[] {
	const inHand = Math.min(unit.quantity, putBackUnits(fulfillmentOrder, unit.sku));
	const rest = unit.quantity - inHand;
	const picked: UnitStep = {
		...unit,
		quantity: inHand,
		count: { from: 'cancelled', to: 'picked' },
		bucket: null,
		putBack: -inHand,
	};
	const toPick: UnitStep = {
		...unit,
		quantity: rest,
		count: { from: 'cancelled', to: 'toPick' },
		bucket: { from: 'available', to: 'allocated' },
		putBack: 0,
	};
	return [...(inHand > 0 ? [picked] : []), ...(rest > 0 ? [toPick] : [])];
}

/** The units of a line that parts work on, and those that no site could set aside: together never more than are open. */
function promisedUnits({ parts, order }: OrderParts, lineId: string): number {
	const unassigned = order.lines.find(({ id }) => id === lineId)?.unassigned ?? 0;
	return [...parts.values()]
		.flatMap(unitsNotLeft)
		.reduce((sum, unit) => sum + (unit.lineId === lineId ? unit.quantity : 0), unassigned);
}

/**
 * Goods left a site that should not have sent them any more. What the customer has got nobody else needs to send: units without
 * a site come off first, then those of other parts, the newest first; what is in hand there is to be put back.
 */
export function withdrawSurplus(all: OrderParts, author: Author): OrderParts {
	let current = all;
	for (const { id: lineId, open } of all.order.lines) {
		let surplus = promisedUnits(current, lineId) - open;
		if (surplus <= 0) continue;
		const { order } = current;
		const lines = order.lines.map((line) => {
			if (line.id !== lineId) return line;
			const taken = Math.min(surplus, line.unassigned);
			surplus -= taken;
			return taken > 0 ? { ...line, unassigned: line.unassigned - taken } : line;
		});
		current = { ...current, order: { ...order, lines } };
		for (const { id } of [...current.parts.values()].sort((a, b) => Number(a.id < b.id) - Number(a.id > b.id))) {
			const part = partOf(current, id);
			const steps = givingSteps(part, lineId, surplus);
			if (steps.length === 0) continue;
			surplus -= steps.reduce((sum, { quantity }) => sum + quantity, 0);
			current = happen(current, part, { kind: 'withdrawn', steps }, author);
		}
	}
	return current;
}

function givingSteps(part: FulfillmentOrder, lineId: string, wanted: number): readonly UnitStep[] {
	let left = wanted;
	return releasingSteps(part).flatMap((step): UnitStep[] => {
		const quantity = step.lineId === lineId ? Math.min(left, step.quantity) : 0;
		left -= quantity;
		return quantity > 0 ? [{ ...step, quantity, putBack: step.putBack > 0 ? quantity : 0 }] : [];
	});
}

/** Whether the people of its site still have something to do with a part, or to see of it. */
export function isInSight(part: FulfillmentOrder, order: Order): boolean {
	if (part.putBack.length > 0) return true;
	if (part.state === 'declined') return part.movedTo === undefined || unassignedUnits({ order }, part).length > 0;
	return part.state !== 'moved';
}

/** The order names the parts that are in their sites' sight, and no others. */
export function settleParts(all: OrderParts): OrderParts {
	const { order, parts } = all;
	const named = order.fulfillments.filter(({ fulfillmentOrderId }) => {
		const part = parts.get(fulfillmentOrderId);
		return part === undefined || isInSight(part, order);
	});
	const known = new Set(named.map(({ fulfillmentOrderId }) => fulfillmentOrderId));
	const back = [...parts.values()].filter((part) => !known.has(part.id) && isInSight(part, order));
	if (back.length === 0 && named.length === order.fulfillments.length) return all;
	const added = back.map((part) => {
		const { siteName } = partPlace(order, part, parts);
		return { fulfillmentOrderId: part.id, number: part.number, siteId: part.siteId, siteName, method: part.method };
	});
	return { ...all, order: { ...order, fulfillments: [...named, ...added] } };
}

export const otherPart = ({ id, siteId, siteName }: NewPart): OtherPart => ({
	fulfillmentOrderId: id,
	siteId,
	siteName,
});

function partPlace(order: Order, part: FulfillmentOrder, parts: OrderParts['parts']): OtherPart {
	return { fulfillmentOrderId: part.id, siteId: part.siteId, siteName: siteNameIn(order, part, parts) };
}

/** The name of a part's site, as the order or one of its parts tells it. */
export function siteNameIn(
	order: Order,
	{ id, siteId }: FulfillmentOrder,
	parts: OrderParts['parts'] = new Map(),
): string {
	const places = [...parts.values()].flatMap(({ movedFrom, movedTo }) => [movedFrom, movedTo]);
	const place = [...order.fulfillments, ...places].find(
		(each) => each?.fulfillmentOrderId === id || each?.siteId === siteId,
	);
	const told = order.timeline.find((entry) => entry.what === 'assigned' && entry.siteId === siteId)?.detail;
	return place?.siteName ?? told ?? siteId;
}
