import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { pickupProgress } from './pickup-progress.ts';

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const digitsOf = (text: string) => text.replace(/\D/g, '');

// A document never changes, so its text is made once however often somebody types.
const searchTexts = new WeakMap<FulfillmentOrder, { readonly words: string; readonly phone: string }>();

function searchText(fulfillmentOrder: FulfillmentOrder): { readonly words: string; readonly phone: string } {
	const known = searchTexts.get(fulfillmentOrder);
	if (known !== undefined) return known;
	const { customer, number, orderNumber, passCode } = fulfillmentOrder;
	const words = folded([customer.name, customer.email ?? '', number, orderNumber, passCode].join(' '));
	const made = { words, phone: digitsOf(customer.phone ?? '') };
	searchTexts.set(fulfillmentOrder, made);
	return made;
}

const rank = { on_shelf: 0, to_shelve: 1, to_prepare: 2, handed_over: 3, declined: 4, cancelled: 4 } as const;

/**
 * Pickups that fit what was typed: each word must occur in the customer's name or e-mail, the order number or the pass code; four
 * digits or more may also be part of the telephone number. Those that can be collected come first, then by promise.
 */
export function findPickups(
	fulfillmentOrders: readonly FulfillmentOrder[],
	query: string,
): readonly FulfillmentOrder[] {
	const words = folded(query).split(/\s+/).filter(Boolean);
	if (words.length === 0) return [];
	// The leading zero of a national number is gone in its international form.
	const phone = /^[\d\s+()/-]+$/.test(query.trim()) ? digitsOf(query).replace(/^0+/, '') : '';
	const fits = (each: FulfillmentOrder) => {
		const text = searchText(each);
		return words.every((word) => text.words.includes(word)) || (phone.length >= 4 && text.phone.includes(phone));
	};
	return fulfillmentOrders
		.filter((each) => each.method === 'pickup' && fits(each))
		.map((each) => ({ each, rank: rank[pickupProgress(each)], dueMs: Date.parse(each.promisedAt) }))
		.sort((a, b) => a.rank - b.rank || (a.rank >= 3 ? b.dueMs - a.dueMs : a.dueMs - b.dueMs))
		.map(({ each }) => each);
}
