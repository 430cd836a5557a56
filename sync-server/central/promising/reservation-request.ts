import { isDeepStrictEqual } from 'node:util';
import { type Static, Type } from 'typebox';
import { Id, Instant, OneOf, PlainDate, ShortText } from '../../../shared/schema/field.ts';
import { Address, Customer, methods } from '../../../shared/schema/order.ts';

/** What a channel sends to have units set aside for a while. The pair of channel and externalId makes it idempotent. */
export const ReservationRequest = Type.Object(
	{
		channel: ShortText,
		externalId: ShortText,
		method: OneOf(methods),
		/** The only sites that are asked; without any, all that fulfill by the method. */
		siteIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true })),
		/** Where the goods are wanted: the nearest site that has them is asked first. */
		place: Type.Optional(Type.Pick(Address, ['postalCode', 'country', 'lat', 'lon'], { additionalProperties: false })),
		customer: Type.Optional(Customer),
		/** Goods that come until this day may be reserved, too: on order, or on their way. Without it, only what is there. */
		by: Type.Optional(PlainDate),
		/** In 15 minutes, unless something else is said; in 7 days at the latest, or 7 days after `by`. */
		expiresAt: Type.Optional(Instant),
		/** Whether it may be set aside at several sites where none has everything; so it is for what is shipped, unless this says otherwise. */
		split: Type.Optional(Type.Boolean()),
		/** Reserves what there is, rather than nothing, where not everything can be had. */
		partial: Type.Optional(Type.Boolean()),
		lines: Type.Array(Type.Object({ sku: Id, quantity: Type.Integer({ minimum: 1, maximum: 10_000 }) }), {
			minItems: 1,
			maxItems: 200,
		}),
	},
	{ additionalProperties: false },
);
export type ReservationRequest = Readonly<Static<typeof ReservationRequest>>;

/** Why units can't be reserved, in words; `where` is the path in the request. */
export interface ReservationFault {
	readonly error:
		| 'no_such_instant'
		| 'no_such_day'
		| 'past_day'
		| 'expired'
		| 'too_long'
		| 'unknown_sku'
		| 'unknown_site'
		| 'nobody_fulfills'
		| 'no_split_pickup'
		| 'not_enough_stock'
		| 'conflict'
		| 'not_found'
		| 'already_fulfilled';
	readonly message: string;
	readonly where?: string;
	readonly whatToDo?: string;
}

const usualMinutes = 15;
const mostDays = 7;
const mostDaysAhead = 365;

/** When a reservation ends, or what is wrong with the times that were asked for. */
export function expiryOf(
	{ expiresAt, by }: Pick<ReservationRequest, 'expiresAt' | 'by'>,
	now: Temporal.Instant,
): Temporal.Instant | ReservationFault {
	const day = by === undefined ? undefined : dayOf(by, now);
	if (day !== undefined && 'error' in day) return day;
	if (expiresAt === undefined) return now.add({ minutes: usualMinutes });
	const where = '/expiresAt';
	let asked: Temporal.Instant;
	try {
		asked = Temporal.Instant.from(expiresAt);
	} catch {
		return {
			error: 'no_such_instant',
			message: `"${expiresAt}" is not a point in time.`,
			where,
			whatToDo: 'Write it like 2026-11-22T14:35:00Z.',
		};
	}
	if (Temporal.Instant.compare(asked, now) <= 0) {
		return { error: 'expired', message: `The reservation would have expired at ${asked}; it is ${now} now.`, where };
	}
	const ends = day
		?.add({ days: mostDays + 1 })
		.toZonedDateTime('UTC')
		.toInstant();
	const latest = now.add({ hours: mostDays * 24 });
	if (
		Temporal.Instant.compare(asked, ends !== undefined && Temporal.Instant.compare(ends, latest) > 0 ? ends : latest) >
		0
	) {
		const message = `A reservation lasts ${mostDays} days at most${day === undefined ? '' : ` after ${day}`}.`;
		return { error: 'too_long', message, where };
	}
	return asked;
}

/** Somewhere on earth it is still the day before. */
function dayOf(by: string, now: Temporal.Instant): Temporal.PlainDate | ReservationFault {
	const where = '/by';
	let day: Temporal.PlainDate;
	try {
		day = Temporal.PlainDate.from(by);
	} catch {
		return { error: 'no_such_day', message: `There is no day "${by}".`, where, whatToDo: 'Write it like 2026-11-22.' };
	}
	const today = now.toZonedDateTimeISO('Etc/GMT+12').toPlainDate();
	if (Temporal.PlainDate.compare(day, today) < 0) return { error: 'past_day', message: `${day} has passed.`, where };
	if (Temporal.PlainDate.compare(day, today.add({ days: mostDaysAhead })) > 0) {
		return { error: 'too_long', message: `Nothing is promised more than ${mostDaysAhead} days ahead.`, where };
	}
	return day;
}

/** Whether two requests ask for the same; the order of their fields says nothing. */
export function isSameRequest(a: ReservationRequest, b: ReservationRequest): boolean {
	return isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
}

/** The first of the sites that a question names and that there is not, as a fault. */
export function unknownSite(
	siteIds: readonly string[] | undefined,
	sites: readonly { readonly id: string }[],
): ReservationFault | undefined {
	if (siteIds === undefined) return undefined;
	const known = new Set(sites.map(({ id }) => id));
	const index = siteIds.findIndex((id) => !known.has(id));
	if (index === -1) return undefined;
	return { error: 'unknown_site', message: `There is no site "${siteIds[index]}".`, where: `/siteIds/${index}` };
}
