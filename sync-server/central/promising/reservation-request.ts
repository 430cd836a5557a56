import { isDeepStrictEqual } from 'node:util';
import { type Static, Type } from 'typebox';
import { Id, Instant, OneOf, ShortText } from '../../../shared/schema/field.ts';
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
		/** In 15 minutes, unless something else is said; in 7 days at the latest. */
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

/** When a reservation ends, or what is wrong with the time that was asked for. */
export function expiryOf(
	{ expiresAt }: Pick<ReservationRequest, 'expiresAt'>,
	now: Temporal.Instant,
): Temporal.Instant | ReservationFault {
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
	if (Temporal.Instant.compare(asked, now.add({ hours: mostDays * 24 })) > 0) {
		return { error: 'too_long', message: `A reservation lasts ${mostDays} days at most.`, where };
	}
	return asked;
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
