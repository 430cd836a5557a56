import type { SellingRight } from '../schema/selling-right.ts';
import type { StockDocument } from '../schema/stock-document.ts';
import {
	type AnyStatement,
	applied,
	type Decision,
	refused,
	type Statement,
	type Subject,
	type UnitStep,
} from './decision.ts';
import { planOrder } from './plan-order.ts';
import { takeFromReservation } from './reservation-units.ts';
import { claimedUnits, release, sellingRightId, type UnitsBySku, unitsBySku, useRights } from './selling-rights.ts';

const outside = { lineId: '', count: null, putBack: 0 } as const;

/** The kinds by which a site promises goods, with or without a right, or gives rights back. */
export const promiseTypes = [
	'capture_order',
	'reserve_stock',
	'release_reservation',
	'sell',
	'release_rights',
] as const;
export type PromiseStatement = Extract<AnyStatement, { type: (typeof promiseTypes)[number] }>;

export function isPromise(statement: AnyStatement): statement is PromiseStatement {
	return (promiseTypes as readonly string[]).includes(statement.type);
}

export function decidePromise(subject: Subject, statement: PromiseStatement): Decision {
	switch (statement.type) {
		case 'capture_order':
			return decideCaptureOrder(subject, statement);
		case 'reserve_stock':
			return decideReserveStock(subject, statement);
		case 'release_reservation':
			return decideReleaseReservation(subject, statement);
		case 'sell':
			return decideSell(subject, statement);
		case 'release_rights':
			return decideReleaseRights(subject, statement);
	}
}

/**
 * An order that is taken at the site and fulfilled there. Whether there is stock for what the rights don't cover, central alone can tell: it does so
 * where it applies this.
 */
function decideCaptureOrder(subject: Subject, statement: Statement<'capture_order'>): Decision {
	const { siteId } = subject;
	const { orderId, orderNumber, fulfillmentOrderId, passCode, siteName, capture, goods } = statement.payload;
	if (subject.order || subject.fulfillmentOrder) return refused('already_captured');
	if (capture.siteId !== undefined && capture.siteId !== siteId) return refused('not_fulfilled_here');
	if (![capture.placedAt, capture.promisedAt].every(isReadable)) return refused('not_readable');
	const known = new Map(goods.map((each) => [each.sku, each]));
	if (capture.lines.some(({ sku }) => !known.has(sku))) return refused('unknown_product');
	const placedAt = capture.placedAt ?? statement.at;
	const site = { id: siteId, name: siteName };
	const { order, fulfillmentOrders } = planOrder({
		capture: { ...capture, placedAt },
		identity: { orderId, number: orderNumber, passCode },
		goods: known,
		askedSite: site,
		assignments: [
			{
				fulfillmentOrderId,
				site,
				allocated: capture.lines.map(({ quantity }) => quantity),
				binOf: (sku) => known.get(sku)?.bin ?? '',
			},
		],
		promiseOf: () => placedAt,
		capturedAt: Temporal.Instant.from(placedAt),
	});
	const [fulfillmentOrder] = fulfillmentOrders;
	if (fulfillmentOrder === undefined) return refused('unknown_product');
	const steps = fulfillmentOrder.lines.map(({ lineId, sku, ordered }): UnitStep => {
		const bucket = { from: 'available', to: 'allocated' } as const;
		return { ...outside, lineId, sku, quantity: ordered, bucket };
	});
	const fulfilled = reservationAfter(subject, capture.reservationId, capture.lines);
	const documents = [...fulfilled, ...rightsAfter(subject, claimedUnits(statement.payload))];
	return applied([{ kind: 'captured_at_site', steps, documents, order, fulfillmentOrder }]);
}

/** A soft claim for a customer at the counter: the goods stay available in the books, and are promised to nobody else. */
function decideReserveStock(subject: Subject, statement: Statement<'reserve_stock'>): Decision {
	const { siteId } = subject;
	const { reservationId, lines, customer, expiresAt } = statement.payload;
	if (subject.stockDocuments?.has(reservationId)) return refused('already_reserved');
	if (!isReadable(expiresAt)) return refused('not_readable');
	const reservation: StockDocument = {
		id: reservationId,
		kind: 'reservation',
		siteId,
		channel: siteId,
		...(customer === undefined ? {} : { customer }),
		state: 'held',
		lines: [...lines],
		reservedAt: statement.at,
		expiresAt,
	};
	const documents = [reservation, ...rightsAfter(subject, claimedUnits(statement.payload))];
	return applied([{ kind: 'stock_reserved', steps: [], documents }]);
}

function decideReleaseReservation(subject: Subject, { payload }: Statement<'release_reservation'>): Decision {
	const reservation = subject.stockDocuments?.get(payload.reservationId);
	if (reservation?.kind !== 'reservation') return refused('not_found');
	if (reservation.state !== 'held') return refused('already_ended');
	return applied([{ kind: 'reservation_released', steps: [], documents: [{ ...reservation, state: 'released' }] }]);
}

/** A customer has taken goods along. It has happened: what rights or a reservation don't cover may be a debt, which central tells. */
function decideSell(subject: Subject, { payload }: Statement<'sell'>): Decision {
	const { lines, reservationId, saleId, returnId } = payload;
	const steps = lines.map(({ sku, quantity, lot, expiresOn, serials }): UnitStep => {
		const bucket = { from: 'available', to: 'customer' } as const;
		const identity = {
			...(lot === undefined ? {} : { lot }),
			...(expiresOn === undefined ? {} : { expiresOn }),
			...(serials === undefined ? {} : { serials }),
		};
		return { ...outside, sku, quantity, bucket, ...identity };
	});
	const fulfilled = reservationAfter(subject, reservationId, lines);
	const documents = [...fulfilled, ...rightsAfter(subject, claimedUnits(payload))];
	if (returnId === undefined) return applied([{ kind: 'sold', steps, documents }]);
	const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
	return applied([{ kind: 'sold', steps, documents, exchange: { saleId, returnId, units } }]);
}

function decideReleaseRights(subject: Subject, { payload }: Statement<'release_rights'>): Decision {
	const [deviceId] = subject.rightHolders ?? [];
	const documents = rightsOf(subject, claimedUnits(payload)).flatMap(({ right, units }) => {
		const after = deviceId === undefined ? right : release(right, deviceId, units);
		return after === right ? [] : [after];
	});
	return applied([{ kind: 'rights_released', steps: [], documents }]);
}

/** What an order or a sale leaves of the reservation that had kept its goods. */
function reservationAfter(
	{ stockDocuments }: Subject,
	reservationId: string | undefined,
	lines: readonly { readonly sku: string; readonly quantity: number }[],
): readonly StockDocument[] {
	const reservation = reservationId === undefined ? undefined : stockDocuments?.get(reservationId);
	if (reservation?.kind !== 'reservation' || reservation.state !== 'held') return [];
	const taken = [...unitsBySku(lines)].map(([sku, units]) => ({ sku, units }));
	return [takeFromReservation(reservation, taken)];
}

/** A device holds no rights in memory, so there nothing of them changes: its core reckons what is left. */
function rightsAfter(subject: Subject, claimed: UnitsBySku): readonly SellingRight[] {
	return rightsOf(subject, claimed).flatMap(({ right, units }) => {
		const used = useRights(right, subject.rightHolders ?? [], units);
		return used.covered > 0 ? [used.right] : [];
	});
}

function rightsOf({ siteId, stockDocuments }: Subject, claimed: UnitsBySku) {
	return [...claimed].flatMap(([sku, units]) => {
		const right = stockDocuments?.get(sellingRightId(siteId, sku));
		return right?.kind === 'selling_right' ? [{ right, units }] : [];
	});
}

/** The 31st of February looks like an instant too. */
function isReadable(text: string | undefined): boolean {
	if (text === undefined) return true;
	try {
		Temporal.Instant.from(text);
		return true;
	} catch {
		return false;
	}
}
