import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../shared/schema/order.ts';
import { destinationOf } from './destination.ts';

/** One answer of the universal field. */
export interface Finding {
	readonly key: string;
	readonly kind: 'command' | 'order' | 'customer' | 'product' | 'count' | 'lookup';
	readonly label: string;
	readonly detail: string;
	readonly to: string;
	/** What is looked for there. */
	readonly find?: string;
}

export interface Command {
	readonly label: string;
	readonly to: string;
}

const mostFindings = 8;

function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Diacritic}/gu, '')
		.toLowerCase();
}

/** The order or fulfillment order whose number is exactly this, as a destination; null when there is none. */
export function exactNumber(
	typed: string,
	orders: readonly Order[],
	fulfillmentOrders: readonly FulfillmentOrder[],
): string | null {
	const number = typed.trim().toUpperCase();
	const fulfillment = fulfillmentOrders.find((each) => each.number.toUpperCase() === number);
	if (fulfillment !== undefined) return destinationOf(fulfillment);
	const order = orders.find((each) => each.number.toUpperCase() === number);
	return order === undefined ? null : `/orders/${encodeURIComponent(order.id)}`;
}

/**
 * What typed text may mean: screens by name, orders by number, customers by name or phone, and open work by its product's name or SKU.
 * Looks only at what is in memory, so that it answers within the key's frame.
 */
export function findAnything(
	typed: string,
	commands: readonly Command[],
	orders: readonly Order[],
	fulfillmentOrders: readonly FulfillmentOrder[],
): readonly Finding[] {
	const wished = plain(typed.trim());
	if (wished === '') return [];
	const findings: Finding[] = [];
	for (const { label, to } of commands)
		if (plain(label).startsWith(wished))
			findings.push({ key: `command:${to}`, kind: 'command', label, detail: '', to });
	const digits = wished.replace(/[^0-9]/g, '');
	for (const order of orders) {
		if (findings.length >= mostFindings) return findings;
		const to = `/orders/${encodeURIComponent(order.id)}`;
		const { name, phone = '' } = order.customer;
		if (plain(order.number).startsWith(wished))
			findings.push({ key: `order:${order.id}`, kind: 'order', label: order.number, detail: name, to });
		else if (plain(name).includes(wished) || (digits.length >= 4 && phone.replace(/[^0-9]/g, '').includes(digits)))
			findings.push({ key: `order:${order.id}`, kind: 'customer', label: name, detail: order.number, to });
	}
	if (wished.length < 3) return findings;
	const counts = countable(wished, fulfillmentOrders);
	// However many orders want the product, it can be counted.
	const room = mostFindings - 1 - Math.min(counts.length, 2);
	for (const fulfillment of fulfillmentOrders) {
		if (findings.length >= room) break;
		const line = fulfillment.lines.find(({ name, sku }) => plain(name).includes(wished) || plain(sku) === wished);
		if (line === undefined || !isOpen(fulfillment)) continue;
		const to = destinationOf(fulfillment);
		findings.push({
			key: `fo:${fulfillment.id}`,
			kind: 'product',
			label: line.name,
			detail: fulfillment.orderNumber,
			to,
		});
	}
	return [...[...findings, ...counts].slice(0, mostFindings - 1), lookup(typed.trim())];
}

/** The catalog is too large to be gone through within a key's frame: its own screen does that. */
function lookup(find: string): Finding {
	return { key: 'lookup', kind: 'lookup', label: find, detail: '', to: '/lookup', find };
}

/** Products of this site's work that can be counted, each once. */
function countable(wished: string, fulfillmentOrders: readonly FulfillmentOrder[]): readonly Finding[] {
	const names = new Map<string, string>();
	for (const { lines } of fulfillmentOrders)
		for (const { name, sku } of lines) if (plain(name).includes(wished) || plain(sku) === wished) names.set(sku, name);
	return [...names].map(([sku, label]) => ({
		key: `count:${sku}`,
		kind: 'count',
		label,
		detail: sku,
		to: `/count/${encodeURIComponent(sku)}`,
	}));
}

function isOpen({ state }: FulfillmentOrder): boolean {
	return state === 'assigned' || state === 'picking' || state === 'picked' || state === 'packed' || state === 'ready';
}
