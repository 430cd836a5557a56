import { isSupplyClosed, isSupplyStopped, type Supply } from '../../../../shared/domain/supply.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { inOrderOfPromise } from '../../ui/promise-order.ts';

export interface TodaysWork {
	/** Late, due today, and mine whatever its day; in order of promise. */
	readonly rows: readonly FulfillmentOrder[];
	readonly late: number;
	readonly dueToday: number;
	readonly mine: number;
	/** Open work of later days. */
	readonly later: number;
}

const openStates: readonly FulfillmentOrder['state'][] = ['assigned', 'picking', 'picked', 'packed', 'ready'];
const startedStates: readonly FulfillmentOrder['state'][] = ['picking', 'picked', 'packed'];

/** Goods that wait for their customer are nobody's next step. */
function needsHands({ state }: FulfillmentOrder): boolean {
	return state !== 'ready';
}

/** Sorts the site's open work by what today asks for. `today` is the site's calendar day. */
export function todaysWork(
	fulfillmentOrders: readonly FulfillmentOrder[],
	now: Temporal.Instant,
	timeZone: string,
	myName: string,
): TodaysWork {
	const endOfToday = now.toZonedDateTimeISO(timeZone).startOfDay().add({ days: 1 }).epochMilliseconds;
	const open = inOrderOfPromise(fulfillmentOrders.filter(({ state }) => openStates.includes(state)));
	const rows: FulfillmentOrder[] = [];
	let [late, dueToday, mine, later] = [0, 0, 0, 0];
	for (const each of open) {
		const promisedMs = Temporal.Instant.from(each.promisedAt).epochMilliseconds;
		const isMine = each.pickerName === myName && startedStates.includes(each.state);
		if (isMine) mine++;
		// A pickup that is on its shelf in time has kept its promise, however long the customer takes.
		if (promisedMs < now.epochMilliseconds && needsHands(each)) late++;
		else if (promisedMs < endOfToday) dueToday++;
		if (promisedMs < endOfToday || isMine) rows.push(each);
		else later++;
	}
	return { rows, late, dueToday, mine, later };
}

/** The next sensible piece of work: what I have begun, else the earliest promise that nobody works on. */
export function nextWork(rows: readonly FulfillmentOrder[], myName: string): FulfillmentOrder | null {
	const waiting = rows.filter(needsHands);
	const begun = waiting.find((each) => each.pickerName === myName && startedStates.includes(each.state));
	return begun ?? waiting.find(({ state }) => state !== 'picking') ?? null;
}

/** Deliveries that are due at this site today or were before, and have not ended. */
export function dueDeliveries(
	supplies: readonly Supply[],
	siteId: string,
	now: Temporal.ZonedDateTime,
): { readonly count: number; readonly late: number } {
	const today = now.toPlainDate().toString();
	const due = supplies.filter(
		(supply) =>
			(supply.kind === 'transfer' ? supply.toSiteId : supply.siteId) === siteId &&
			supply.expectedOn <= today &&
			!isSupplyClosed(supply) &&
			!isSupplyStopped(supply),
	);
	return { count: due.length, late: due.filter(({ expectedOn }) => expectedOn < today).length };
}
