import { applyStatement } from '../../../../shared/domain/apply-statement.ts';
import type { AnyStatement } from '../../../../shared/domain/decision.ts';
import { sampleOrder } from '../../../../shared/domain/sample-order.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import type { ReturnLine } from '../../../../shared/schema/return-case.ts';

interface Goods {
	readonly sku: string;
	readonly quantity: number;
	readonly minor?: number;
}

/** An order for tests whose goods are all with the customer. */
export function sampleSale(goods: readonly Goods[], number = '1042', changes: Partial<Order> = {}): Order {
	const { order } = sampleOrder(goods, 'pickup', number);
	const lines = order.lines.map((line, at) => ({
		...line,
		unitPrice: { minor: goods[at]?.minor ?? line.unitPrice.minor, currency: 'GBP' },
		open: 0,
		withCustomer: line.ordered,
	}));
	return { ...order, lines, ...changes };
}

/** The GTIN-14 that tests give a SKU. */
export const gtinOf = (sku: string) => sku.padStart(14, '0');

let returns = 0;

/** What the real rules make of a return: the order after it, what is paid back, and what a person must look at. */
export function afterReturn(
	order: Order,
	lines: readonly ReturnLine[],
): { readonly order: Order; readonly refundMinor: number; readonly exceptions: number } {
	returns++;
	const statement: AnyStatement = {
		opId: `op-${returns}`,
		type: 'return',
		payload: {
			returnId: `return-${returns}`,
			orderId: order.id,
			orderNumber: order.number,
			lines: [...lines],
			refund: { minor: 0, currency: order.currency },
		},
		actorName: 'Sam Reed',
		at: '2026-11-22T15:20:00Z',
	};
	const result = applyStatement({ siteId: 'S-1', order }, statement);
	if (result.outcome === 'refused' || result.subject.order === undefined) throw new Error('a return is never refused');
	const refundMinor = result.subject.returnCase?.refund.minor ?? 0;
	return { order: result.subject.order, refundMinor, exceptions: result.exceptions.length };
}
