import { type Kysely, sql, type Transaction } from 'kysely';
import { coverPromises } from '../../../shared/domain/promised-supply.ts';
import { withArrivals } from '../../../shared/domain/reservation-units.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { keepExceptions } from '../exceptions/keep-exceptions.ts';
import { readPictures } from './read-pictures.ts';
import { keepReservations } from './reservation-documents.ts';
import { openCalendar, type SiteCalendarAt } from './site-calendar.ts';
import { lockPositions } from './stock-claims.ts';
import { openSiteNumbers, type PicturedSite, picturedSites } from './stock-picture.ts';
import { addSupplyClaims, dropSupplyClaims, type SupplyClaim } from './supply-claims.ts';

interface Parts {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
}

/**
 * Looks at every reservation that waits for goods: what has come is told, a supply that comes later moves its day, and where supply has gone a
 * person is told. One transaction each; several servers may do it at once.
 * @returns how many have changed
 */
export async function followSupply(parts: Parts): Promise<number> {
	const { rows } = await sql<{ id: string }>`
		SELECT id FROM stock_document WHERE kind = 'reservation' AND state = 'held' AND body @? '$.lines[*].expectedOn' ORDER BY id`.execute(
		parts.db,
	);
	let changed = 0;
	for (const { id } of rows)
		changed += await inTransaction(parts.db, (transaction) => followOne(transaction, parts, id));
	return changed;
}

interface Waiting {
	readonly sku: string;
	readonly due_on: string;
	readonly units: number;
	readonly expires_at: string;
}

async function followOne(transaction: Transaction<Tables>, { clock }: Parts, id: string): Promise<0 | 1> {
	const locked = await sql<{ body: Reservation }>`
		SELECT body FROM stock_document WHERE id = ${id} AND state = 'held' FOR UPDATE SKIP LOCKED`.execute(transaction);
	const [row] = locked.rows;
	if (row === undefined) return 0;
	const reservation = row.body;
	const { siteId } = reservation;
	const skus = [...new Set(reservation.lines.flatMap(({ sku, expectedOn }) => (expectedOn ? [sku] : [])))];
	await lockPositions(
		transaction,
		skus.map((sku) => ({ siteId, sku })),
	);
	const { rows: waiting } = await sql<Waiting>`
		SELECT sku, due_on::text AS due_on, units, expires_at FROM supply_claim WHERE holder_id = ${id} ORDER BY sku, due_on`.execute(
		transaction,
	);
	const sites = await transaction.selectFrom('site').select('body').where('id', '=', siteId).execute();
	const numbers = openSiteNumbers();
	const pictures = await readPictures(transaction, numbers, skus, [siteId]);
	const [site] = sites.map(({ body }) => body);
	if (site === undefined) return 0;
	const now = clock.now();
	const calendar = openCalendar()(now);
	const stocks = new Map(pictures.map((picture) => [picture.sku, picturedSites(picture, numbers)[0]]));
	const followed = waiting.map((claim) => ({
		...claim,
		...supplyOf(claim, stocks.get(claim.sku), site, calendar, now),
	}));
	const arrived = withArrivals(reservation, arrivedUnits(reservation, waiting));
	const after = withDays(arrived, followed);
	const documents = new DocumentWriter();
	await keepExceptions(transaction, lackingCases(after, followed, now), documents);
	const isMoved = followed.some(({ due_on, on }) => due_on !== on);
	const isChanged = JSON.stringify(after) !== JSON.stringify(reservation);
	if (isMoved) {
		await dropSupplyClaims(transaction, [id]);
		await addSupplyClaims(
			transaction,
			followed.map((claim) => movedClaim(claim, siteId, id)),
		);
	}
	if (isChanged) await keepReservations(transaction, [after], documents);
	await documents.publish(transaction);
	return isMoved || isChanged ? 1 : 0;
}

type Followed = Waiting & { readonly on: string; readonly lacking: number };

/** The day on which the supply that covers a claim is expected by now, and units that no supply brings. */
function supplyOf(
	{ due_on, units }: Waiting,
	at: PicturedSite | undefined,
	site: Site,
	calendar: SiteCalendarAt,
	now: Temporal.Instant,
): Pick<Followed, 'on' | 'lacking'> {
	const dayOf = (date: string) => Math.max(1, calendar.daysUntil(site, date));
	const expected = (at?.supply ?? []).map(([, each, on]) => ({ day: dayOf(on), units: each, certainty: 1 }));
	const promised = (at?.promised ?? []).filter(({ expiresAtMs }) => expiresAtMs > now.epochMilliseconds);
	const place = promised.findIndex((each) => each.dueOn === due_on && each.units === units);
	const covered = coverPromises(
		expected,
		promised.map((each) => ({ units: each.units, day: dayOf(each.dueOn) })),
	).promises[place];
	if (covered === undefined) return { on: due_on, lacking: 0 };
	// A day that was promised stays, though its supply may come earlier by now.
	const on = covered.day > dayOf(due_on) ? calendar.dayAt(site, covered.day) : due_on;
	return { on, lacking: covered.lacking };
}

const movedClaim = ({ sku, units, on, expires_at }: Followed, siteId: string, holderId: string): SupplyClaim => ({
	siteId,
	sku,
	units,
	holderId,
	dueOn: on,
	expiresAt: expires_at,
});

/** Units that the reservation still tells to be expected, and that are claimed of what is there by now. */
function arrivedUnits({ lines }: Reservation, waiting: readonly Waiting[]): ReadonlyMap<string, number> {
	const come = new Map<string, number>();
	for (const { sku, quantity, fulfilled = 0, expectedOn } of lines) {
		if (expectedOn !== undefined) come.set(sku, (come.get(sku) ?? 0) + quantity - fulfilled);
	}
	for (const { sku, units } of waiting) come.set(sku, (come.get(sku) ?? 0) - units);
	return come;
}

/** The reservation with the days on which its goods are expected by now. */
function withDays(reservation: Reservation, followed: readonly Followed[]): Reservation {
	const lines = reservation.lines.map((line) => {
		const moved = followed.find(
			({ sku, due_on, on }) => sku === line.sku && due_on === line.expectedOn && on !== due_on,
		);
		return moved === undefined ? line : { ...line, expectedOn: moved.on };
	});
	return { ...reservation, lines };
}

function lackingCases(
	{ id, siteId, lines, customer, channel }: Reservation,
	followed: readonly Followed[],
	now: Temporal.Instant,
): readonly ExceptionCase[] {
	return followed
		.filter(({ lacking }) => lacking > 0)
		.map(({ sku, lacking, due_on }): ExceptionCase => {
			const name = lines.find((line) => line.sku === sku)?.name ?? sku;
			return {
				id: `${id}-${sku}-supply-missing`,
				kind: 'exception',
				exceptionKind: 'reserved_supply_missing',
				priority: 'high',
				state: 'open',
				siteId,
				operationId: id,
				deviceId: 'central',
				actorName: customer?.name ?? channel,
				openedAt: now.toString(),
				sku,
				productName: name,
				quantity: lacking,
				fact: `${lacking} of ${sku}, expected on ${due_on}, do not come to ${siteId} any more`,
				plan: `The reservation ${id} of ${customer?.name ?? channel} counts on them`,
			};
		});
}
