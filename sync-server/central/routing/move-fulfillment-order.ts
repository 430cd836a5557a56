import type { Kysely } from 'kysely';
import { v7 as newId } from 'uuid';
import type { LineUnits } from '../../../shared/domain/decision.ts';
import { totalOf } from '../../../shared/domain/fulfillment-state.ts';
import {
	moveAway,
	type OrderParts,
	partOf,
	reroute,
	unassignedUnits,
	unitsNotLeft,
} from '../../../shared/domain/order-parts.ts';
import type { Problem } from '../../../shared/protocol/messages.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { readStockShelf, type StockShelf } from '../inventory/stock-shelf.ts';
import { lockOrder, nextPartNumber } from '../orders/keep-order-parts.ts';
import { type EffectAt, readProducts, readRuleEffects } from '../promising/rule-effects.ts';
import { keepRerouted } from './keep-rerouted.ts';
import { listSites } from './sites.ts';

export interface MoveRequest {
	readonly siteId: string;
	/** Also when units are picked already: they become put back tasks at the first site. */
	readonly evenIfStarted?: boolean;
	/** Also with units that the rules keep back there, or forbid to be sent from there. */
	readonly override?: boolean;
}

export type MoveResult =
	| { readonly moved: true; readonly fulfillmentOrder: FulfillmentOrder }
	| { readonly moved: false; readonly status: 400 | 404 | 409; readonly problem: Problem };

/**
 * Gives a fulfillment order, as far as it has not left, to another site: the old one becomes `moved` and disappears from its site,
 * a new one is assigned at the other site with stock set aside there. One that a site declined can be given away likewise.
 * @returns the new fulfillment order, or why nothing was changed
 */
export async function moveFulfillmentOrder(
	{ db, clock }: { readonly db: Kysely<Tables>; readonly clock: Clock },
	fulfillmentOrderId: string,
	request: MoveRequest,
): Promise<MoveResult> {
	return inTransaction(db, async (transaction): Promise<MoveResult> => {
		const named = await transaction
			.selectFrom('fulfillment_order')
			.select('order_id')
			.where('id', '=', fulfillmentOrderId)
			.executeTakeFirst();
		const before = named && (await lockOrder(transaction, named.order_id));
		if (before === undefined) {
			const message = `There is no fulfillment order "${fulfillmentOrderId}".`;
			return { moved: false, status: 404, problem: { error: 'not_found', message, where: '/id' } };
		}
		const from = partOf(before, fulfillmentOrderId);
		const sites = await listSites(transaction);
		const site = sites.find(({ id }) => id === request.siteId);
		const units = from.state === 'declined' ? unassignedUnits(before, from) : unitsNotLeft(from);
		const refusal = siteProblem(from, site, request) ?? stateProblem(from, units, request);
		if (refusal !== undefined || site === undefined) return refusal ?? unknownSite(request.siteId);
		const recordedAt = clock.now().toString();
		const skus = units.map(({ sku }) => sku);
		const shelf = await readStockShelf(transaction, skus, { at: recordedAt, lock: true, inSpiteOfDoubt: true });
		const lacking = lackingSkus(units, (sku) => shelf.free(site.id, sku));
		if (lacking.length > 0) return notEnough(site, lacking);
		if (!request.override) {
			const input = { products: await readProducts(transaction, skus), sites, at: recordedAt };
			const effectAt = (await readRuleEffects(transaction, input))(before.order.channel, from.method);
			const kept = lackingSkus(units, (sku) => shelf.free(site.id, sku, effectAt));
			if (kept.length > 0) return keptBack(site, kept, shelf, effectAt);
		}
		const author = { actorName: 'central', at: recordedAt };
		const to = {
			id: newId(),
			number: nextPartNumber(before),
			siteId: site.id,
			siteName: site.name,
			binOf: (sku: string) => shelf.bin(site.id, sku),
		};
		const after: OrderParts =
			from.state === 'declined'
				? reroute(before, from, units, to, 'unassigned', author)
				: moveAway(before, from, to, author);
		await keepRerouted(transaction, before, after, recordedAt);
		return { moved: true, fulfillmentOrder: partOf(after, to.id) };
	});
}

type Refusal = Extract<MoveResult, { moved: false }>;

const refuse = (status: Refusal['status'], error: string, message: string, whatToDo?: string): Refusal => ({
	moved: false,
	status,
	problem: { error, message, ...(whatToDo === undefined ? {} : { whatToDo }) },
});

const unknownSite = (siteId: string): Refusal => ({
	moved: false,
	status: 400,
	problem: { error: 'unknown_site', message: `There is no site "${siteId}".`, where: '/siteId' },
});

function siteProblem(from: FulfillmentOrder, site: Site | undefined, { siteId }: MoveRequest): Refusal | undefined {
	if (site === undefined) return unknownSite(siteId);
	if (site.id === from.siteId) return refuse(409, 'same_site', `${from.number} is at ${site.name} already.`);
	if (site.capabilities.includes(from.method)) return undefined;
	return refuse(409, 'no_such_capability', `${site.name} does not fulfill orders by ${from.method}.`);
}

function stateProblem(
	from: FulfillmentOrder,
	units: readonly LineUnits[],
	{ evenIfStarted }: MoveRequest,
): Refusal | undefined {
	const { lines, number, state } = from;
	if (state === 'moved') {
		const where = from.movedTo ? ` to ${from.movedTo.siteName}` : '';
		return refuse(409, 'already_moved', `${number} was moved${where} before.`, 'Move the fulfillment order there.');
	}
	if (totalOf(lines, 'shipped') > 0) return refuse(409, 'already_shipped', `Goods of ${number} were shipped already.`);
	if (totalOf(lines, 'handedOver') > 0) {
		return refuse(409, 'already_handed_over', `Goods of ${number} were handed over already.`);
	}
	if (units.length === 0) return refuse(409, 'nothing_to_move', `Nothing of ${number} is left to be fulfilled.`);
	const inHand = totalOf(lines, 'picked') + totalOf(lines, 'packed') + totalOf(lines, 'staged');
	if (inHand === 0 || evenIfStarted) return undefined;
	return refuse(
		409,
		'already_started',
		`${inHand} units of ${number} are picked already.`,
		'Send `"evenIfStarted": true` to move it all the same; the first site is then told to put them back.',
	);
}

function lackingSkus(units: readonly LineUnits[], free: (sku: string) => number): readonly string[] {
	const asked = new Map<string, number>();
	for (const { sku, quantity } of units) asked.set(sku, quantity + (asked.get(sku) ?? 0));
	return [...asked].flatMap(([sku, quantity]) => (free(sku) < quantity ? [sku] : []));
}

const notEnough = (site: Site, skus: readonly string[]): Refusal =>
	refuse(
		409,
		'not_enough_stock',
		`${site.name} has too little of ${skus.join(', ')}.`,
		'Choose another site; ask /api/v1/availability which one holds them.',
	);

function keptBack(site: Site, skus: readonly string[], shelf: StockShelf, effectAt: EffectAt): Refusal {
	const rules = [...new Set(skus.flatMap((sku) => effectAt(site.id, sku)?.because ?? []))];
	const free = skus.map((sku) => `${shelf.free(site.id, sku, effectAt)} of ${shelf.free(site.id, sku)} × ${sku}`);
	return refuse(
		409,
		'kept_back',
		`The rules (${rules.join(', ')}) let ${site.name} give only ${free.join(', ')}.`,
		'Send `"override": true` to move it all the same, or choose another site.',
	);
}
