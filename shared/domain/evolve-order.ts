import type { Order, OrderLine, TimelineEntry } from '../schema/order.ts';
import { addressText } from './decide-address.ts';
import { returnRecord } from './decide-return.ts';
import type { Author, CountName, DomainEvent, StockEvent, UnitStep } from './decision.ts';

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
	statement: Author,
	siteId: string,
	fulfillmentOrderId: string | undefined,
): Order {
	const lines = changedLines(order.lines, event);
	const changed = changedDetail(lines === order.lines ? order : { ...order, lines }, event, statement);
	const entry = timelineEntry(event);
	const repeated =
		event.kind === 'picking_started' &&
		order.timeline.some((known) => known.what === 'picking_started' && known.fulfillmentOrderId === fulfillmentOrderId);
	if (!entry || repeated) return changed;
	const complete: TimelineEntry = {
		at: statement.at,
		...(statement.opId === undefined ? {} : { operationId: statement.opId, actorName: statement.actorName }),
		siteId,
		...(fulfillmentOrderId === undefined ? {} : { fulfillmentOrderId }),
		...entry,
	};
	return { ...changed, timeline: [...changed.timeline, complete] };
}

function changedDetail(order: Order, event: DomainEvent, statement: Author): Order {
	if (event.kind === 'address_edited') return { ...order, shipTo: event.shipTo };
	if (event.kind === 'sold' && event.exchange !== undefined) return withExchange(order, event.exchange);
	if (event.kind !== 'returned') return order;
	const record = returnRecord(event.returnCase, statement.at);
	return { ...order, returns: [...(order.returns ?? []), record] };
}

/** The return tells what the customer took along instead. */
function withExchange(order: Order, exchange: NonNullable<StockEvent['exchange']>): Order {
	const { saleId, returnId, units } = exchange;
	const returns = order.returns?.map((record) =>
		record.returnId === returnId
			? { ...record, exchanges: [...(record.exchanges ?? []), { saleId, units: Math.min(units, 100_000) }] }
			: record,
	);
	return returns === undefined ? order : { ...order, returns };
}

function changedLines(lines: OrderLine[], event: DomainEvent): OrderLine[] {
	if (event.kind === 'returned') {
		return event.accepted.reduce(
			(current, { lineId, quantity }) => updateOrderLine(current, lineId, 'withCustomer', 'returned', quantity),
			lines,
		);
	}
	return event.steps.reduce((current, step) => {
		switch (event.kind) {
			case 'declined':
				return updateLine(current, step.lineId, (line) =>
					checked({ ...line, unassigned: line.unassigned + step.quantity }),
				);
			case 'assigned':
				return updateLine(current, step.lineId, (line) => assignedLine(line, event.before, step.quantity));
			// The units go to or come from another FO of the same order.
			case 'moved':
			case 'moved_back':
			case 'withdrawn':
				return current;
			default:
				return step.count
					? updateOrderLine(current, step.lineId, orderCount[step.count.from], orderCount[step.count.to], step.quantity)
					: current;
		}
	}, lines);
}

function updateLine(lines: OrderLine[], lineId: string, change: (line: OrderLine) => OrderLine): OrderLine[] {
	return lines.map((line) => (line.id === lineId ? change(line) : line));
}

function assignedLine(line: OrderLine, before: 'open' | 'unassigned' | 'short', quantity: number): OrderLine {
	if (before === 'open') return line;
	if (before === 'unassigned') return { ...line, unassigned: Math.max(0, line.unassigned - quantity) };
	const found = Math.min(quantity, line.short);
	return { ...line, short: line.short - found, open: line.open + found };
}

/**
 * Units of a declined or moved FO are open to the order, though the FO counts them as cancelled; and of units that the customer
 * has already, no more can be counted. So a count takes what it can get, and the sum always stays.
 */
function updateOrderLine(
	lines: OrderLine[],
	lineId: string,
	from: OrderCount,
	to: OrderCount | 'returned',
	quantity: number,
): OrderLine[] {
	if (from === to) return lines;
	return updateLine(lines, lineId, (line) => {
		const direct = Math.min(quantity, line[from]);
		const released = from === 'cancelled' ? Math.min(quantity - direct, line.open) : 0;
		const taken = { ...line, [from]: line[from] - direct };
		const opened = { ...taken, open: taken.open - released };
		return checked({ ...opened, [to]: opened[to] + direct + released });
	});
}

/** Only open units can lack a site. */
function checked(line: OrderLine): OrderLine {
	return line.unassigned > line.open ? { ...line, unassigned: line.open } : line;
}

type EntryDetail = Pick<TimelineEntry, 'what' | 'quantity' | 'detail'>;

function timelineEntry(event: DomainEvent): EntryDetail | null {
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
		case 'handed_over_again':
			return { what: 'handed_over_again', quantity: event.quantity, detail: event.collectedBy };
		case 'cancelled':
			return { what: 'cancelled', quantity, detail: event.reason };
		case 'declined':
			return { what: 'declined', quantity, detail: event.reason };
		case 'moved':
			return { what: 'moved', quantity, detail: event.to.siteName };
		case 'moved_back':
			return { what: 'moved_back', quantity, detail: event.from.siteName };
		case 'assigned':
			return { what: 'assigned', quantity, detail: event.siteName };
		case 'returned':
			return { what: 'returned', quantity, detail: event.returnCase.id };
		case 'sold':
			return event.exchange === undefined ? null : { what: 'exchanged', quantity, detail: event.exchange.returnId };
		case 'address_edited':
			return { what: 'address_edited', detail: addressText(event.shipTo) };
		default:
			return null;
	}
}

const unitsOf = (units: readonly Pick<UnitStep, 'quantity'>[]): number =>
	units.reduce((sum, { quantity }) => sum + quantity, 0);
