import type { FulfillmentLine, FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { Order, OrderCapture, OrderLine, TimelineEntry } from '../schema/order.ts';
import type { Product } from '../schema/product.ts';
import type { RoutingReason } from '../schema/routing-decision.ts';
import type { Site } from '../schema/site.ts';
import type { CapturedGoods } from '../schema/stock-operation.ts';
import type { Movement } from '../schema/stock-position.ts';

/** What an order needs besides its capture, made by the caller. */
export interface OrderIdentity {
	readonly orderId: string;
	readonly number: string;
	readonly passCode: string;
}

/** What one site fulfills of an order. */
export interface SiteAssignment {
	readonly fulfillmentOrderId: string;
	readonly site: Pick<Site, 'id' | 'name'>;
	/** How many units of each line it sets aside. */
	readonly allocated: readonly number[];
	readonly binOf: (sku: string) => string;
	readonly routing?: RoutingReason;
}

export interface OrderPlan {
	readonly order: Order;
	/** One for each site that sets a unit aside. */
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
	/** From available to allocated. */
	readonly movements: readonly Movement[];
}

export interface PlanInput {
	readonly capture: OrderCapture;
	readonly identity: OrderIdentity;
	/** What is ordered, by SKU. */
	readonly goods: ReadonlyMap<string, CapturedGoods>;
	readonly assignments: readonly SiteAssignment[];
	/** The site that was asked last, where none could set a unit aside. */
	readonly askedSite: Pick<Site, 'id' | 'name'>;
	/** For when a site's part is promised, where the capture doesn't say. */
	readonly promiseOf: (siteId: string, placedAt: string) => string;
	readonly capturedAt: Temporal.Instant;
}

/** Makes an order and its fulfillment orders out of a checked capture and the sites that it was given to. */
export function planOrder(input: PlanInput): OrderPlan {
	const { capture, identity } = input;
	const placedAt = capture.placedAt === undefined ? input.capturedAt : Temporal.Instant.from(capture.placedAt);
	const allocatedOf = (line: number) =>
		input.assignments.reduce((sum, { allocated }) => sum + (allocated[line] ?? 0), 0);
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
			unassigned: asked.quantity - allocatedOf(index),
		};
	});
	const sending = input.assignments.filter(({ allocated }) => allocated.some((quantity) => quantity > 0));
	const parts = sending.map((assignment, index) =>
		planPart(input, assignment, { number: `${identity.number}-${index + 1}`, lines, placedAt: placedAt.toString() }),
	);
	const { method, customer, shipTo } = capture;
	const names = new Map(sending.map(({ fulfillmentOrderId, site }) => [fulfillmentOrderId, site.name]));
	const siteNameOf = ({ id, siteId }: FulfillmentOrder) => names.get(id) ?? siteId;
	return {
		order: {
			id: identity.orderId,
			number: identity.number,
			channel: capture.channel,
			externalId: capture.externalId,
			placedAt: placedAt.toString(),
			promisedAt: latest(parts) ?? promisedBy(input, input.askedSite.id, placedAt.toString()),
			method,
			customer,
			shipTo,
			currency: capture.currency,
			lines,
			fulfillments: parts.map((part) => ({
				fulfillmentOrderId: part.id,
				number: part.number,
				siteId: part.siteId,
				siteName: siteNameOf(part),
				method,
			})),
			timeline: timelineOf(lines, placedAt, input, parts, siteNameOf),
		},
		fulfillmentOrders: parts,
		movements: parts.flatMap(({ siteId, lines: toPick }) =>
			toPick.map(
				({ sku, ordered }): Movement => ({
					siteId,
					sku,
					quantity: ordered,
					from: 'available',
					to: 'allocated',
					reason: 'order_assigned',
				}),
			),
		),
	};
}

function planPart(
	input: PlanInput,
	{ fulfillmentOrderId, site, allocated, binOf, routing }: SiteAssignment,
	{
		number,
		lines,
		placedAt,
	}: { readonly number: string; readonly lines: readonly OrderLine[]; readonly placedAt: string },
): FulfillmentOrder {
	const { capture, identity } = input;
	return {
		id: fulfillmentOrderId,
		kind: 'fulfillment_order',
		number,
		orderId: identity.orderId,
		orderNumber: identity.number,
		siteId: site.id,
		method: capture.method,
		state: 'assigned',
		promisedAt: promisedBy(input, site.id, placedAt),
		customer: capture.customer,
		shipTo: capture.shipTo,
		passCode: identity.passCode,
		lines: lines.flatMap((line, index) => fulfillmentLine(line, allocated[index] ?? 0, input, binOf(line.sku))),
		packages: [],
		stagedAt: null,
		putBack: [],
		pickerName: null,
		...(routing && { routing }),
	};
}

function promisedBy({ capture, promiseOf }: PlanInput, siteId: string, placedAt: string): string {
	return capture.promisedAt === undefined
		? promiseOf(siteId, placedAt)
		: Temporal.Instant.from(capture.promisedAt).toString();
}

function latest(parts: readonly FulfillmentOrder[]): string | undefined {
	return parts.map(({ promisedAt }) => promisedAt).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
}

function fulfillmentLine(line: OrderLine, quantity: number, input: PlanInput, bin: string): FulfillmentLine[] {
	if (quantity === 0) return [];
	const { gtins, unitWeightGrams } = goodsIn(input.goods, line.sku);
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
	parts: readonly FulfillmentOrder[],
	siteNameOf: (part: FulfillmentOrder) => string,
): TimelineEntry[] {
	const total = (count: (line: OrderLine) => number) => lines.reduce((sum, line) => sum + count(line), 0);
	const unassigned = total((line) => line.unassigned);
	const at = input.capturedAt.toString();
	const { id: siteId, name } = input.askedSite;
	return [
		{ at: placedAt.toString(), what: 'placed', quantity: total((line) => line.ordered), detail: input.capture.channel },
		...parts.map(
			(part): TimelineEntry => ({
				at,
				what: 'assigned',
				siteId: part.siteId,
				fulfillmentOrderId: part.id,
				quantity: part.lines.reduce((sum, { ordered }) => sum + ordered, 0),
				detail: siteNameOf(part),
			}),
		),
		...(unassigned === 0
			? []
			: [{ at, what: 'not_enough_stock' as const, siteId, quantity: unassigned, detail: name }]),
	];
}

/** A product of the catalog that lies in this bin. */
export function goodsOf(product: Product, bin = ''): CapturedGoods {
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
