import type { Order, OrderLine } from '../../../../shared/schema/order.ts';

/** What became of one line's units, as a return needs to know. `sold` counts what the customer ever had. */
export interface ReturnableLine {
	readonly line: OrderLine;
	readonly sold: number;
	readonly returned: number;
	readonly canComeBack: number;
}

/** Each line with the units that may still come back: those that are with the customer, and no others. */
export function returnableLines(order: Order): readonly ReturnableLine[] {
	return order.lines.map((line) => ({
		line,
		sold: line.withCustomer + line.returned,
		returned: line.returned,
		canComeBack: line.withCustomer,
	}));
}

export function unitsThatCanComeBack(order: Order): number {
	return order.lines.reduce((sum, line) => sum + line.withCustomer, 0);
}
