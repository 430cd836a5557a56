import { addMoney, type Money, timesMoney } from '../../../../shared/money.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import { type CounterGoods, onCounter } from './counter-goods.ts';

/** What the customer gets back for the goods on the counter: what each unit cost, and nothing for a unit that is not theirs to return. */
export function refundFor(order: Order, counter: CounterGoods): Money {
	return order.lines
		.map((line) => timesMoney(line.unitPrice, Math.min(onCounter(counter, line.id), line.withCustomer)))
		.reduce(addMoney, { minor: 0, currency: order.currency });
}

/** Lines of which more lies on the counter than can come back: another device took some back meanwhile. */
export function overCounted(order: Order, counter: CounterGoods): readonly string[] {
	return order.lines.filter((line) => onCounter(counter, line.id) > line.withCustomer).map((line) => line.id);
}
