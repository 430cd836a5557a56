import type { FulfillmentLine, FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { Order, OrderCapture, OrderLine, TimelineEntry } from '../schema/order.ts';
import type { Product } from '../schema/product.ts';
import type { Site } from '../schema/site.ts';
import type { CapturedGoods } from '../schema/stock-operation.ts';
import type { Movement } from '../schema/stock-position.ts';

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
	/** What is ordered, by SKU, as it lies at the site. */
	readonly goods: ReadonlyMap<string, CapturedGoods>;
	/** The site that fulfills it, and how many units of each line it sets aside. */
	readonly assignment: { readonly site: Pick<Site, 'id' | 'name'>; readonly allocated: readonly number[] };
	/** For when it is promised, where the capture doesn't say. */
	readonly promiseOf: (placedAt: string) => string;
	readonly capturedAt: Temporal.Instant;
}

/** Makes an order and its fulfillment order out of a checked capture and the site that it was given to. */
export function planOrder(input: PlanInput): OrderPlan {
	const { capture, identity, assignment } = input;
	const { site, allocated } = assignment;
	const placedAt = capture.placedAt === undefined ? input.capturedAt : Temporal.Instant.from(capture.placedAt);
	const promised =
		capture.promisedAt === undefined
			? input.promiseOf(placedAt.toString())
			: Temporal.Instant.from(capture.promisedAt).toString();
	const lines = capture.lines.map((asked, index): OrderLine => {
		const goods = goodsIn(input.goods, asked.sku);
		return {
			id: `L${index + 1}`,
			sku: goods.sku,
			name: goods.name,
			unitPrice: { minor: asked.unitPriceMinor ?? goods.unitPrice.minor, currency: capture.currency },
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
	const { gtins, bin, unitWeightGrams } = goodsIn(input.goods, line.sku);
	return [
		{
			lineId: line.id,
			sku: line.sku,
			name: line.name,
			gtins,
			bin,
			unitPrice: line.unitPrice,
			unitWeightGrams,
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

/** A product of the catalog that lies in this bin. */
export function goodsOf(product: Product, bin: string): CapturedGoods {
	return {
		sku: product.id,
		name: product.name,
		gtins: [product.gtin, ...product.otherGtins],
		unitPrice: product.price,
		unitWeightGrams: product.weightGrams,
		bin,
	};
}

function goodsIn(goods: ReadonlyMap<string, CapturedGoods>, sku: string): CapturedGoods {
	const found = goods.get(sku);
	if (found === undefined) throw new Error(`The capture was not checked: ${sku} is not among its goods.`);
	return found;
}
