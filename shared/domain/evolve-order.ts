import type { Order, OrderLine, TimelineEntry } from '../schema/order.ts';
import type { AnyStatement, CountName, DomainEvent, UnitStep } from './decision.ts';

type OrderCount = 'open' | 'short' | 'cancelled' | 'withCustomer';

/** What a count of an FO line means to the order's line. */
const orderCount: Readonly<Record<CountName, OrderCount>> = {
	toPick: 'open',
	picked: 'open',
	packed: 'open',
	staged: 'open',
	shipped: 'withCustomer',
	handedOver: 'withCustomer',
	short: 'short',
	cancelled: 'cancelled',
};

/** The order after an event: its lines' units, and one entry in its timeline where a customer's story goes on. */
export function evolveOrder(
	order: Order,
	event: DomainEvent,
	statement: AnyStatement,
	siteId: string,
	fulfillmentOrderId: string | undefined,
): Order {
	const lines = changedLines(order.lines, event);
	const entry = timelineEntry(event, statement);
	const repeated =
		event.kind === 'picking_started' &&
		order.timeline.some((known) => known.what === 'picking_started' && known.fulfillmentOrderId === fulfillmentOrderId);
	if (!entry || repeated) return lines === order.lines ? order : { ...order, lines };
	const complete: TimelineEntry = {
		at: statement.at,
		operationId: statement.opId,
		actorName: statement.actorName,
		siteId,
		...(fulfillmentOrderId === undefined ? {} : { fulfillmentOrderId }),
		...entry,
	};
	return { ...order, lines, timeline: [...order.timeline, complete] };
}

function changedLines(lines: OrderLine[], event: DomainEvent): OrderLine[] {
	if (event.kind === 'returned') {
		return event.accepted.reduce(
			(current, { lineId, quantity }) => updateOrderLine(current, lineId, 'withCustomer', 'returned', quantity),
			lines,
		);
	}
	if (event.kind === 'declined') {
		return event.steps.reduce(
			(current, { lineId, quantity }) =>
				current.map((line) => (line.id === lineId ? { ...line, unassigned: line.unassigned + quantity } : line)),
			lines,
		);
	}
	return event.steps.reduce((current, step) => {
		if (!step.count) return current;
		const from = orderCount[step.count.from];
		const to = orderCount[step.count.to];
		return from === to ? current : updateOrderLine(current, step.lineId, from, to, step.quantity);
	}, lines);
}

function updateOrderLine(
	lines: OrderLine[],
	lineId: string,
	from: OrderCount,
	to: OrderCount | 'returned',
	quantity: number,
): OrderLine[] {
	return lines.map((line) =>
		line.id === lineId ? { ...line, [from]: line[from] - quantity, [to]: line[to] + quantity } : line,
	);
}

type EntryDetail = Pick<TimelineEntry, 'what' | 'quantity' | 'detail'>;

function timelineEntry(event: DomainEvent, statement: AnyStatement): EntryDetail | null {
	const quantity = unitsOf(event.steps);
	switch (event.kind) {
		case 'picking_started':
			return { what: 'picking_started' };
		case 'units_short':
			return { what: 'units_short', quantity, detail: event.reason };
		case 'packed':
			return { what: 'packed', quantity: unitsOf(event.package.lines) };
		case 'package_shipped':
			return { what: 'shipped', quantity, detail: event.trackingNumber };
		case 'staged':
			return { what: 'staged', quantity, detail: event.location };
		case 'handed_over':
			return { what: 'handed_over', quantity, detail: event.collectedBy };
		case 'cancelled':
			return { what: 'cancelled', quantity, detail: event.reason };
		case 'declined':
			return { what: 'declined', quantity, detail: event.reason };
		case 'returned':
			return { what: 'returned', quantity, detail: statement.type === 'return' ? statement.payload.returnId : '' };
		default:
			return null;
	}
}

const unitsOf = (units: readonly Pick<UnitStep, 'quantity'>[]): number =>
	units.reduce((sum, { quantity }) => sum + quantity, 0);
