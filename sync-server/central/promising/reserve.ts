import { type Kysely, sql, type Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import type { Product } from '../../../shared/schema/product.ts';
import type { Reservation } from '../../../shared/schema/reservation.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { readStockShelf, type StockShelf } from '../inventory/stock-shelf.ts';
import { type Assignment, assignNearestSite } from '../routing/nearest-site.ts';
import type { FindPlace } from '../routing/place-of-address.ts';
import { keepReservations } from './reservation-documents.ts';
import {
	expiryOf,
	isSameRequest,
	type ReservationFault,
	type ReservationRequest,
	unknownSite,
} from './reservation-request.ts';
import { type EffectAt, readProducts, readRuleEffects } from './rule-effects.ts';
import { addClaims, freeUnder, lockPositions, readHeldUnits, type SiteUnits } from './stock-claims.ts';

export interface ReserveContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace: FindPlace;
	readonly sites: () => Promise<readonly Site[]>;
}

export type ReserveResult =
	| {
			readonly reserved: true;
			readonly created: boolean;
			readonly reservation: Reservation;
	  }
	| { readonly reserved: false; readonly fault: ReservationFault };

/** Somebody took the units between the look and the lock: look again. */
class Overtaken extends Error {}
const attempts = 10;

/**
 * Sets units aside at one site until a time, for a customer who has not decided yet: at the nearest site that has everything; where none
 * has and the request is content with a part, at the one that has the most. The same request again (by channel and external id) gives
 * the reservation that is there, as it is now.
 */
export async function reserve(context: ReserveContext, request: ReservationRequest): Promise<ReserveResult> {
	const { db, clock } = context;
	const known = await findByRequest(db, request);
	if (known !== undefined) return known;
	const expiresAt = expiryOf(request, clock.now());
	if ('error' in expiresAt) return { reserved: false, fault: expiresAt };
	const products = await readProducts(
		db,
		request.lines.map(({ sku }) => sku),
	);
	const sites = await context.sites();
	const fault = unknownSku(request, products) ?? unknownSite(request.siteIds, sites);
	if (fault !== undefined) return { reserved: false, fault };
	for (let attempt = 1; ; attempt += 1) {
		const effectsOf = await readRuleEffects(db, { products, sites, at: clock.now().toString() });
		const effectAt = effectsOf(request.channel, request.method);
		const assignment = await chooseSite(context, request, sites, effectAt);
		if (assignment === undefined) {
			const message = `No site that was named fulfills orders by ${request.method}.`;
			return { reserved: false, fault: { error: 'nobody_fulfills', message, where: '/method' } };
		}
		if (!isEnough(assignment, request)) return { reserved: false, fault: notEnough(assignment, request) };
		try {
			return await inTransaction(db, (transaction) =>
				keepReservation(transaction, context, request, { assignment, products, effectAt, expiresAt }),
			);
		} catch (error) {
			if (!(error instanceof Overtaken)) throw error;
			if (attempt === attempts) return { reserved: false, fault: notEnough(assignment, request) };
		}
	}
}

async function findByRequest(db: Kysely<Tables>, request: ReservationRequest): Promise<ReserveResult | undefined> {
	const { rows } = await sql<{ body: ReservationRequest; reservation: Reservation }>`
		SELECT asked.body, kept.body AS reservation FROM reservation_request AS asked
		JOIN stock_document AS kept ON kept.id = asked.reservation_id
		WHERE asked.channel = ${request.channel} AND asked.external_id = ${request.externalId}`.execute(db);
	const [found] = rows;
	if (found === undefined) return undefined;
	if (isSameRequest(found.body, request)) return { reserved: true, created: false, reservation: found.reservation };
	return {
		reserved: false,
		fault: {
			error: 'conflict',
			message: `The channel "${request.channel}" has sent the reservation "${request.externalId}" before, with other content.`,
			where: '/externalId',
			whatToDo: 'Give a new reservation a new external id.',
		},
	};
}

function unknownSku(
	{ lines }: ReservationRequest,
	products: ReadonlyMap<string, Product>,
): ReservationFault | undefined {
	const index = lines.findIndex(({ sku }) => !products.has(sku));
	if (index === -1) return undefined;
	const message = `The SKU "${lines[index]?.sku}" is not in the catalog.`;
	return { error: 'unknown_sku', message, where: `/lines/${index}/sku` };
}

/** Looks that are under way, by SKUs. */
const looking = new WeakMap<Kysely<Tables>, Map<string, Promise<StockShelf>>>();

/** Of many who want the same at once, one looks for all: what each promises is looked at again under lock. */
async function lookTogether(db: Kysely<Tables>, skus: readonly string[], at: string): Promise<StockShelf> {
	const looks = looking.get(db) ?? new Map<string, Promise<StockShelf>>();
	looking.set(db, looks);
	const key = JSON.stringify(skus);
	const running = looks.get(key);
	if (running !== undefined) return running;
	const look = readStockShelf(db, skus, { at, lock: false }).finally(() => looks.delete(key));
	looks.set(key, look);
	return look;
}

/** Looks without locking: who finds too little has not kept anybody waiting. */
async function chooseSite(
	{ db, clock, findPlace }: ReserveContext,
	{ lines, method, place, siteIds }: ReservationRequest,
	sites: readonly Site[],
	effectAt: EffectAt,
): Promise<Assignment | undefined> {
	const skus = lines.map(({ sku }) => sku);
	const shelf = await lookTogether(db, skus, clock.now().toString());
	const named = siteIds && new Set(siteIds);
	return assignNearestSite(
		{ method, lines, place: place && findPlace({ line1: '', town: '', ...place }), country: place?.country ?? '' },
		named ? sites.filter(({ id }) => named.has(id)) : sites,
		(siteId, sku) => shelf.free(siteId, sku, effectAt),
	);
}

function isEnough({ allocated, complete }: Assignment, { partial }: ReservationRequest): boolean {
	return complete || (partial === true && allocated.some((units) => units > 0));
}

function notEnough({ allocated, site }: Assignment, { lines, partial }: ReservationRequest): ReservationFault {
	const found = lines.map(({ sku, quantity }, index) => `${allocated[index] ?? 0} of ${quantity} × ${sku}`).join(', ');
	const some = allocated.some((units) => units > 0);
	return {
		error: 'not_enough_stock',
		message: some
			? `No site has all of it free; ${site.name} comes nearest: ${found.slice(0, 1500)}.`
			: 'No site has any of it free.',
		where: '/lines',
		...(some && !partial ? { whatToDo: 'Send `"partial": true` to reserve what there is.' } : {}),
	};
}

interface Chosen {
	readonly assignment: Assignment;
	readonly products: ReadonlyMap<string, Product>;
	readonly effectAt: EffectAt;
	readonly expiresAt: Temporal.Instant;
}

async function keepReservation(
	transaction: Transaction<Tables>,
	{ clock }: ReserveContext,
	request: ReservationRequest,
	{ assignment, products, effectAt, expiresAt }: Chosen,
): Promise<ReserveResult> {
	const id = newId();
	const { channel, externalId, customer } = request;
	const siteId = assignment.site.id;
	const first = await sql`
		INSERT INTO reservation_request (channel, external_id, reservation_id, body)
		VALUES (${channel}, ${externalId}, ${id}, ${JSON.stringify(request)}) ON CONFLICT DO NOTHING RETURNING 1`.execute(
		transaction,
	);
	if (first.rows.length === 0) {
		// Another one with the same key has been committed meanwhile.
		const known = await findByRequest(transaction, request);
		if (known === undefined) throw new Error('A reservation that is there could not be found.');
		return known;
	}
	const lines = request.lines.flatMap(({ sku }, index) => {
		const quantity = assignment.allocated[index] ?? 0;
		return quantity > 0 ? [{ sku, name: products.get(sku)?.name ?? sku, quantity }] : [];
	});
	const units = lines.map(({ sku, quantity }): SiteUnits => ({ siteId, sku, units: quantity }));
	const now = clock.now().toString();
	await lockPositions(transaction, units);
	const held = await readHeldUnits(transaction, units, now);
	for (const { sku } of units) {
		const wanted = units.reduce((sum, each) => sum + (each.sku === sku ? each.units : 0), 0);
		const here = held.get(stockPositionId(siteId, sku));
		if (here === undefined || freeUnder(effectAt(siteId, sku), here) < wanted) throw new Overtaken();
	}
	await addClaims(transaction, { kind: 'reservation', holderId: id, expiresAt: expiresAt.toString() }, units);
	const reservation: Reservation = {
		id,
		kind: 'reservation',
		siteId,
		channel,
		...(customer === undefined ? {} : { customer }),
		state: 'held',
		lines,
		reservedAt: now,
		expiresAt: expiresAt.toString(),
	};
	const documents = new DocumentWriter();
	await keepReservations(transaction, [reservation], documents);
	await documents.publish(transaction);
	return { reserved: true, created: true, reservation };
}
