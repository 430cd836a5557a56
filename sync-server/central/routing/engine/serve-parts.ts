import { contains, stepsOf } from './demand-shape.ts';
import { choosePartParcels, type ParcelTable, parcelsOf } from './parcel-table.ts';

/**
 * What it costs at least to serve or leave each part of one order, each parcel with a split penalty; filled in as it is asked for.
 * `by` is the parcel that serves a part's first line: -1 the line stays unfilled, -2 not known yet, -3 (in a layer) the layer's site sends nothing.
 */
export interface PartCosts {
	cost: Float64Array;
	by: Int32Array;
}

export function openPartCosts(): PartCosts {
	return { cost: new Float64Array(0), by: new Int32Array(0) };
}

export function forgetPartCosts(costs: PartCosts, states: number): void {
	if (costs.cost.length < states) {
		costs.cost = new Float64Array(states);
		costs.by = new Int32Array(states);
	}
	costs.by.fill(-2, 0, states);
}

/**
 * The dynamic program over the parts of one order: a parcel for the first line that is left, then what is left of the part.
 * It may take two parcels from one site, which its stock may not suffice for: `cheapestParcels` sees to that.
 */
export function servePart(table: ParcelTable, costs: PartCosts, part: number): number {
	if (part === 0) return 0;
	if (costs.by[part] !== -2) return costs.cost[part] as number;
	const { shape, partCost, partParcel } = table;
	const { codes, freeBits } = shape;
	const line = shape.firstLine[part] as number;
	const code = (codes[part] as number) | freeBits;
	let best = Number.POSITIVE_INFINITY;
	let by = -1;
	for (const piece of table.partsOfLine[line] as number[]) {
		const cost = partCost[piece] as number;
		if (cost >= best || ((code - (codes[piece] as number)) & freeBits) !== freeBits) continue;
		const whole = cost + servePart(table, costs, part - piece);
		if (whole < best) {
			best = whole;
			by = partParcel[piece] as number;
		}
	}
	const steps = stepsOf(shape, part, line);
	const unfilled = steps * (table.stepUnits[line] as number) * table.unfilledPenalty;
	if (unfilled < best) {
		const whole = unfilled + servePart(table, costs, part - steps * (shape.strides[line] as number));
		if (whole < best) {
			best = whole;
			by = -1;
		}
	}
	costs.cost[part] = best;
	costs.by[part] = by;
	return best;
}

/**
 * The cheapest parcels for a whole order, one a site at most, each with a split penalty. A site that the dynamic program took twice gets a layer of its
 * own, in which it sends one parcel or none, and the program is asked again.
 */
export function cheapestParcels(table: ParcelTable, layers: PartCosts[]): readonly number[] {
	const full = table.shape.states - 1;
	const candidates: number[] = [];
	for (;;) {
		for (let layer = 0; layer <= candidates.length; layer += 1) {
			layers[layer] ??= openPartCosts();
			forgetPartCosts(layers[layer] as PartCosts, table.shape.states);
		}
		serveInLayers(table, layers, candidates, candidates.length, full);
		const parcels = traceParcels(table, layers, candidates);
		const seen = new Set<number>();
		const before = candidates.length;
		for (const parcel of parcels) {
			const candidate = table.candidate[parcel] as number;
			if (seen.has(candidate) && !candidates.includes(candidate)) candidates.push(candidate);
			seen.add(candidate);
		}
		if (candidates.length === before) return parcels;
		choosePartParcels(table, candidates);
	}
}

function serveInLayers(
	table: ParcelTable,
	layers: readonly PartCosts[],
	candidates: readonly number[],
	layer: number,
	part: number,
): number {
	const costs = layers[layer] as PartCosts;
	if (layer === 0) return servePart(table, costs, part);
	if (part === 0) return 0;
	if (costs.by[part] !== -2) return costs.cost[part] as number;
	let best = serveInLayers(table, layers, candidates, layer - 1, part);
	let by = -3;
	const [from, until] = parcelsOf(table, candidates[layer - 1] as number);
	for (let parcel = from; parcel < until; parcel += 1) {
		const cost = table.cost[parcel] as number;
		const piece = table.part[parcel] as number;
		if (cost >= best || !contains(table.shape, part, piece)) continue;
		const whole = cost + serveInLayers(table, layers, candidates, layer - 1, part - piece);
		if (whole < best) {
			best = whole;
			by = parcel;
		}
	}
	costs.cost[part] = best;
	costs.by[part] = by;
	return best;
}

function traceParcels(table: ParcelTable, layers: readonly PartCosts[], candidates: readonly number[]): number[] {
	const { shape } = table;
	const parcels: number[] = [];
	let part = shape.states - 1;
	let layer = candidates.length;
	while (part > 0) {
		const by = layers[layer]?.by[part] as number;
		if (by >= 0) {
			parcels.push(by);
			part -= table.part[by] as number;
		} else if (by === -1) {
			const line = shape.firstLine[part] as number;
			part -= stepsOf(shape, part, line) * (shape.strides[line] as number);
		}
		if (layer > 0) layer -= 1;
	}
	return parcels;
}

/** What leaving a part costs. */
export function unfilledCost({ shape, lineCount, stepUnits, unfilledPenalty }: ParcelTable, part: number): number {
	let units = 0;
	for (let line = 0; line < lineCount; line += 1) units += stepsOf(shape, part, line) * (stepUnits[line] as number);
	return units * unfilledPenalty;
}

/** Branches after which a search ends with what it has. */
const mostBranches = 4000;

/**
 * Finds the sets of parcels, one a site at most, that cost no more than `limit` with a split penalty each: depth first, with what is left at its bound.
 */
export function searchParcels(
	table: ParcelTable,
	costs: PartCosts,
	limit: number,
	found: (parcels: readonly number[]) => void,
): void {
	const { shape } = table;
	const parcelsOfLine: number[][] = table.steps.map(() => []);
	for (let parcel = 0; parcel < table.count; parcel += 1) {
		parcelsOfLine[shape.firstLine[table.part[parcel] as number] as number]?.push(parcel);
	}
	const chosen: number[] = [];
	let branches = 0;
	const visit = (part: number, cost: number, lastLine: number): void => {
		if (part === 0) {
			found(chosen);
			return;
		}
		const line = shape.firstLine[part] as number;
		for (const parcel of parcelsOfLine[line] as number[]) {
			const piece = table.part[parcel] as number;
			const whole = cost + (table.cost[parcel] as number);
			if (whole > limit || !contains(shape, part, piece)) continue;
			if (whole + servePart(table, costs, part - piece) > limit) continue;
			const candidate = table.candidate[parcel] as number;
			// Two parcels with the same first line could come in two sequences; one is enough.
			const last = chosen.at(-1);
			if (lastLine === line && last !== undefined && (table.candidate[last] as number) >= candidate) continue;
			if (chosen.some((other) => table.candidate[other] === candidate)) continue;
			branches += 1;
			if (branches > mostBranches) return;
			chosen.push(parcel);
			visit(part - piece, whole, line);
			chosen.pop();
		}
		const steps = stepsOf(shape, part, line);
		const rest = part - steps * (shape.strides[line] as number);
		const unfilled = cost + steps * (table.stepUnits[line] as number) * table.unfilledPenalty;
		if (unfilled + servePart(table, costs, rest) <= limit) visit(rest, unfilled, -1);
	};
	visit(shape.states - 1, 0, -1);
}
