import type { ScanCode } from '../../../../shared/codes/index.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { linesOfProduct } from '../../fulfillment/lines-of-product.ts';
import { unitsToPick } from './pick-path.ts';

/** One row of the pick list. */
export interface PickWork {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly toPick: number;
	readonly toPutBack: number;
	/** In milliseconds since 1970. */
	readonly promisedAtMs: number;
}

/** What there is to pick or to put back, the earliest promise first. */
export function pickWork(fulfillmentOrders: readonly FulfillmentOrder[]): readonly PickWork[] {
	return fulfillmentOrders
		.map((fulfillmentOrder): PickWork => {
			const { state, putBack, promisedAt } = fulfillmentOrder;
			return {
				fulfillmentOrder,
				toPick: state === 'assigned' || state === 'picking' ? unitsToPick(fulfillmentOrder) : 0,
				toPutBack: putBack.reduce((sum, task) => sum + task.quantity, 0),
				promisedAtMs: Date.parse(promisedAt),
			};
		})
		.filter((work) => work.toPick > 0 || work.toPutBack > 0)
		.sort(
			(a, b) => a.promisedAtMs - b.promisedAtMs || a.fulfillmentOrder.number.localeCompare(b.fulfillmentOrder.number),
		);
}

export type FoundWork =
	| { readonly kind: 'found'; readonly fulfillmentOrder: FulfillmentOrder }
	| { readonly kind: 'not_needed'; readonly name: string }
	| { readonly kind: 'not_here' };

/**
 * The FO that a scan on the pick list opens: the order's own, or the first in the list that needs the product and that nobody else has
 * started, or else the first that needs it. `not_here` leaves the scan to others.
 */
export function findWork(
	work: readonly PickWork[],
	code: ScanCode,
	product: Product | null,
	ownName: string,
): FoundWork {
	if (code.kind === 'order') {
		const own = work.find(({ fulfillmentOrder: { orderNumber, number } }) =>
			[orderNumber.toUpperCase(), number.toUpperCase()].includes(code.number),
		);
		return own === undefined ? { kind: 'not_here' } : { kind: 'found', fulfillmentOrder: own.fulfillmentOrder };
	}
	if (code.kind !== 'product') return { kind: 'not_here' };
	const needing = work.filter(
		({ toPick, fulfillmentOrder }) =>
			toPick > 0 && linesOfProduct(fulfillmentOrder.lines, code, product).some((line) => line.quantities.toPick > 0),
	);
	const free = ({ fulfillmentOrder: { pickerName } }: PickWork) => pickerName === null || pickerName === ownName;
	const first = needing.find(free) ?? needing[0];
	if (first !== undefined) return { kind: 'found', fulfillmentOrder: first.fulfillmentOrder };
	return product === null ? { kind: 'not_here' } : { kind: 'not_needed', name: product.name };
}
