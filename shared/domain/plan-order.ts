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
	/** One for each site that fulfills a part of it. */
	readonly fulfillmentOrderIds: readonly string[];
	readonly passCode: string;
}

export interface OrderPlan {
	readonly order: Order;
	/** One for each site that could set units aside. */
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
	/** From available to allocated. */
	readonly movements: readonly Movement[];
}

/** How many units of each line of an order a site sets aside. */
export interface SiteShare {
	readonly site: Pick<Site, 'id' | 'name'>;
	readonly allocated: readonly number[];
	/** Where they lie, if it is not where `goods` says. */
	readonly binOf?: (sku: string) => string;
}

export interface PlanInput {
	readonly capture: OrderCapture;
	readonly identity: OrderIdentity;
	/** What is ordered, by SKU, as it lies at the first site. */
	readonly goods: ReadonlyMap<string, CapturedGoods>;
	/** The sites that fulfill it; at least one. */
	readonly assignments: readonly SiteShare[];
	/** For when it is promised, where the capture doesn't say. */
	readonly promiseOf: (placedAt: string) => string;
	readonly capturedAt: Temporal.Instant;
}

/** Makes an order and its fulfillment orders out of a checked capture and the sites that it was given to. */
export function planOrder(input: PlanInput): OrderPlan {
	const { capture, identity, assignments } = input;
	const placedAt = capture.placedAt === undefined ? input.capturedAt : Temporal.Instant.from(capture.placedAt);
	const promised =
		capture.promisedAt === undefined
			? input.promiseOf(placedAt.toString())
			: Temporal.Instant.from(capture.promisedAt).toString();
	const lines = capture.lines.map((asked, index): OrderLine => {
		const goods = goodsIn(input.goods, asked.sku);
		const allocated = assignments.reduce((sum, share) => sum + (share.allocated[index] ?? 0), 0);
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
			unassigned: asked.quantity - allocated,
		};
	});
	const { method, customer, shipTo } = capture;
	const fulfillmentOrders: FulfillmentOrder[] = [];
	for (const share of assignments) {
		const toPick = lines.flatMap((line, index) => fulfillmentLine(line, share, index, input));
		const id = identity.fulfillmentOrderIds[fulfillmentOrders.length];
		if (toPick.length === 0 || id === undefined) continue;
		fulfillmentOrders.push({
			id,
			kind: 'fulfillment_order',
			number: `${identity.number}-${fulfillmentOrders.length + 1}`,
			orderId: identity.orderId,
			orderNumber: identity.number,
			siteId: share.site.id,
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
		});
	}
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
			fulfillments: fulfillmentOrders.map(({ id, number, siteId }) => ({
				fulfillmentOrderId: id,
				number,
				siteId,
				siteName: nameOf(input, siteId),
				method,
			})),
			timeline: timelineOf(lines, placedAt, input, fulfillmentOrders),
		},
		fulfillmentOrders,
		movements: fulfillmentOrders.flatMap(({ siteId, lines: toPick }) =>
			toPick.map(({ sku, ordered }) => ({
				siteId,
				sku,
				quantity: ordered,
				from: 'available' as const,
				to: 'allocated' as const,
				reason: 'order_assigned',
			})),
		),
	};
}

function fulfillmentLine(line: OrderLine, share: SiteShare, index: number, input: PlanInput): FulfillmentLine[] {
	const quantity = share.allocated[index] ?? 0;
	if (quantity === 0) return [];
	const { gtins, bin, unitWeightGrams } = goodsIn(input.goods, line.sku);
	return [
		{
			lineId: line.id,
			sku: line.sku,
			name: line.name,
			gtins,
			bin: share.binOf?.(line.sku) ?? bin,
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
	fulfillmentOrders: readonly FulfillmentOrder[],
): TimelineEntry[] {
	const total = (count: (line: OrderLine) => number) => lines.reduce((sum, line) => sum + count(line), 0);
	const unassigned = total((line) => line.unassigned);
	const at = input.capturedAt.toString();
	const seenAt = input.assignments[0]?.site;
	return [
		{ at: placedAt.toString(), what: 'placed', quantity: total((line) => line.ordered), detail: input.capture.channel },
		...fulfillmentOrders.map(({ id, siteId, lines: toPick }) => ({
			at,
			what: 'assigned' as const,
			siteId,
			fulfillmentOrderId: id,
			quantity: toPick.reduce((sum, { ordered }) => sum + ordered, 0),
			detail: nameOf(input, siteId),
		})),
		...(unassigned === 0 || seenAt === undefined
			? []
			: [{ at, what: 'not_enough_stock' as const, siteId: seenAt.id, quantity: unassigned, detail: seenAt.name }]),
	];
}

const nameOf = ({ assignments }: PlanInput, siteId: string) =>
	assignments.find(({ site }) => site.id === siteId)?.site.name ?? siteId;

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
