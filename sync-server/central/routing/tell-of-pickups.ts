import { type Kysely, sql, type Transaction } from 'kysely';
import { isClosedOn } from '../../../shared/domain/site-hours.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { keepExceptions, settleExceptions } from '../exceptions/keep-exceptions.ts';
import { kilometersBetween } from './nearest-site.ts';
import { pickupDanger, waitingStates } from './pickup-danger.ts';
import { quietMinutes, readSilentSites } from './silent-sites.ts';
import { listSites } from './sites.ts';

interface TellingContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
}

interface Moment {
	readonly at: string;
	readonly sites: readonly Site[];
	readonly quiet: ReadonlySet<string>;
}

/**
 * Tells operations of each pickup that may not be there for its customer, because its site is quiet or closed: a customer who chose a store is not sent
 * elsewhere by a machine. Once for each fulfillment order, and no longer when the site is heard of or open, or the goods are ready, gone or moved. Doing
 * it again changes nothing.
 */
export async function tellOfPickups({ db, clock }: TellingContext): Promise<void> {
	await inTransaction(db, async (transaction) => {
		const at = clock.now().toString();
		const sites = await listSites(transaction);
		const moment = { at, sites, quiet: await readSilentSites(transaction, sites, at, quietMinutes) };
		const found = await findPickups(transaction, moment);
		const tellers = found.length === 0 ? [] : await sitesOfOperations(transaction, moment);
		const documents = new DocumentWriter();
		const ids = new Set(found.map(caseId));
		const told = await lockTold(transaction);
		await settleExceptions(
			transaction,
			told.filter(({ id }) => !ids.has(id)),
			documents,
		);
		const opened = found.map((each) => dangerCase(each, nearestTo(each.site, tellers), at));
		await keepExceptions(transaction, opened, documents, { again: true });
		await documents.publish(transaction);
	});
}

interface PickupRow {
	readonly id: string;
	readonly site_id: string;
	readonly state: (typeof waitingStates)[number];
	readonly promised_at: string;
	readonly number: string;
	readonly order_number: string;
}

interface PickupInDanger extends PickupRow {
	readonly site: Site;
	readonly danger: 'quiet' | 'closed';
}

async function findPickups(
	transaction: Transaction<Tables>,
	{ at, sites, quiet }: Moment,
): Promise<readonly PickupInDanger[]> {
	const suspects = new Map(
		sites.filter(({ id, closedDays = [] }) => quiet.has(id) || closedDays.length > 0).map((site) => [site.id, site]),
	);
	const { rows } = await sql<PickupRow>`
		SELECT id, site_id, state, promised_at, body ->> 'number' AS number, body ->> 'orderNumber' AS order_number
		FROM fulfillment_order
		WHERE site_id = ANY (${[...suspects.keys()]}::text[]) AND state = ANY (${waitingStates}::text[])
			AND body ->> 'method' = 'pickup'
		ORDER BY id`.execute(transaction);
	return rows.flatMap((row): PickupInDanger[] => {
		const site = suspects.get(row.site_id);
		if (site === undefined) return [];
		const pickup = { state: row.state, promisedAt: row.promised_at };
		const danger = pickupDanger(site, pickup, { at, isQuiet: quiet.has(site.id) });
		return danger === null ? [] : [{ ...row, site, danger }];
	});
}

const caseId = ({ id }: Pick<PickupRow, 'id'>) => `${id}-pickup-in-danger`;

async function lockTold(transaction: Transaction<Tables>): Promise<readonly ExceptionCase[]> {
	const { rows } = await sql<{ body: ExceptionCase }>`
		SELECT body FROM exception_case WHERE state = 'open' AND body ->> 'exceptionKind' = 'pickup_in_danger'
		ORDER BY id FOR UPDATE`.execute(transaction);
	return rows.map(({ body }) => body);
}

/** Where people of operations work who can be told now. */
async function sitesOfOperations(
	transaction: Transaction<Tables>,
	{ at, sites, quiet }: Moment,
): Promise<readonly Site[]> {
	const { rows } = await sql<{ site_id: string }>`
		SELECT DISTINCT site_id FROM associate WHERE body -> 'roles' ? 'operations'`.execute(transaction);
	const theirs = new Set(rows.map(({ site_id }) => site_id));
	const now = Temporal.Instant.from(at);
	return sites.filter(
		(site) => theirs.has(site.id) && !quiet.has(site.id) && !isClosedOn(site, now.toZonedDateTimeISO(site.timeZone)),
	);
}

/** The nearest of them; without any, the people of the site itself, when they come back. */
function nearestTo(site: Site, tellers: readonly Site[]): Site {
	const [nearest = site] = tellers.toSorted((a, b) => kilometersBetween(a, site) - kilometersBetween(b, site));
	return nearest;
}

function dangerCase(pickup: PickupInDanger, teller: Site, at: string): ExceptionCase {
	const { id, site, danger, promised_at: promisedAt, number, order_number: orderNumber } = pickup;
	return {
		id: caseId(pickup),
		kind: 'exception',
		exceptionKind: 'pickup_in_danger',
		priority: 'high',
		state: 'open',
		siteId: teller.id,
		operationId: id,
		deviceId: 'central',
		actorName: 'central',
		openedAt: at,
		orderNumber,
		fulfillmentOrderId: id,
		fulfillmentOrderNumber: number,
		otherSiteName: site.name,
		promisedAt,
		problem: danger,
		fact:
			danger === 'quiet'
				? `No device of ${site.name} was heard of for ${quietMinutes} minutes of its opening hours`
				: `${site.name} is closed`,
		plan: `The pickup ${number} is promised to its customer there for ${promisedAt}`,
	};
}
