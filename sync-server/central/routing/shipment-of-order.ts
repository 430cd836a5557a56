import type { LineUnits } from '../../../shared/domain/decision.ts';
import type { OrderParts } from '../../../shared/domain/order-parts.ts';
import type { Shipment } from './live/shipment-router.ts';

/** Units of an order that is captured already, as routing asks for them: without the sites that declined a part of it or had to give one away. */
export function shipmentOfOrder(
	{ order, parts }: OrderParts,
	lines: readonly LineUnits[],
	dueAt: string,
): Pick<
	Shipment,
	'orderId' | 'orderNumber' | 'channel' | 'currency' | 'valueMinor' | 'shipTo' | 'lines' | 'dueAt' | 'givenUpBy'
> {
	const left = [...parts.values()].filter(({ state }) => state === 'declined' || state === 'moved');
	return {
		orderId: order.id,
		orderNumber: order.number,
		channel: order.channel,
		currency: order.currency,
		valueMinor: order.lines.reduce((sum, { ordered, unitPrice }) => sum + ordered * unitPrice.minor, 0),
		shipTo: order.shipTo,
		lines,
		dueAt,
		givenUpBy: new Set(left.map(({ siteId }) => siteId)),
	};
}
