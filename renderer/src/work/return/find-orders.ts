import type { Order } from '../../../../shared/schema/order.ts';

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const digitsOf = (text: string) => text.replace(/\D/g, '');

// A document never changes, so its text is made once however often somebody types.
const searchTexts = new WeakMap<Order, { readonly words: string; readonly phone: string }>();

function searchText(order: Order): { readonly words: string; readonly phone: string } {
	const known = searchTexts.get(order);
	if (known !== undefined) return known;
	const { customer, number, externalId } = order;
	const words = folded([customer.name, customer.email ?? '', number, externalId].join(' '));
	const made = { words, phone: digitsOf(customer.phone ?? '') };
	searchTexts.set(order, made);
	return made;
}

const latestFirst = (a: Order, b: Order) => Date.parse(b.placedAt) - Date.parse(a.placedAt);

/**
 * Orders that fit what was typed, the latest first: each word must occur in the customer's name or e-mail or in the order's
 * number; four digits or more may also be part of the telephone number. Nothing typed finds nothing.
 */
export function findOrders(orders: readonly Order[], query: string): readonly Order[] {
	const words = folded(query).split(/\s+/).filter(Boolean);
	if (words.length === 0) return [];
	// The leading zero of a national number is gone in its international form.
	const phone = /^[\d\s+()/-]+$/.test(query.trim()) ? digitsOf(query).replace(/^0+/, '') : '';
	return orders
		.filter((order) => {
			const text = searchText(order);
			return words.every((word) => text.words.includes(word)) || (phone.length >= 4 && text.phone.includes(phone));
		})
		.toSorted(latestFirst);
}

export function orderByNumber(orders: readonly Order[], number: string): Order | null {
	const wanted = number.trim().toUpperCase();
	return orders.find((order) => order.number.toUpperCase() === wanted) ?? null;
}

/** Orders with a product that is with the customer now, the latest first. */
export function ordersWithProduct(orders: readonly Order[], sku: string): readonly Order[] {
	return orders
		.filter((order) => order.lines.some((line) => line.sku === sku && line.withCustomer > 0))
		.toSorted(latestFirst);
}

/** Orders of which something is with the customer now, the latest first. */
export function latestSales(orders: readonly Order[]): readonly Order[] {
	return orders.filter((order) => order.lines.some((line) => line.withCustomer > 0)).toSorted(latestFirst);
}
