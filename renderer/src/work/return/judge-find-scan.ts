import type { ScanCode } from '../../../../shared/codes/index.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import { orderByNumber } from './find-orders.ts';
import { unitsThatCanComeBack } from './returnable-units.ts';

export interface FindScene {
	readonly orders: readonly Order[];
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
}

/** Which order a code leads to, while somebody wants to bring goods back. */
export type FindJudgement =
	| { readonly kind: 'open'; readonly order: Order }
	| { readonly kind: 'nothing_left'; readonly order: Order }
	/** No order of this site: it may exist elsewhere. */
	| { readonly kind: 'not_here'; readonly number: string }
	| { readonly kind: 'unknown_pass' }
	/** The catalog must say which product it is. */
	| { readonly kind: 'product'; readonly gtins: readonly string[] }
	| { readonly kind: 'location' }
	| { readonly kind: 'unreadable'; readonly text: string }
	| { readonly kind: 'find'; readonly query: string };

/** Judges a code, or what was typed, where an order is looked for. A receipt carries its order's number. */
export function judgeFindScan(
	{ code, text, typed }: { readonly code: ScanCode; readonly text: string; readonly typed: boolean },
	{ orders, fulfillmentOrders }: FindScene,
): FindJudgement {
	if (code.kind === 'order')
		return opened(orderByNumber(orders, code.number)) ?? { kind: 'not_here', number: code.number };
	if (code.kind === 'location') return { kind: 'location' };
	if (code.kind === 'pass') {
		const pickup = fulfillmentOrders.find((each) => each.passCode.toUpperCase() === code.code);
		const order = orders.find((each) => each.id === pickup?.orderId) ?? null;
		return opened(order) ?? { kind: 'unknown_pass' };
	}
	// An order number of digits only may happen to be a right GTIN.
	const byNumber = typed ? opened(orderByNumber(orders, text)) : null;
	if (byNumber !== null) return byNumber;
	if (code.kind === 'product') return { kind: 'product', gtins: code.gtins };
	return typed ? { kind: 'find', query: text.trim() } : { kind: 'unreadable', text: text.trim() };
}

/** Whether what was typed may be a whole order number, for which central can be asked: one word with a digit in it. */
export function mayBeNumber(query: string): boolean {
	return /^(?=.*\d)[\w./-]{3,100}$/.test(query.trim());
}

/** The judgement of an order that was found. */
export function judgeOrder(order: Order): FindJudgement {
	return unitsThatCanComeBack(order) > 0 ? { kind: 'open', order } : { kind: 'nothing_left', order };
}

function opened(order: Order | null): FindJudgement | null {
	return order === null ? null : judgeOrder(order);
}
