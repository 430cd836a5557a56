import { sql, type Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import { goodsOf, type OrderPlan, planOrder } from '../../../shared/domain/plan-order.ts';
import { promisedAt } from '../../../shared/domain/promise.ts';
import { isHeld, unitsThere } from '../../../shared/domain/reservation-units.ts';
import type { OrderCapture } from '../../../shared/schema/order.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { RoutingDecision } from '../../../shared/schema/routing-decision.ts';
import type { Tables } from '../../database/tables.ts';
import type { StockShelf } from '../inventory/stock-shelf.ts';
import type { EffectAt } from '../promising/rule-effects.ts';
import type { SiteUnits } from '../promising/stock-claims.ts';
import { reasonFor } from '../routing/live/explain-shipment.ts';
import type { SiteShare } from '../routing/live/route-shipment.ts';
import type { Shipment, ShipmentRouter } from '../routing/live/shipment-router.ts';
import { assignNearestSite, type FreeUnits } from '../routing/nearest-site.ts';
import type { FindPlace } from '../routing/place-of-address.ts';
import type { CaptureFault, Catalog } from './check-capture.ts';
import { newPassCode } from './pass-code.ts';

export interface CaptureContext {
	readonly now: Temporal.Instant;
	readonly findPlace: FindPlace;
	/** The order's number; without it, the next one of central's own. */
	readonly numberOf?: (capture: OrderCapture) => string;
	/** Tells the order's story as if it had been captured when it was placed. */
	readonly backdated?: boolean;
	/** Locks the stock at every site before it is looked at: slower, and never overtaken. */
	readonly lockStock?: boolean;
}

/** What an order takes from one part of the reservation that it names, whether it is still there or not; by line of the order. */
export interface ReservedShare {
	readonly part: Reservation;
	readonly units: readonly SiteUnits[];
	readonly allocated: readonly number[];
}

export function reservedShares(
	{ reservationId, lines }: OrderCapture,
	reservations: ReadonlyMap<string, readonly Reservation[]>,
	now: Temporal.Instant,
): readonly ReservedShare[] {
	const parts = (reservations.get(reservationId ?? '') ?? []).filter((part) => isHeld(part, now));
	const left = lines.map(({ quantity }) => quantity);
	return parts.map((part): ReservedShare => {
		const held = unitsThere(part);
		const allocated = lines.map(({ sku }, index) => {
			const units = Math.min(left[index] ?? 0, held.get(sku) ?? 0);
			held.set(sku, (held.get(sku) ?? 0) - units);
			left[index] = (left[index] ?? 0) - units;
			return units;
		});
		const units = lines.map(({ sku }, index) => ({ siteId: part.siteId, sku, units: allocated[index] ?? 0 }));
		return { part, units: units.filter((each) => each.units > 0), allocated };
	});
}

export const unitsOf = (shares: readonly ReservedShare[], part: Reservation) =>
	shares.find((share) => share.part.id === part.id)?.units ?? [];

/** The plan, and a site that sees the order even if nobody has anything to do for it. */
export type CapturePlan = OrderPlan & { readonly seenAt: string; readonly decision?: RoutingDecision };
export type ReservedPlan = CapturePlan & { readonly shares: readonly ReservedShare[] };

interface CaptureToPlan {
	readonly capture: OrderCapture;
	/** Of the reservation that it names. */
	readonly shares: readonly ReservedShare[];
	readonly effectAt: EffectAt | null;
}

interface PlanningParts {
	readonly catalog: Catalog;
	readonly stock: StockShelf;
	readonly router: ShipmentRouter;
	readonly context: CaptureContext;
}

/** Gives a checked order to the sites that fulfill it: those of its reservation, the one that was chosen, or those that routing finds. */
export async function planCapture(
	transaction: Transaction<Tables>,
	{ capture, shares, effectAt }: CaptureToPlan,
	{ catalog, stock, router, context }: PlanningParts,
): Promise<ReservedPlan | CaptureFault> {
	const { method, lines, shipTo } = capture;
	for (const units of shares.flatMap((share) => share.units)) stock.credit(units);
	const freeUnits: FreeUnits = (site, sku) => stock.free(site, sku, effectAt);
	const asked = { method, siteId: capture.siteId, lines, place: context.findPlace(shipTo), country: shipTo.country };
	const nearest = () => {
		// A customer who chose a store knows why; for one who did not, central chooses one that can be asked, and is open.
		const isChosen = method === 'ship' || capture.siteId !== undefined;
		const receiving = isChosen ? [] : catalog.sites.filter(router.receives);
		return assignNearestSite(asked, receiving, freeUnits) ?? assignNearestSite(asked, catalog.sites, freeUnits);
	};
	const chosen = shares.length > 0 ? sharesThere(shares, capture, catalog, stock) : [nearest() ?? []].flat();
	const [first] = chosen;
	if (first === undefined) {
		return { error: 'nobody_fulfills', message: `No site fulfills orders by ${method}.`, where: '/method' };
	}
	const number = context.numberOf?.(capture) ?? (await nextNumber(transaction));
	const orderId = newId();
	const capturedAt = context.backdated && capture.placedAt ? Temporal.Instant.from(capture.placedAt) : context.now;
	const isRouted = method === 'ship' && shares.length === 0 && capture.siteId === undefined;
	const routed = isRouted
		? router.route({ ...shipmentOf(capture, catalog, capturedAt), orderId, orderNumber: number, freeUnits })
		: undefined;
	const assignments: readonly SiteShare[] = routed?.shares ?? chosen;
	const plan = planOrder({
		capture,
		identity: { orderId, number, passCode: newPassCode() },
		goods: new Map(
			lines.flatMap(({ sku }) => {
				const product = catalog.products.get(sku);
				return product ? [[sku, goodsOf(product)]] : [];
			}),
		),
		askedSite: first.site,
		assignments: assignments.map(({ site, allocated }) => ({
			fulfillmentOrderId: newId(),
			site,
			allocated,
			binOf: (sku) => stock.bin(site.id, sku),
			...(routed && { routing: reasonFor(routed.decision, site.id) }),
		})),
		promiseOf: (id, placedAt) =>
			promisedAt(catalog.sites.find((site) => site.id === id) ?? first.site, method, placedAt),
		capturedAt,
	});
	for (const movement of plan.movements) stock.take(movement);
	const seenAt = plan.fulfillmentOrders[0]?.siteId ?? first.site.id;
	return { ...plan, seenAt, shares, ...(routed && { decision: routed.decision }) };
}

function shipmentOf(
	{ channel, currency, lines, shipTo, promisedAt: dueAt }: OrderCapture,
	{ products }: Catalog,
	capturedAt: Temporal.Instant,
): Omit<Shipment, 'orderId' | 'orderNumber' | 'freeUnits'> {
	const priceOf = (sku: string) => products.get(sku)?.price.minor ?? 0;
	return {
		channel,
		currency,
		valueMinor: lines.reduce(
			(sum, { sku, quantity, unitPriceMinor }) => sum + quantity * (unitPriceMinor ?? priceOf(sku)),
			0,
		),
		shipTo,
		lines,
		dueAt,
		decidedAt: capturedAt.toString(),
		cause: 'captured',
		givenUpBy: new Set(),
	};
}

/** What a reservation holds, as far as it is still there; none where one of its sites doesn't fulfill by the order's method. */
function sharesThere(
	shares: readonly ReservedShare[],
	{ lines, method }: OrderCapture,
	{ sites }: Catalog,
	stock: StockShelf,
): readonly SiteShare[] {
	const found = shares.flatMap(({ part, allocated }) => {
		const site = sites.find(({ id, capabilities }) => id === part.siteId && capabilities.includes(method));
		if (site === undefined) return [];
		const left = new Map<string, number>();
		const there = lines.map(({ sku }, index) => {
			const free = left.get(sku) ?? stock.free(site.id, sku);
			const units = Math.min(allocated[index] ?? 0, free);
			left.set(sku, free - units);
			return units;
		});
		return [{ site, allocated: there }];
	});
	return found.length === shares.length ? found : [];
}

async function nextNumber(transaction: Transaction<Tables>): Promise<string> {
	const { rows } = await sql<{ number: string }>`SELECT nextval('customer_order_number')::text AS number`.execute(
		transaction,
	);
	return rows[0]?.number ?? '';
}
