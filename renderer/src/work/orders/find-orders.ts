import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { type Order, type OrderState, orderState } from '../../../../shared/schema/order.ts';

export const orderFilters = [
	'all',
	'open',
	'partly_fulfilled',
	'fulfilled',
	'partly_returned',
	'returned',
	'cancelled',
] as const satisfies readonly ('all' | OrderState)[];
export type OrderFilter = (typeof orderFilters)[number];

const searchTexts = new WeakMap<Order, string>();

function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Diacritic}/gu, '')
		.toLowerCase();
}

/** Everything by which an order is found, once for each version of it. */
function searchText(order: Order): string {
	const known = searchTexts.get(order);
	if (known !== undefined) return known;
	const { number, externalId, customer, fulfillments } = order;
	const digits = (customer.phone ?? '').replace(/[^0-9]/g, '');
	const parts = [
		number,
		externalId,
		customer.name,
		customer.email ?? '',
		digits,
		...fulfillments.map((each) => each.number),
	];
	const text = plain(parts.join('\n'));
	searchTexts.set(order, text);
	return text;
}

/**
 * Orders that have every typed word in their number, customer, e-mail, phone or channel's id; the newest first. A word of digits and
 * signs is compared with the phone's digits.
 */
export function findOrders(orders: readonly Order[], typed: string, filter: OrderFilter): readonly Order[] {
	const words = plain(typed.trim())
		.split(/\s+/)
		.filter((word) => word !== '');
	const matches = (order: Order) => {
		const text = searchText(order);
		return words.every(
			(word) => text.includes(word) || (/^[+0][0-9()/-]{5,}$/.test(word) && text.includes(word.replace(/[^0-9]/g, ''))),
		);
	};
	return orders
		.filter((order) => (filter === 'all' || orderState(order) === filter) && matches(order))
		.map((order) => ({ order, placedMs: Temporal.Instant.from(order.placedAt).epochMilliseconds }))
		.sort((a, b) => b.placedMs - a.placedMs || (a.order.id < b.order.id ? 1 : -1))
		.map(({ order }) => order);
}

/** The fulfillment orders of an order that this site holds. */
export function fulfillmentsOf(order: Order, all: readonly FulfillmentOrder[]): readonly FulfillmentOrder[] {
	return all.filter(({ orderId }) => orderId === order.id);
}
