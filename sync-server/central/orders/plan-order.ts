import { promisedAt } from '../../../shared/domain/promise.ts';
import type { FulfillmentLine, FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Order, OrderCapture, OrderLine, TimelineEntry } from '../../../shared/schema/order.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import type { Assignment } from '../routing/nearest-site.ts';

/** What an order needs besides its capture, made by the caller. */
export interface OrderIdentity {
	readonly orderId: string;
	readonly number: string;
	readonly fulfillmentOrderId: string;
	readonly passCode: string;
}

export interface OrderPlan {
	readonly order: Order;
	/** Absent when no unit could be set aside. */
	readonly fulfillmentOrder: FulfillmentOrder | undefined;
	/** From available to allocated. */
	readonly movements: readonly Movement[];
}

export interface PlanInput {
	readonly capture: OrderCapture;
	readonly identity: OrderIdentity;
	readonly products: ReadonlyMap<string, Product>;
	readonly assignment: Assignment;
	readonly binOf: (siteId: string, sku: string) => string;
	readonly capturedAt: Temporal.Instant;
}

/** Makes an order and its fulfillment order out of a checked capture and the site that it was given to. */
export function planOrder(input: PlanInput): OrderPlan {
	const { capture, identity, assignment } = input;
	const { site, allocated } = assignment;
	const placedAt = capture.placedAt === undefined ? input.capturedAt : Temporal.Instant.from(capture.placedAt);
	const promised =
		capture.promisedAt === undefined
			? promisedAt(site, capture.method, placedAt.toString())
			: Temporal.Instant.from(capture.promisedAt).toString();
	const lines = capture.lines.map((asked, index): OrderLine => {
		const product = productOf(input.products, asked.sku);
		return {
			id: `L${index + 1}`,
			sku: product.id,
			name: product.name,
			unitPrice: { minor: asked.unitPriceMinor ?? product.price.minor, currency: capture.currency },
			ordered: asked.quantity,
			open: asked.quantity,
			short: 0,
			cancelled: 0,
			withCustomer: 0,
			returned: 0,
			unassigned: asked.quantity - (allocated[index] ?? 0),
		};
	});
	const toPick = lines.flatMap((line, index) => fulfillmentLine(line, allocated[index] ?? 0, input));
	const number = `${identity.number}-1`;
	const { method, customer, shipTo } = capture;
	const fulfillmentOrder: FulfillmentOrder | undefined =
		toPick.length === 0
			? undefined
			: {
					id: identity.fulfillmentOrderId,
					kind: 'fulfillment_order',
					number,
					orderId: identity.orderId,
					orderNumber: identity.number,
					siteId: site.id,
					method,
					state: 'assigned',
					promisedAt: promised,
					customer,
					shipTo,
					passCode: identity.passCode,
					lines: toPick,
					packages: [],
					stagedAt: null,
					putBack: [],
					pickerName: null,
				};
	return {
		order: {
			id: identity.orderId,
			number: identity.number,
			channel: capture.channel,
			externalId: capture.externalId,
			placedAt: placedAt.toString(),
			promisedAt: promised,
			method,
			customer,
			shipTo,
			currency: capture.currency,
			lines,
			fulfillments: fulfillmentOrder
				? [{ fulfillmentOrderId: fulfillmentOrder.id, number, siteId: site.id, siteName: site.name, method }]
				: [],
			timeline: timelineOf(lines, placedAt, input, fulfillmentOrder),
		},
		fulfillmentOrder,
		movements: toPick.map(({ sku, ordered }) => ({
			siteId: site.id,
			sku,
			quantity: ordered,
			from: 'available',
			to: 'allocated',
			reason: 'order_assigned',
		})),
	};
}

function fulfillmentLine(line: OrderLine, quantity: number, input: PlanInput): FulfillmentLine[] {
	if (quantity === 0) return [];
	const product = productOf(input.products, line.sku);
	return [
		{
			lineId: line.id,
			sku: line.sku,
			name: line.name,
			gtins: [product.gtin, ...product.otherGtins],
			bin: input.binOf(input.assignment.site.id, line.sku),
			unitPrice: line.unitPrice,
			unitWeightGrams: product.weightGrams,
			ordered: quantity,
			quantities: {
				toPick: quantity,
				picked: 0,
				packed: 0,
				staged: 0,
				shipped: 0,
				handedOver: 0,
				short: 0,
				cancelled: 0,
			},
			shorts: [],
		},
	];
}

function timelineOf(
	lines: readonly OrderLine[],
	placedAt: Temporal.Instant,
	input: PlanInput,
	fulfillmentOrder: FulfillmentOrder | undefined,
): TimelineEntry[] {
	const total = (count: (line: OrderLine) => number) => lines.reduce((sum, line) => sum + count(line), 0);
	const { site } = input.assignment;
	const unassigned = total((line) => line.unassigned);
	const at = input.capturedAt.toString();
	return [
		{ at: placedAt.toString(), what: 'placed', quantity: total((line) => line.ordered), detail: input.capture.channel },
		...(fulfillmentOrder === undefined
			? []
			: [
					{
						at,
						what: 'assigned' as const,
						siteId: site.id,
						fulfillmentOrderId: fulfillmentOrder.id,
						quantity: total((line) => line.ordered - line.unassigned),
						detail: site.name,
					},
				]),
		...(unassigned === 0
			? []
			: [{ at, what: 'not_enough_stock' as const, siteId: site.id, quantity: unassigned, detail: site.name }]),
	];
}

function productOf(products: ReadonlyMap<string, Product>, sku: string): Product {
	const product = products.get(sku);
	if (product === undefined) throw new Error(`The capture was not checked: ${sku} is not in the catalog.`);
	return product;
}
