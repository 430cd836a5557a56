import type { Kysely, Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import type { Product } from '../../../shared/schema/product.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter, publishingTables, siteStream, wakeChannel } from '../../database/documents.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { keepingStockDocuments, putStockDocument, stockDocumentRow } from '../inventory/stock-documents.ts';
import type { ReservationPlan } from './plan-reservation.ts';
import { readPictures } from './read-pictures.ts';
import type { ReservationRequest } from './reservation-request.ts';
import type { EffectAt } from './rule-effects.ts';
import { addingClaims, claimValues, freeUnder, type HeldBy, lockPositions, readHeldUnits } from './stock-claims.ts';
import { addSupplyClaims, ensurePositions, type SupplyClaim } from './supply-claims.ts';
import { hasUnits, type SupplyContext, type SupplyLook, supplyLook } from './supply-look.ts';

/** What was planned for a request without a lock. */
export interface ReservationToKeep {
	readonly request: ReservationRequest;
	readonly plan: ReservationPlan;
	readonly effectAt: EffectAt;
	readonly expiresAt: string;
	readonly products: ReadonlyMap<string, Product>;
}

export interface KeptReservation {
	readonly request: ReservationRequest;
	readonly parts: readonly Reservation[];
}

const keepRequests = prepared<{ reservation_id: string }>(
	'keep_reservation_requests',
	`INSERT INTO reservation_request (channel, external_id, reservation_id, body)
	SELECT channel, external_id, reservation_id, body
	FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) AS asked (channel, external_id, reservation_id, body)
	ORDER BY channel, external_id ON CONFLICT DO NOTHING RETURNING reservation_id`,
);

/**
 * Keeps in one transaction those of which all planned units are still free, each as one document for each site.
 * @returns those; the others have been overtaken, or another server has kept the same request
 */
export async function keepTogether(
	{ db, clock }: { readonly db: Kysely<Tables>; readonly clock: Clock },
	asked: readonly ReservationToKeep[],
	supplyContext: SupplyContext,
): Promise<readonly KeptReservation[]> {
	if (asked.length === 0) return [];
	return inTransaction(db, async (transaction) => {
		const at = clock.now().toString();
		const { free, dateAt } = await takeFree(transaction, asked, at, supplyContext);
		const made = new Map(free.map((each) => [newId(), each]));
		const rows = [...made].map(([id, { request }]) => ({ id, request }));
		const first = await keepRequests(transaction, [
			rows.map(({ request }) => request.channel),
			rows.map(({ request }) => request.externalId),
			rows.map(({ id }) => id),
			rows.map(({ request }) => JSON.stringify(request)),
		]);
		const kept = first.flatMap(({ reservation_id: id }) => {
			const each = made.get(id);
			return each === undefined ? [] : [{ request: each.request, parts: partsOf(id, each, at, dateAt) }];
		});
		const parts = kept.flatMap((each) => each.parts);
		if (parts.length === 0) return [];
		await keepParts(transaction, parts);
		return kept;
	});
}

const keepAllParts = prepared<{ id: string }>(
	'keep_reservation_parts',
	`${publishingTables}, claimed AS (${addingClaims(8)}), kept AS (${keepingStockDocuments('$14')})
	SELECT id, pg_notify('${wakeChannel}', head || ' ' || id) FROM headed`,
);

/** Claims the units and publishes the documents in one round trip, so that locks are held as shortly as can be. */
async function keepParts(transaction: Transaction<Tables>, parts: readonly Reservation[]): Promise<void> {
	const documents = new DocumentWriter();
	for (const part of parts) putStockDocument(documents, part);
	const claims: HeldBy[] = [];
	const toCome: SupplyClaim[] = [];
	for (const { id: holderId, siteId, lines, expiresAt } of parts) {
		for (const { sku, quantity: units, expectedOn } of lines) {
			if (expectedOn === undefined) claims.push({ siteId, sku, units, holderId, expiresAt });
			else toCome.push({ siteId, sku, units, holderId, expiresAt, dueOn: expectedOn });
		}
	}
	await addSupplyClaims(transaction, toCome);
	const streams = await keepAllParts(transaction, [
		...documents.values(),
		...claimValues('reservation', claims),
		JSON.stringify(parts.map(stockDocumentRow)),
	]);
	const known = new Set(streams.map(({ id }) => id));
	const rest = new DocumentWriter();
	for (const part of parts) if (!known.has(siteStream(part.siteId))) putStockDocument(rest, part);
	await rest.publish(transaction);
}

/** Locks the positions, and gives out what they hold, or will, in the order of the requests. */
async function takeFree(
	transaction: Transaction<Tables>,
	asked: readonly ReservationToKeep[],
	at: string,
	supplyContext: SupplyContext,
): Promise<{ readonly free: readonly ReservationToKeep[]; readonly dateAt: SupplyLook['dateAt'] }> {
	const positions = asked.flatMap(({ plan }) => plan.units);
	const toCome = asked.flatMap(({ request, plan }) => (request.by === undefined ? [] : plan.units));
	await ensurePositions(transaction, toCome);
	await lockPositions(transaction, positions);
	const held = await readHeldUnits(transaction, positions, at);
	const columns = [toCome.map(({ sku }) => sku), toCome.map(({ siteId }) => siteId)] as const;
	const pictures = toCome.length === 0 ? [] : await readPictures(transaction, supplyContext.numbers, ...columns);
	const supply = supplyLook(supplyContext, pictures);
	const free = asked.filter(({ request, plan, effectAt }) => {
		const { channel, method, by } = request;
		const isFree =
			by === undefined
				? plan.units.every(({ siteId, sku, quantity }) => {
						const here = held.get(stockPositionId(siteId, sku));
						return here !== undefined && freeUnder(effectAt(siteId, sku), here) >= quantity;
					})
				: hasUnits(supply, plan.units, { channel, method, by });
		if (!isFree) return false;
		for (const { siteId, sku, quantity } of plan.units.filter(({ day }) => day === 0)) {
			const id = stockPositionId(siteId, sku);
			const here = held.get(id);
			if (here) held.set(id, { ...here, claimed: here.claimed + quantity });
		}
		supply.take(plan.units);
		return true;
	});
	return { free, dateAt: supply.dateAt };
}

/** The first part has the reservation's own id. */
function partsOf(
	id: string,
	{ request, plan, products, expiresAt }: ReservationToKeep,
	at: string,
	dateAt: SupplyLook['dateAt'],
): readonly Reservation[] {
	const { channel, customer } = request;
	return [...Map.groupBy(plan.units, ({ siteId }) => siteId)].map(([siteId, units], index): Reservation => {
		const isMain = index === 0;
		return {
			id: isMain ? id : newId(),
			kind: 'reservation',
			siteId,
			channel,
			...(customer === undefined ? {} : { customer }),
			state: 'held',
			lines: units.map(({ sku, quantity, day }) => ({
				sku,
				name: products.get(sku)?.name ?? sku,
				quantity,
				...(day === 0 ? {} : { expectedOn: dateAt(siteId, day) }),
			})),
			...(isMain && plan.missing.length > 0 ? { missing: [...plan.missing] } : {}),
			...(isMain ? {} : { partOf: id }),
			reservedAt: at,
			expiresAt,
		};
	});
}
