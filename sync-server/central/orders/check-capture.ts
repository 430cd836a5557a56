import { isDeepStrictEqual } from 'node:util';
import { isHeld, unitsHeld, unitsThere } from '../../../shared/domain/reservation-units.ts';
import type { OrderCapture } from '../../../shared/schema/order.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { Site } from '../../../shared/schema/site.ts';

export type CaptureFaultReason =
	| 'unreadable_text'
	| 'no_such_instant'
	| 'promised_before_placed'
	| 'unknown_sku'
	| 'wrong_currency'
	| 'unknown_site'
	| 'no_pickup_here'
	| 'site_of_a_ship_order'
	| 'nobody_fulfills'
	| 'unknown_reservation'
	| 'reservation_not_held'
	| 'not_there_yet'
	| 'not_reserved'
	| 'conflict';

/** Why an order can't be captured, in words; `where` is the path in the capture. */
export interface CaptureFault {
	readonly error: CaptureFaultReason;
	readonly message: string;
	readonly where: string;
	readonly whatToDo?: string;
}

export interface Catalog {
	readonly products: ReadonlyMap<string, Product>;
	readonly sites: readonly Site[];
}

/** What is wrong with a capture that fits its schema, before the catalog is asked; undefined when nothing is. */
export function captureFault(capture: OrderCapture): CaptureFault | undefined {
	const unreadable = unreadableText(capture, '');
	if (unreadable !== undefined) {
		return {
			error: 'unreadable_text',
			message: 'The text has a NUL character or half a surrogate pair, which no database can keep.',
			where: unreadable,
		};
	}
	for (const field of ['placedAt', 'promisedAt'] as const) {
		const text = capture[field];
		if (text !== undefined && readInstant(text) === undefined) {
			return {
				error: 'no_such_instant',
				message: `"${text}" is not a point in time between 1970 and 2200.`,
				where: `/${field}`,
				whatToDo: 'Write it like 2026-11-22T14:35:00Z.',
			};
		}
	}
	const placedAt = capture.placedAt === undefined ? undefined : readInstant(capture.placedAt);
	const promisedAt = capture.promisedAt === undefined ? undefined : readInstant(capture.promisedAt);
	if (placedAt && promisedAt && Temporal.Instant.compare(promisedAt, placedAt) < 0) {
		return {
			error: 'promised_before_placed',
			message: 'The order is promised for a time before it was placed.',
			where: '/promisedAt',
		};
	}
	return undefined;
}

/** What the catalog and the sites say against a capture; undefined when nothing. */
export function catalogFault(capture: OrderCapture, catalog: Catalog): CaptureFault | undefined {
	for (const [index, line] of capture.lines.entries()) {
		const product = catalog.products.get(line.sku);
		if (product === undefined) {
			return {
				error: 'unknown_sku',
				message: `The SKU "${line.sku}" is not in the catalog.`,
				where: `/lines/${index}/sku`,
			};
		}
		if (product.price.currency !== capture.currency) {
			return {
				error: 'wrong_currency',
				message: `The order is in ${capture.currency}, but "${line.sku}" is sold in ${product.price.currency}.`,
				where: '/currency',
			};
		}
	}
	return siteFault(capture, catalog.sites);
}

function siteFault(capture: OrderCapture, sites: readonly Site[]): CaptureFault | undefined {
	if (capture.siteId === undefined) return undefined;
	if (capture.method === 'ship') {
		return {
			error: 'site_of_a_ship_order',
			message: 'A ship order names a site, but only a pickup order has one.',
			where: '/siteId',
			whatToDo: 'Leave the site out: it is chosen by distance and stock.',
		};
	}
	const site = sites.find(({ id }) => id === capture.siteId);
	if (site === undefined) {
		return { error: 'unknown_site', message: `There is no site "${capture.siteId}".`, where: '/siteId' };
	}
	if (!site.capabilities.includes('pickup')) {
		return {
			error: 'no_pickup_here',
			message: `Nothing can be picked up at ${site.name} (${site.id}).`,
			where: '/siteId',
			whatToDo: 'Name a site that has the capability "pickup".',
		};
	}
	return undefined;
}

/**
 * Why an order can't take its units from the reservation that it names; undefined when it can, or names none.
 * @param reservations those that are named, as they are now
 */
export function reservationFault(
	{ lines, reservationId, siteId }: OrderCapture,
	reservations: ReadonlyMap<string, readonly Reservation[]>,
	now: Temporal.Instant,
): CaptureFault | undefined {
	if (reservationId === undefined) return undefined;
	const parts = reservations.get(reservationId);
	const where = '/reservationId';
	if (parts === undefined) {
		return { error: 'unknown_reservation', message: `There is no reservation "${reservationId}".`, where };
	}
	const elsewhere = parts.find((part) => siteId !== undefined && siteId !== part.siteId);
	if (elsewhere !== undefined) {
		const message = `The reservation is at the site "${elsewhere.siteId}", and the order names "${siteId}".`;
		return { error: 'not_reserved', message, where: '/siteId' };
	}
	const heldParts = parts.filter((part) => isHeld(part, now));
	if (heldParts.length === 0) {
		const [{ state } = { state: 'released' }] = parts;
		return {
			error: 'reservation_not_held',
			message: `The reservation is ${state === 'held' ? 'expired' : state}: it holds nothing any more.`,
			where,
			whatToDo: 'Reserve the units again, or capture the order without a reservation.',
		};
	}
	const sumOf = (unitsOf: (part: Reservation) => ReadonlyMap<string, number>) => {
		const sum = new Map<string, number>();
		for (const part of heldParts) for (const [sku, units] of unitsOf(part)) sum.set(sku, units + (sum.get(sku) ?? 0));
		return sum;
	};
	const held = sumOf(unitsHeld);
	const left = sumOf(unitsThere);
	for (const [index, { sku, quantity }] of lines.entries()) {
		const rest = (left.get(sku) ?? 0) - quantity;
		if (rest < 0) {
			const toCome = (held.get(sku) ?? 0) - (left.get(sku) ?? 0);
			const message = `The reservation holds ${held.get(sku) ?? 0} of "${sku}", fewer than the order has.`;
			const at = `/lines/${index}/quantity`;
			return toCome >= -rest ? notThereYet(heldParts, sku, at) : { error: 'not_reserved', message, where: at };
		}
		left.set(sku, rest);
	}
	return undefined;
}

function notThereYet(parts: readonly Reservation[], sku: string, where: string): CaptureFault {
	const days = parts.flatMap(({ lines }) => lines.flatMap((line) => (line.sku === sku && line.expectedOn) || []));
	return {
		error: 'not_there_yet',
		message: `Of "${sku}" the reservation waits for units that are expected on ${days.sort().join(', ')}.`,
		where,
		whatToDo: 'Order what is there, or wait until the reservation tells that all of it has come.',
	};
}

/** Whether two captures say the same: in any order of fields, and in any notation of the same instant. */
export function isSameCapture(a: OrderCapture, b: OrderCapture): boolean {
	return isDeepStrictEqual(plain(a), plain(b));
}

function plain(capture: OrderCapture): unknown {
	const instant = (text: string | undefined) => (text === undefined ? undefined : readInstant(text)?.toString());
	const { placedAt, promisedAt } = capture;
	const fields = { ...capture, placedAt: instant(placedAt), promisedAt: instant(promisedAt) };
	return JSON.parse(JSON.stringify(fields));
}

function readInstant(text: string): Temporal.Instant | undefined {
	try {
		const instant = Temporal.Instant.from(text);
		const year = instant.toZonedDateTimeISO('UTC').year;
		return year >= 1970 && year < 2200 ? instant : undefined;
	} catch {
		return undefined;
	}
}

function unreadableText(value: unknown, path: string): string | undefined {
	if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : undefined;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const found = unreadableText(inner, `${path}/${key}`);
		if (found !== undefined) return found;
	}
	return undefined;
}
