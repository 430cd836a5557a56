import type { ScanCode } from '../../../../shared/codes/index.ts';
import { voidLabels } from '../../../../shared/domain/decide-address.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { linesOfProduct } from '../../fulfillment/lines-of-product.ts';
import { emptyBox, packageToShip, unitsLeftToPack } from './box.ts';

/** One row of the pack list. */
export interface PackWork {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly toPack: number;
	/** Closed packages without a label. */
	readonly toShip: number;
	/** Closed packages whose label names an address that holds no more. */
	readonly voidLabels: number;
	/** In milliseconds since 1970. */
	readonly promisedAtMs: number;
}

/** What is picked and goes out by carrier, the earliest promise first. */
export function packWork(
	fulfillmentOrders: readonly FulfillmentOrder[],
	orders: readonly Order[] = [],
): readonly PackWork[] {
	const addresses = new Map(orders.map(({ id, shipTo }) => [id, shipTo]));
	return fulfillmentOrders
		.filter(({ method, state }) => method === 'ship' && (state === 'picked' || state === 'packed'))
		.map((fulfillmentOrder) => ({
			fulfillmentOrder,
			toPack: unitsLeftToPack(fulfillmentOrder, emptyBox),
			toShip: fulfillmentOrder.packages.filter((each) => each.shippedAt === null).length,
			voidLabels: voidLabels(fulfillmentOrder, addresses.get(fulfillmentOrder.orderId) ?? fulfillmentOrder.shipTo)
				.length,
			promisedAtMs: Date.parse(fulfillmentOrder.promisedAt),
		}))
		.sort(
			(a, b) => a.promisedAtMs - b.promisedAtMs || a.fulfillmentOrder.number.localeCompare(b.fulfillmentOrder.number),
		);
}

/** The FO that a scan on the pack list opens: the order's own, or the first that still has that product outside of a box. */
export function findPackWork(
	work: readonly PackWork[],
	code: ScanCode,
	product: Product | null,
): FulfillmentOrder | null {
	const found = work.find(({ fulfillmentOrder }) => {
		const { orderNumber, number, lines } = fulfillmentOrder;
		if (code.kind === 'order') return [orderNumber.toUpperCase(), number.toUpperCase()].includes(code.number);
		if (code.kind !== 'product') return false;
		return linesOfProduct(lines, code, product).some((line) => line.quantities.picked > 0);
	});
	return found?.fulfillmentOrder ?? null;
}

export type PackStep = 'pack' | 'label' | 'done' | 'stopped' | 'still_picking' | 'nothing';

/** Where the packer stands: a closed package gets its label before the next box is begun. */
export function packStep(fulfillmentOrder: FulfillmentOrder): PackStep {
	const { state } = fulfillmentOrder;
	if (state === 'declined' || state === 'moved') return 'stopped';
	if (packageToShip(fulfillmentOrder) !== null && state !== 'cancelled') return 'label';
	if (state === 'cancelled') return 'stopped';
	if (unitsLeftToPack(fulfillmentOrder, emptyBox) > 0 && state === 'picked') return 'pack';
	if (state === 'shipped') return 'done';
	return state === 'assigned' || state === 'picking' ? 'still_picking' : 'nothing';
}
