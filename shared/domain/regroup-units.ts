import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { Author, LineUnits } from './decision.ts';
import { mergeUnits } from './line-units.ts';
import {
	assignUnits,
	happen,
	type NewPart,
	type OrderParts,
	otherPart,
	partOf,
	settleParts,
	templateOf,
	unpickedSteps,
} from './order-parts.ts';

/** Units of a SKU, wherever in the order they are asked for. */
export interface UnitsAtSite {
	readonly siteId: string;
	readonly sku: string;
	readonly units: number;
}

/** Units of a line that a part gives away. */
interface Piece extends LineUnits {
	readonly from: string;
	readonly siteId: string;
}

/**
 * Brings units that nobody has picked to the sites where they are wanted, at each of them under one new part, even where the site has some of them
 * already: two parts would be two parcels. A part of which its site keeps all that is wanted there stays as it is. The caller has made sure that the sites hold the units.
 * @param partIds the parts that give units away, none of them started
 * @param wanted each site and SKU once; not more than the parts have to pick
 */
export function regroupUnits(
	all: OrderParts,
	partIds: readonly string[],
	wanted: readonly UnitsAtSite[],
	newPart: (current: OrderParts, siteId: string) => NewPart,
	author: Author,
): OrderParts {
	const parts = partIds.map((id) => partOf(all, id)).sort((a, b) => (a.promisedAt < b.promisedAt ? -1 : 1));
	const { pool, needs } = whatMoves(parts.flatMap(piecesOf), wanted);
	let current = all;
	for (const [siteId, needed] of needs) {
		const taken = needed.flatMap((each) => takeFromPool(pool, siteId, each));
		const to = newPart(current, siteId);
		const givers = parts.filter(({ id }) => taken.some(({ from }) => from === id));
		const [first] = givers;
		if (first === undefined) continue;
		const template = templateOf(all, first);
		for (const { id } of givers) {
			const steps = unpickedSteps(taken.filter(({ from }) => from === id).map(unitsOf));
			current = happen(current, partOf(current, id), { kind: 'moved', steps, to: otherPart(to) }, author);
		}
		const lines = givers.flatMap((giver) => giver.lines);
		current = assignUnits(current, { ...template, lines }, mergeUnits(taken.map(unitsOf)), to, 'open', author);
	}
	return settleParts(current);
}

const unitsOf = ({ lineId, sku, quantity }: Piece): LineUnits => ({ lineId, sku, quantity });

function piecesOf({ id, siteId, lines }: FulfillmentOrder): readonly Piece[] {
	return lines.flatMap(({ lineId, sku, quantities: { toPick } }) =>
		toPick > 0 ? [{ from: id, siteId, lineId, sku, quantity: toPick }] : [],
	);
}

/** What is given away, and what each site is to get. */
function whatMoves(pieces: readonly Piece[], wanted: readonly UnitsAtSite[]) {
	const pool: { piece: Piece; left: number }[] = [];
	const needs = new Map<string, readonly UnitsAtSite[]>();
	const wantedAt = Map.groupBy(wanted, ({ siteId }) => siteId);
	for (const [siteId, here] of Map.groupBy(pieces, (piece) => piece.siteId)) {
		const kept = new Map((wantedAt.get(siteId) ?? []).map(({ sku, units }) => [sku, units]));
		const isEnough = [...kept].every(([sku, units]) => unitsOfSku(here, sku) >= units);
		if (!isEnough) kept.clear();
		else wantedAt.delete(siteId);
		for (const piece of here) {
			const staying = Math.min(piece.quantity, kept.get(piece.sku) ?? 0);
			kept.set(piece.sku, (kept.get(piece.sku) ?? 0) - staying);
			if (staying < piece.quantity) pool.push({ piece, left: piece.quantity - staying });
		}
	}
	for (const [siteId, needed] of wantedAt) needs.set(siteId, needed);
	return { pool, needs };
}

function unitsOfSku(pieces: readonly Piece[], sku: string): number {
	return pieces.reduce((sum, piece) => sum + (piece.sku === sku ? piece.quantity : 0), 0);
}

/** What the site has itself comes first. */
function takeFromPool(
	pool: readonly { readonly piece: Piece; left: number }[],
	siteId: string,
	{ sku, units }: UnitsAtSite,
): readonly Piece[] {
	let missing = units;
	const ofSku = pool.filter(({ piece }) => piece.sku === sku);
	const [own, others] = [true, false].map((isOwn) => ofSku.filter(({ piece }) => (piece.siteId === siteId) === isOwn));
	const taken = [...(own ?? []), ...(others ?? [])].flatMap((each): Piece[] => {
		const quantity = Math.min(missing, each.left);
		each.left -= quantity;
		missing -= quantity;
		return quantity > 0 ? [{ ...each.piece, quantity }] : [];
	});
	if (missing > 0) throw new Error(`The parts have not ${units} of ${sku} to give to ${siteId}`);
	return taken;
}
