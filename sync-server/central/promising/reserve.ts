import { type Kysely, sql } from 'kysely';
import type { CompiledRules } from '../../../shared/domain/promising-rules.ts';
import type { Method } from '../../../shared/schema/order.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { readStockShelf, type StockShelf } from '../inventory/stock-shelf.ts';
import { askRightsBack, type Lacking } from '../rights/asked-back.ts';
import { sitesByDistance } from '../routing/nearest-site.ts';
import type { FindPlace } from '../routing/place-of-address.ts';
import { currentRules } from '../rules/current-rules.ts';
import { keepTogether, type ReservationToKeep } from './keep-reservations.ts';
import { planReservation, type ReservationPlan } from './plan-reservation.ts';
import { readPictures } from './read-pictures.ts';
import { type ReservationAnswer, reservationAnswer } from './reservation-answer.ts';
import { readReservations } from './reservation-documents.ts';
import {
	expiryOf,
	isSameRequest,
	type ReservationFault,
	type ReservationRequest,
	unknownSite,
} from './reservation-request.ts';
import { type EffectAt, readProducts, ruleEffects } from './rule-effects.ts';
import { openCalendar } from './site-calendar.ts';
import { type FreeUnits, type LeftOut, notEnough, sitesToAsk } from './sites-to-ask.ts';
import { openSiteNumbers, type SiteNumbers, type StockPicture } from './stock-picture.ts';
import { type SupplyContext, type SupplyLook, type SupplyQuestion, supplyLook } from './supply-look.ts';
import { workInGroups } from './work-in-groups.ts';

export interface ReserveContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace: FindPlace;
	readonly sites: () => Promise<readonly Site[]>;
	/** Ids of the sites that are quiet: nothing is reserved there. */
	readonly quiet: () => Promise<ReadonlySet<string>>;
}

export type ReserveResult =
	| { readonly reserved: true; readonly created: boolean; readonly reservation: ReservationAnswer }
	| { readonly reserved: false; readonly fault: ReservationFault };

type Reserve = (request: ReservationRequest) => Promise<ReserveResult>;
const desks = new WeakMap<ReserveContext, Reserve>();

/**
 * Sets units aside until a time, for a customer who has not decided yet: at the first site that has everything (the nearest, or without a
 * place the one with most), or at several of them. The same request again (by channel and external id) gives the reservation that is there, as it is now.
 * Requests that come at once are served together, so that who comes too late for the last unit does not wait for its lock.
 */
export function reserve(context: ReserveContext, request: ReservationRequest): Promise<ReserveResult> {
	const desk = desks.get(context) ?? openDesk(context);
	desks.set(context, desk);
	return desk(request);
}

function openDesk(context: ReserveContext): Reserve {
	return workInGroups({
		keysOf: (request: ReservationRequest) => [keyOf(request), ...request.lines.map(({ sku }) => `sku ${sku}`)],
		work: (requests: readonly ReservationRequest[]) => reserveTogether(context, requests),
		mostTogether: 100,
		mostGroups: 2,
	});
}

const keyOf = ({ channel, externalId }: ReservationRequest) => `id ${JSON.stringify([channel, externalId])}`;

/** Somebody on another server may take units between the look and the lock: then it is looked at again. */
const attempts = 10;

/** One request of a group; the same may be in it twice. */
interface Asked {
	readonly request: ReservationRequest;
	readonly key: string;
	result?: ReserveResult;
}

async function reserveTogether(
	context: ReserveContext,
	requests: readonly ReservationRequest[],
): Promise<readonly ReserveResult[]> {
	const all = requests.map((request): Asked => ({ request, key: keyOf(request) }));
	const first = new Map(all.toReversed().map((asked) => [asked.key, asked]));
	const waiting = () => all.filter((asked) => asked.result === undefined && first.get(asked.key) === asked);
	// What most need is read at once: few have been asked for before.
	const [catalog, firstLook] = await Promise.all([
		readCatalog(context, all),
		look(context, all),
		answerKnown(context, all),
	]);
	for (const asked of waiting()) {
		const fault = requestFault(asked.request, catalog, context.clock.now());
		if (fault !== undefined) asked.result = { reserved: false, fault };
	}
	for (let attempt = 1; waiting().length > 0; attempt += 1) {
		const seen = attempt === 1 ? firstLook : await look(context, waiting());
		await tryTogether(context, waiting(), catalog, seen, attempt === attempts);
		// Another server may have kept the same request meanwhile.
		if (waiting().length > 0) await answerKnown(context, waiting());
	}
	const again = all.filter(({ result }) => result === undefined);
	if (again.length > 0) await answerKnown(context, again);
	return all.map(({ result, key }) => {
		const given = result ?? first.get(key)?.result;
		if (given === undefined) throw new Error('A reservation had no result.');
		return given;
	});
}

/** Looks and keeps once. Who was overtaken has no result yet, unless it was the last time. */
async function tryTogether(
	context: ReserveContext,
	waiting: readonly Asked[],
	catalog: ReserveCatalog,
	seen: Look,
	isLast: boolean,
): Promise<void> {
	const toKeep = new Map<ReservationRequest, Asked>();
	const planned: ReservationToKeep[] = [];
	const lacking: Lacking[] = [];
	const supplyContext = openSupplyContext(seen, catalog);
	const supply = supplyLook(supplyContext, seen.pictures);
	for (const { asked, plan, effectAt, leftOut } of planTogether(context, waiting, catalog, seen, supply)) {
		const { request } = asked;
		lacking.push(...plan.missing.map(({ sku, quantity }) => ({ sku, units: quantity, siteIds: request.siteIds })));
		const expiresAt = expiryOf(request, context.clock.now());
		if ('error' in expiresAt) {
			asked.result = { reserved: false, fault: expiresAt };
		} else if (plan.units.length === 0 || (plan.missing.length > 0 && !request.partial)) {
			asked.result = { reserved: false, fault: notEnough(plan, request, catalog.sites, leftOut) };
		} else {
			toKeep.set(request, asked);
			planned.push({ request, plan, effectAt, expiresAt: expiresAt.toString(), products: catalog.products });
		}
	}
	await askRightsBack(context.db, lacking, seen.at.toString());
	for (const { request, parts } of await keepTogether(context, planned, supplyContext)) {
		const asked = toKeep.get(request);
		const reservation = reservationAnswer(parts, context.clock.now());
		if (asked) asked.result = { reserved: true, created: true, reservation };
	}
	if (!isLast) return;
	for (const { request, plan } of planned) {
		const asked = toKeep.get(request);
		if (asked) asked.result ??= { reserved: false, fault: notEnough(plan, request, catalog.sites, []) };
	}
}

interface ReserveCatalog {
	readonly products: ReadonlyMap<string, Product>;
	readonly sites: readonly Site[];
}

async function readCatalog({ db, sites }: ReserveContext, waiting: readonly Asked[]): Promise<ReserveCatalog> {
	const skus = waiting.flatMap(({ request }) => request.lines.map(({ sku }) => sku));
	return { products: skus.length === 0 ? new Map() : await readProducts(db, skus), sites: await sites() };
}

/** Gives those that were kept before the reservation that is there. */
async function answerKnown({ db, clock }: ReserveContext, all: readonly Asked[]): Promise<void> {
	const { rows } = await sql<{ body: ReservationRequest; id: string }>`
		SELECT body, reservation_id AS id FROM reservation_request JOIN unnest(
			${all.map(({ request }) => request.channel)}::text[], ${all.map(({ request }) => request.externalId)}::text[]
		) AS asked (channel, external_id) USING (channel, external_id)`.execute(db);
	if (rows.length === 0) return;
	const known = new Map(rows.map((row) => [keyOf(row.body), row]));
	const parts = await readReservations(
		db,
		rows.map(({ id }) => id),
	);
	for (const asked of all) {
		const found = known.get(asked.key);
		const there = found && parts.get(found.id);
		if (found === undefined || there === undefined) continue;
		asked.result = isSameRequest(found.body, asked.request)
			? { reserved: true, created: false, reservation: reservationAnswer(there, clock.now()) }
			: { reserved: false, fault: otherContent(asked.request) };
	}
}

function otherContent({ channel, externalId }: ReservationRequest): ReservationFault {
	return {
		error: 'conflict',
		message: `The channel "${channel}" has sent the reservation "${externalId}" before, with other content.`,
		where: '/externalId',
		whatToDo: 'Give a new reservation a new external id.',
	};
}

function requestFault(
	request: ReservationRequest,
	{ products, sites }: ReserveCatalog,
	now: Temporal.Instant,
): ReservationFault | undefined {
	const expiresAt = expiryOf(request, now);
	if ('error' in expiresAt) return expiresAt;
	const index = request.lines.findIndex(({ sku }) => !products.has(sku));
	if (index !== -1) {
		const message = `The SKU "${request.lines[index]?.sku}" is not in the catalog.`;
		return { error: 'unknown_sku', message, where: `/lines/${index}/sku` };
	}
	if (request.split && request.method === 'pickup') {
		const message = 'What a customer collects lies at one site.';
		return { error: 'no_split_pickup', message, where: '/split', whatToDo: 'Leave `split` out.' };
	}
	const fault = unknownSite(request.siteIds, sites);
	if (fault !== undefined) return fault;
	if (sitesByDistance({ ...request, place: undefined, country: '' }, named(request, sites)).length > 0)
		return undefined;
	const message = `No site that was named fulfills orders by ${request.method}.`;
	return { error: 'nobody_fulfills', message, where: '/method' };
}

function named({ siteIds }: ReservationRequest, sites: readonly Site[]): readonly Site[] {
	if (siteIds === undefined) return sites;
	const ids = new Set(siteIds);
	return sites.filter(({ id }) => ids.has(id));
}

interface Planned {
	readonly asked: Asked;
	readonly plan: ReservationPlan;
	readonly effectAt: EffectAt;
	readonly leftOut: readonly LeftOut[];
}

interface Look {
	readonly at: Temporal.Instant;
	readonly rules: CompiledRules;
	readonly shelf: StockShelf;
	/** Of the SKUs of which what is to come may be reserved. */
	readonly pictures: readonly StockPicture[];
	readonly numbers: SiteNumbers;
	/** Ids of the sites that are quiet. */
	readonly quiet: ReadonlySet<string>;
}

/** Looks without locking: who finds too little has not kept anybody waiting. */
async function look({ db, clock, quiet: readQuiet }: ReserveContext, asked: readonly Asked[]): Promise<Look> {
	const at = clock.now();
	const numbers = openSiteNumbers();
	const skusOf = (some: readonly Asked[]) => some.flatMap(({ request }) => request.lines.map(({ sku }) => sku));
	const toCome = skusOf(asked.filter(({ request }) => request.by !== undefined));
	const [rules, shelf, pictures, quiet] = await Promise.all([
		currentRules(db),
		readStockShelf(db, skusOf(asked), { at: at.toString(), lock: false }),
		toCome.length === 0 ? [] : readPictures(db, numbers, [...new Set(toCome)]),
		readQuiet(),
	]);
	return { at, rules, shelf, pictures, numbers, quiet };
}

const openSupplyContext = ({ at, rules, numbers, quiet }: Look, { sites }: ReserveCatalog): SupplyContext => ({
	nowMs: at.epochMilliseconds,
	sites: new Map(sites.map((site) => [site.id, site])),
	numbers,
	calendar: openCalendar()(at),
	rules,
	quiet,
});

/** Plans one after the other: what one is given the next does not get. */
function planTogether(
	{ findPlace }: ReserveContext,
	waiting: readonly Asked[],
	{ products, sites }: ReserveCatalog,
	{ at, rules, shelf }: Look,
	supply: SupplyLook,
): readonly Planned[] {
	const effectsOf = ruleEffects(rules, { products, sites, at: at.toString() });
	const taken = new Map<string, number>();
	const freeTo = memoized((channel: string, method: Method) => freeUnits(shelf, effectsOf(channel, method), taken));
	return waiting.map((asked): Planned => {
		const { request } = asked;
		const { channel, method, by } = request;
		const free = by === undefined ? freeTo(channel, method) : freeBy(supply, { channel, method, by });
		const { siteIds, leftOut } = sitesToAsk(request, sites, findPlace, free, supply.notNow);
		const plan = planReservation({
			lines: request.lines,
			siteIds,
			bucketsAt: free.bucketsAt,
			isSplit: request.split ?? method === 'ship',
		});
		if (plan.missing.length === 0 || request.partial) {
			for (const { siteId, sku, quantity } of plan.units.filter(({ day }) => day === 0)) {
				const id = stockPositionId(siteId, sku);
				taken.set(id, quantity + (taken.get(id) ?? 0));
			}
			supply.take(plan.units);
		}
		return { asked, plan, effectAt: effectsOf(channel, method), leftOut };
	});
}

/** What is free under some rules, less what is taken. Each SKU is looked through once: of hundreds of sites few may have some. */
function freeUnits(shelf: StockShelf, effectAt: EffectAt, taken: ReadonlyMap<string, number>): FreeUnits {
	const atSites = memoized((sku: string) => {
		const all = shelf.sitesOf(sku).map((siteId) => [siteId, shelf.free(siteId, sku, effectAt)] as const);
		return new Map(all.filter(([, units]) => units > 0));
	});
	return {
		bucketsAt: (siteId, sku) => {
			const units = (atSites(sku).get(siteId) ?? 0) - (taken.get(stockPositionId(siteId, sku)) ?? 0);
			return units > 0 ? [{ day: 0, units }] : [];
		},
		sitesWith: (sku) => atSites(sku).keys(),
	};
}

function freeBy(supply: SupplyLook, question: SupplyQuestion): FreeUnits {
	return {
		bucketsAt: (siteId, sku) => supply.bucketsAt(siteId, sku, question),
		sitesWith: (sku) => supply.sitesWith(sku),
	};
}

function memoized<Key extends readonly string[], Value>(make: (...key: Key) => Value): (...key: Key) => Value {
	const known = new Map<string, Value>();
	return (...key) => {
		const name = key.length === 1 ? (key[0] ?? '') : JSON.stringify(key);
		const found = known.get(name) ?? make(...key);
		known.set(name, found);
		return found;
	};
}
