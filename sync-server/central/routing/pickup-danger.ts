import { promisedAt as reckonPromise } from '../../../shared/domain/promise.ts';
import { isClosedOn } from '../../../shared/domain/site-hours.ts';
import type { FulfillmentState } from '../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../shared/schema/site.ts';

/** Goods that a customer has not collected yet. */
export const waitingStates: readonly FulfillmentState[] = ['assigned', 'picking', 'picked', 'packed', 'ready'];

export interface WaitingPickup {
	readonly state: FulfillmentState;
	/** An instant in ISO 8601. */
	readonly promisedAt: string;
}

/**
 * Why a promised pickup may not be there for its customer: its site is closed on the day of the promise; or it is quiet, or closed until then, and could
 * not have it ready in time if it began now. What is ready at a quiet site can be collected there.
 */
export function pickupDanger(
	site: Site,
	{ state, promisedAt }: WaitingPickup,
	{ at, isQuiet }: { readonly at: string; readonly isQuiet: boolean },
): 'quiet' | 'closed' | null {
	const promised = Temporal.Instant.from(promisedAt).toZonedDateTimeISO(site.timeZone);
	const today = dayOf(Temporal.Instant.from(at).toZonedDateTimeISO(site.timeZone));
	const promisedOn = dayOf(promised);
	if (promisedOn >= today && isClosedOn(site, promised)) return 'closed';
	if (state === 'ready') return null;
	const isClosedUntilThen = site.closedDays?.some((day) => day === today || (day > today && day <= promisedOn));
	if (!isQuiet && !isClosedUntilThen) return null;
	if (Date.parse(reckonPromise(site, 'pickup', at)) <= Date.parse(promisedAt)) return null;
	return isQuiet ? 'quiet' : 'closed';
}

const dayOf = (time: Temporal.ZonedDateTime) => time.toPlainDate().toString();
