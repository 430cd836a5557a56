import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { FulfillmentOrder, FulfillmentQuantities } from '../../shared/schema/fulfillment-order.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import type { Order } from '../../shared/schema/order.ts';

/** Central's books, as read from its tables. */
export interface Books {
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
	readonly orders: readonly Order[];
	readonly exceptions: readonly ExceptionCase[];
	/** Units by bucket of each SKU at each site, with what is outside. */
	readonly positions: readonly ({ readonly siteId: string; readonly sku: string } & Readonly<
		Record<string, number | string>
	>)[];
	/** Those that were applied, each lane's in its order. */
	readonly applied: readonly { readonly siteId: string; readonly operation: OperationEnvelope }[];
}

export interface Fault {
	readonly invariant: 'ledger' | 'promise';
	readonly words: string;
}

const heldCounts: readonly (readonly [string, readonly (keyof FulfillmentQuantities)[]])[] = [
	['allocated', ['toPick']],
	['picked', ['picked', 'packed']],
	['staged', ['staged']],
];

type Units = Map<string, number>;
const add = (units: Units, siteId: string, sku: string, quantity: number) =>
	void units.set(`${siteId} ${sku}`, (units.get(`${siteId} ${sku}`) ?? 0) + quantity);

/**
 * Counts the goods once more, by laws that know nothing of how central decides: every unit that a fulfillment order counts lies
 * in the bucket that fits, goods left only as facts say, and nobody was promised what somebody else has.
 */
export function faultsOf(books: Books): readonly Fault[] {
	return [...countFaults(books), ...bucketFaults(books), ...customerFaults(books), ...promiseFaults(books)];
}

function countFaults({ fulfillmentOrders, orders }: Books): readonly Fault[] {
	const faults: Fault[] = [];
	for (const { number, lines } of fulfillmentOrders)
		for (const { sku, ordered, quantities } of lines) {
			const counted = Object.values(quantities).reduce((sum, units) => sum + units, 0);
			const negative = Object.values(quantities).some((units) => units < 0);
			if (counted === ordered && !negative) continue;
			faults.push({
				invariant: 'ledger',
				words: `${sku} of ${number} counts ${counted} units (${JSON.stringify(quantities)}), not ${ordered}`,
			});
		}
	for (const { number, lines } of orders)
		for (const { sku, ordered, open, short, cancelled, withCustomer, returned } of lines) {
			const counts = { open, short, cancelled, withCustomer, returned };
			const counted = Object.values(counts).reduce((sum, units) => sum + units, 0);
			if (counted === ordered && Math.min(...Object.values(counts)) >= 0) continue;
			const words = `${sku} of order ${number} counts ${counted} units (${JSON.stringify(counts)}), not ${ordered}`;
			faults.push({ invariant: 'ledger', words });
		}
	return faults;
}

/** The ledger's buckets hold just the units that the FOs count there; in hand are also those that are to be put back. */
function bucketFaults({ fulfillmentOrders, positions }: Books): readonly Fault[] {
	return heldCounts.flatMap(([bucket, counts]) => {
		const held: Units = new Map();
		for (const { siteId, lines, putBack } of fulfillmentOrders) {
			for (const { sku, quantities } of lines) for (const count of counts) add(held, siteId, sku, quantities[count]);
			if (bucket === 'picked') for (const { sku, quantity } of putBack) add(held, siteId, sku, quantity);
		}
		return positions.flatMap((position): Fault[] => {
			const { siteId, sku } = position;
			const expected = held.get(`${siteId} ${sku}`) ?? 0;
			if (position[bucket] === expected) return [];
			const words = `${siteId} has ${position[bucket]} × ${sku} ${bucket}, its fulfillment orders count ${expected}`;
			return [{ invariant: 'ledger', words }];
		});
	});
}

/** Units with customers: as many as facts say have left, less those that came back; fewer only where an exception tells. */
function customerFaults({ applied, positions, exceptions }: Books): readonly Fault[] {
	const left: Units = new Map();
	const doubted: Units = new Map();
	const boxes = new Map<string, readonly { readonly sku: string; readonly quantity: number }[]>();
	const shippedBy = new Map<string, readonly { readonly sku: string; readonly quantity: number }[]>();
	const returns = new Set<string>();
	const payloadOf = ({ payload }: OperationEnvelope) =>
		payload as {
			readonly fulfillmentOrderId: string;
			readonly packageId: string;
			readonly returnId: string;
			readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
		};
	const boxOf = (operation: OperationEnvelope) =>
		`${payloadOf(operation).fulfillmentOrderId} ${payloadOf(operation).packageId}`;
	for (const { operation } of applied)
		if (operation.type === 'pack') boxes.set(boxOf(operation), payloadOf(operation).lines);
	for (const { siteId, operation } of applied) {
		const payload = payloadOf(operation);
		const box = boxOf(operation);
		if (operation.type === 'ship') {
			shippedBy.set(operation.opId, boxes.get(box) ?? []);
			for (const { sku, quantity } of boxes.get(box) ?? []) add(left, siteId, sku, quantity);
			boxes.set(box, []);
		}
		if (operation.type === 'hand_over' || operation.type === 'sell')
			for (const { sku, quantity } of payload.lines) add(left, siteId, sku, quantity);
		if (operation.type === 'return' && !returns.has(payload.returnId)) {
			returns.add(payload.returnId);
			for (const { sku, quantity } of payload.lines) add(left, siteId, sku, -quantity);
		}
	}
	for (const { exceptionKind, siteId, sku, quantity, operationId } of exceptions) {
		if (exceptionKind !== 'second_handover' && exceptionKind !== 'fulfilled_more_than_held') continue;
		// Of a box that nobody had packed yet it is not known what is in it.
		const unknown = sku === undefined ? (shippedBy.get(operationId) ?? []) : [{ sku, quantity: quantity ?? 0 }];
		for (const units of unknown) add(doubted, siteId, units.sku, units.quantity);
	}
	return positions.flatMap(({ siteId, sku, customer }): Fault[] => {
		const key = `${siteId} ${sku}`;
		const most = left.get(key) ?? 0;
		const least = most - (doubted.get(key) ?? 0);
		if (Number(customer) >= least && Number(customer) <= most) return [];
		const words = `${customer} × ${sku} of ${siteId} are with customers, but facts tell of ${least} to ${most}`;
		return [{ invariant: 'ledger', words }];
	});
}

/** Allocations are never more than goods, and an order's line never more than was ordered, but where a fact made it so and was told. */
function promiseFaults({ positions, exceptions, orders, fulfillmentOrders }: Books): readonly Fault[] {
	const told = new Set(
		exceptions.flatMap(({ exceptionKind, siteId, sku }) =>
			exceptionKind === 'stock_below_zero' || exceptionKind === 'promised_more_than_held' ? [`${siteId} ${sku}`] : [],
		),
	);
	const sentTwice = new Set(
		exceptions.flatMap(({ exceptionKind, orderNumber }) =>
			exceptionKind === 'fulfilled_after_move' ? [orderNumber] : [],
		),
	);
	const faults: Fault[] = positions.flatMap(({ siteId, sku, available, allocated }): Fault[] => {
		if ((Number(available) >= 0 && Number(allocated) >= 0) || told.has(`${siteId} ${sku}`)) return [];
		return [{ invariant: 'promise', words: `${siteId} has ${available} × ${sku} available, and nobody was told` }];
	});
	for (const order of orders)
		for (const line of order.lines) {
			const parts = fulfillmentOrders.filter(({ orderId }) => orderId === order.id).flatMap(({ lines }) => lines);
			const promised = parts
				.filter(({ lineId }) => lineId === line.id)
				.reduce((sum, { ordered, quantities }) => sum + ordered - quantities.short - quantities.cancelled, 0);
			const left = parts
				.filter(({ lineId }) => lineId === line.id)
				.reduce((sum, { quantities }) => sum + quantities.shipped + quantities.handedOver, 0);
			// Two sites have sent it: what the one did after the order had moved was told; nobody may send more.
			const surplus = sentTwice.has(order.number) ? Math.max(0, left - line.ordered) : 0;
			if (promised - surplus <= line.ordered) continue;
			const words = `order ${order.number} promises ${promised} × ${line.sku}, but ${line.ordered} were ordered`;
			faults.push({ invariant: 'promise', words });
		}
	return faults;
}
