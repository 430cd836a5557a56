import { type Kysely, sql, type Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import { isUntouched, type OrderParts } from '../../../../shared/domain/order-parts.ts';
import { regroupUnits } from '../../../../shared/domain/regroup-units.ts';
import type { MoveDropReason } from '../../../../shared/protocol/routing-run-messages.ts';
import type { RoutingDecision } from '../../../../shared/schema/routing-decision.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import { DocumentWriter } from '../../../database/documents.ts';
import type { Tables } from '../../../database/tables.ts';
import { readStockShelf, type StockShelf } from '../../inventory/stock-shelf.ts';
import { type LockedOrder, lockOrder, nextPartNumber } from '../../orders/keep-order-parts.ts';
import { type EffectAt, readProducts, readRuleEffects } from '../../promising/rule-effects.ts';
import { keepMoved } from '../keep-rerouted.ts';
import { reasonFor } from '../live/explain-shipment.ts';
import { keepDecisions } from '../live/routing-decisions.ts';
import { openShipmentRouter, type ShipmentRouter } from '../live/shipment-router.ts';
import type { FindPlace } from '../place-of-address.ts';
import { shipmentOfOrder } from '../shipment-of-order.ts';
import { contactMinutes, readSilentSites } from '../silent-sites.ts';
import { listSites } from '../sites.ts';
import type { MoveGroup, OrderMove, SiteTake } from './plan-batch.ts';

export interface MoveContext {
	readonly at: string;
	readonly findPlace: FindPlace | undefined;
}

/**
 * Makes the moves of one group, all of them or none, if everything is still as it was when they were planned: nobody has started, and the sites have the
 * units to spare once the group's own are given back. Each order gets a decision that says why.
 * @returns why nothing was changed, or undefined when all is done
 */
export async function makeMoves(
	transaction: Transaction<Tables>,
	group: MoveGroup,
	{ at, findPlace }: MoveContext,
): Promise<MoveDropReason | undefined> {
	const locked: MovingOrder[] = [];
	// In the order of their ids, so that no two transactions wait for each other.
	for (const move of group.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1))) {
		const before = await lockOrder(transaction, move.orderId);
		const refused = before === undefined ? 'order_changed' : changeSince(before, move);
		if (before === undefined || refused !== undefined) return refused;
		locked.push({ move, before, given: moreThan(move.held, move.wanted), taken: moreThan(move.wanted, move.held) });
	}
	const skus = [...new Set(group.flatMap(({ wanted }) => wanted.map(({ sku }) => sku)))];
	const shelf = await readStockShelf(transaction, skus, { at, lock: true });
	if (await isInDoubt(transaction, locked)) return 'stock_changed';
	const sites = await listSites(transaction);
	const silent = await readSilentSites(transaction, sites, at, contactMinutes);
	if (locked.some(({ given }) => given.some(({ siteId }) => silent.has(siteId)))) return 'site_silent';
	const products = await readProducts(transaction, skus);
	const effectsOf = await readRuleEffects(transaction, { products, sites, at });
	const effectFor = ({ before: { order } }: MovingOrder) => effectsOf(order.channel, 'ship');
	for (const units of locked.flatMap(({ given }) => given)) shelf.put(units);
	for (const moving of locked) {
		for (const { siteId, sku, units } of moving.taken) {
			if (shelf.free(siteId, sku, effectFor(moving)) < units) return 'stock_changed';
			shelf.take({ siteId, sku, quantity: units });
		}
	}
	const router = await openShipmentRouter(transaction, { products, sites, findPlace, at, shelf });
	const author = { actorName: 'central', at };
	const documents = new DocumentWriter();
	const changes: { before: LockedOrder; after: OrderParts }[] = [];
	const decisions: RoutingDecision[] = [];
	for (const moving of locked) {
		const { before, move } = moving;
		const decision = decide(moving, { router, shelf, effectAt: effectFor(moving), at });
		decisions.push(decision);
		if (decision.chosen.unfilledUnits > 0) return 'rules_changed';
		const newPart = (current: OrderParts, siteId: string) => ({
			id: newId(),
			number: nextPartNumber(current),
			siteId,
			siteName: nameOf(sites, siteId),
			binOf: (sku: string) => shelf.bin(siteId, sku),
			routing: reasonFor(decision, siteId),
		});
		const partIds = [...new Set(move.held.map(({ fulfillmentOrderId }) => fulfillmentOrderId))];
		changes.push({ before, after: regroupUnits(before, partIds, move.wanted, newPart, author) });
	}
	await keepDecisions(transaction, decisions);
	for (const { before, after } of changes) await keepMoved(transaction, before, after, at, documents);
	await documents.publish(transaction);
	return undefined;
}

interface MovingOrder {
	readonly move: OrderMove;
	readonly before: LockedOrder;
	/** What its sites get back, and what others give instead. */
	readonly given: readonly SiteTake[];
	readonly taken: readonly SiteTake[];
}

/** Why an order can't be moved as it was planned. */
function changeSince({ parts }: OrderParts, { held }: OrderMove): MoveDropReason | undefined {
	const expected = Map.groupBy(held, ({ fulfillmentOrderId }) => fulfillmentOrderId);
	for (const [id, units] of expected) {
		const part = parts.get(id);
		if (part === undefined) return 'order_changed';
		if (part.state === 'moved' || part.state === 'declined' || part.state === 'cancelled') return 'order_changed';
		if (!isUntouched(part)) return 'started';
		const toPick = part.lines.map(({ sku, quantities }) => ({ siteId: part.siteId, sku, units: quantities.toPick }));
		if (moreThan(toPick, units).length > 0 || moreThan(units, toPick).length > 0) return 'order_changed';
	}
	return undefined;
}

/** What the first have of a SKU at a site beyond what the others have. */
function moreThan(some: readonly SiteTake[], others: readonly SiteTake[]): readonly SiteTake[] {
	const totals = new Map<string, SiteTake>();
	const add = ({ siteId, sku, units }: SiteTake, sign: 1 | -1) => {
		const key = `${siteId}\n${sku}`;
		totals.set(key, { siteId, sku, units: sign * units + (totals.get(key)?.units ?? 0) });
	};
	for (const each of some) add(each, 1);
	for (const each of others) add(each, -1);
	return [...totals.values()].filter(({ units }) => units > 0);
}

/** Whether what would be given back or taken lies where somebody came up short meanwhile. */
async function isInDoubt(db: Kysely<Tables>, moving: readonly MovingOrder[]): Promise<boolean> {
	const units = moving.flatMap(({ given, taken }) => [...given, ...taken]);
	const { rows } = await sql`
		SELECT FROM stock_doubt JOIN unnest(${units.map(({ siteId }) => siteId)}::text[], ${units.map(({ sku }) => sku)}::text[])
			AS asked (site_id, sku) USING (site_id, sku) LIMIT 1`.execute(db);
	return rows.length > 0;
}

interface DecidingParts {
	readonly router: ShipmentRouter;
	/** Without anything that the group takes. */
	readonly shelf: StockShelf;
	readonly effectAt: EffectAt;
	readonly at: string;
}

/** Why the order goes out from there, as things are once the whole group is moved. */
function decide({ move, before }: MovingOrder, { router, shelf, effectAt, at }: DecidingParts): RoutingDecision {
	const unitsOf = (takes: readonly SiteTake[], siteId: string, sku?: string) =>
		takes.reduce((sum, each) => {
			return each.siteId === siteId && (sku === undefined || each.sku === sku) ? sum + each.units : sum;
		}, 0);
	const here = new Set(move.held.map(({ siteId }) => siteId));
	const lines = [...Map.groupBy(move.wanted, ({ sku }) => sku)].map(([sku, takes]) => ({
		lineId: '',
		sku,
		quantity: takes.reduce((sum, { units }) => sum + units, 0),
	}));
	const dueAt = move.held.flatMap(({ fulfillmentOrderId }) => before.parts.get(fulfillmentOrderId)?.promisedAt ?? []);
	const shipment = shipmentOfOrder(before, lines, dueAt.toSorted()[0] ?? before.order.promisedAt);
	return router.explain(
		{
			...shipment,
			givenUpBy: shipment.givenUpBy.difference(here),
			decidedAt: at,
			cause: 'batch',
			freeUnits: (siteId, sku) => shelf.free(siteId, sku, effectAt) + unitsOf(move.wanted, siteId, sku),
		},
		{ takes: move.wanted, ownUnitsAt: (siteId) => unitsOf(move.held, siteId) },
	);
}

function nameOf(sites: readonly Site[], siteId: string): string {
	return sites.find(({ id }) => id === siteId)?.name ?? siteId;
}
