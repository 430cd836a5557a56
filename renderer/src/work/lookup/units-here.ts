import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { PurchaseOrder } from '../../../../shared/schema/purchase-order.ts';
import type { SiteBucket } from '../../../../shared/schema/stock-position.ts';
import type { Transfer } from '../../../../shared/schema/transfer.ts';
import { inOrderOfPromise } from '../../ui/promise-order.ts';

/** Units of one product at this site that are in the same place. */
export interface UnitsAt {
	readonly bucket: SiteBucket;
	readonly units: number;
}

const alwaysTold: SiteBucket = 'available';
const inOrder = ['available', 'allocated', 'picked', 'staged', 'quarantine', 'damaged'] as const;

/** Where a product's units are at this site: the shelf always, other places only if something is there. What is on its way is told apart. */
export function unitsHere(units: Readonly<Record<SiteBucket, number>>): readonly UnitsAt[] {
	return inOrder
		.map((bucket) => ({ bucket, units: units[bucket] }))
		.filter((each) => each.bucket === alwaysTold || each.units !== 0);
}

/** Units that are expected, from whom and when. */
export interface Expected {
	readonly id: string;
	readonly kind: 'purchase_order' | 'transfer_sent' | 'transfer_asked';
	readonly number: string;
	readonly from: string;
	readonly units: number;
	readonly expectedOn: string;
}

/** What is expected of a product at a site, the earliest day first. */
export function expectedUnits(
	sku: string,
	siteId: string,
	purchaseOrders: readonly PurchaseOrder[],
	transfers: readonly Transfer[],
): readonly Expected[] {
	const bought = purchaseOrders
		.filter((each) => each.siteId === siteId && each.state === 'open')
		.map(
			({ id, number, supplierName, expectedOn, lines }): Expected => ({
				id,
				kind: 'purchase_order',
				number,
				from: supplierName,
				units: sum(lines, sku, (line) => Math.max(0, line.ordered - line.received - line.damaged)),
				expectedOn,
			}),
		);
	const moved = transfers
		.filter((each) => each.toSiteId === siteId)
		.flatMap(({ id, number, fromSiteName, expectedOn, state, lines }): readonly Expected[] => {
			const isAsked = state === 'requested' || state === 'open';
			if (!isAsked && state !== 'in_transit') return [];
			const units = isAsked
				? sum(lines, sku, (line) => Math.max(0, line.requested - line.short))
				: sum(lines, sku, (line) => Math.max(0, line.sent - line.received - line.damaged));
			return [
				{ id, kind: isAsked ? 'transfer_asked' : 'transfer_sent', number, from: fromSiteName, units, expectedOn },
			];
		});
	return [...bought, ...moved]
		.filter(({ units }) => units > 0)
		.sort((a, b) => (a.expectedOn === b.expectedOn ? (a.id < b.id ? -1 : 1) : a.expectedOn < b.expectedOn ? -1 : 1));
}

function sum<Line extends { readonly sku: string }>(
	lines: readonly Line[],
	sku: string,
	units: (line: Line) => number,
): number {
	return lines.reduce((total, line) => total + (line.sku === sku ? units(line) : 0), 0);
}

/** An open fulfillment order of this site that wants a product. */
export interface Wanting {
	readonly fulfillmentOrder: FulfillmentOrder;
	/** Not yet with the customer. */
	readonly units: number;
}

/** Who still waits for a product here, in order of promise. */
export function wantedBy(sku: string, fulfillmentOrders: readonly FulfillmentOrder[]): readonly Wanting[] {
	const wanting = fulfillmentOrders
		.map((fulfillmentOrder) => ({
			fulfillmentOrder,
			units: sum(
				fulfillmentOrder.lines,
				sku,
				({ quantities }) => quantities.toPick + quantities.picked + quantities.packed + quantities.staged,
			),
		}))
		.filter(({ units }) => units > 0);
	const units = new Map(wanting.map((each) => [each.fulfillmentOrder.id, each.units]));
	return inOrderOfPromise(wanting.map(({ fulfillmentOrder }) => fulfillmentOrder)).map((fulfillmentOrder) => ({
		fulfillmentOrder,
		units: units.get(fulfillmentOrder.id) ?? 0,
	}));
}
