import { type DemandShape, makeShape } from './demand-shape.ts';
import type { Prices, Supply } from './network.ts';
import type { Offers } from './offers.ts';

/**
 * All parcels that could serve a part of one order, with what they cost at given prices. A part is a state of the order's shape.
 * One table is filled again for each order, so that the inner loop allocates nothing.
 */
export interface ParcelTable {
	order: number;
	lineCount: number;
	shape: DemandShape;
	/** Units of one step, by line. */
	readonly stepUnits: number[];
	readonly steps: number[];
	unfilledPenalty: number;
	/** Of each parcel its part, its candidate, its units, and its cost with prices and one split penalty. */
	count: number;
	readonly part: number[];
	readonly candidate: number[];
	readonly units: number[];
	readonly cost: number[];
	/** The first parcel of each candidate from `firstCandidate` on, and after the last. */
	readonly parcelStart: number[];
	firstCandidate: number;
	/** The cheapest parcel of each part: its cost (infinite where there is none) and its number. */
	partCost: Float64Array;
	partParcel: Int32Array;
	/** The parts that some parcel serves, by their first line. */
	readonly partsOfLine: number[][];
	readonly shapes: Map<string, DemandShape | undefined>;
	readonly shapeOfOrder: (DemandShape | undefined)[];
}

export function openParcelTable(): ParcelTable {
	return {
		order: 0,
		lineCount: 0,
		shape: makeShape([1]) as DemandShape,
		stepUnits: [],
		steps: [],
		unfilledPenalty: 0,
		count: 0,
		part: [],
		candidate: [],
		units: [],
		cost: [],
		parcelStart: [],
		firstCandidate: 0,
		partCost: new Float64Array(0),
		partParcel: new Int32Array(0),
		partsOfLine: [],
		shapes: new Map(),
		shapeOfOrder: [],
	};
}

/**
 * Chooses the steps in which an order's lines can be served from this supply.
 * @returns false where the order has too many states to be looked at exactly
 */
export function turnToOrder(table: ParcelTable, offers: Offers, order: number, supply: Supply): boolean {
	const { lineStart, lineUnits, candidateStart, offerStart, offerLine, network } = offers;
	const { steps, stepUnits } = table;
	const firstLine = lineStart[order] as number;
	const lineCount = (lineStart[order + 1] as number) - firstLine;
	table.order = order;
	table.lineCount = lineCount;
	table.unfilledPenalty = offers.unfilledPenalty[order] as number;
	steps.length = lineCount;
	for (let line = 0; line < lineCount; line += 1) {
		steps[line] = 1;
		stepUnits[line] = lineUnits[firstLine + line] as number;
	}
	const endOfCandidates = candidateStart[order + 1] as number;
	for (let candidate = candidateStart[order] as number; candidate < endOfCandidates; candidate += 1) {
		const capacity = supply[network.firstCapacity + (offers.candidateSite[candidate] as number)] as number;
		if (capacity <= 0) continue;
		const from = offerStart[candidate] as number;
		const until = offerStart[candidate + 1] as number;
		let all = 0;
		for (let offer = from; offer < until; offer += 1) all += freeUnits(offers, offer, supply);
		for (let offer = from; offer < until; offer += 1) {
			const units = lineUnits[firstLine + (offerLine[offer] as number)] as number;
			const free = freeUnits(offers, offer, supply);
			if (free === 0 || (free === units && all <= capacity)) continue;
			steps[offerLine[offer] as number] = units;
			stepUnits[offerLine[offer] as number] = 1;
		}
	}
	return chooseShape(table);
}

function chooseShape(table: ParcelTable): boolean {
	const known = table.shapeOfOrder[table.order];
	if (known !== undefined && isSame(known.steps, table.steps)) {
		table.shape = known;
		return true;
	}
	const key = table.steps.join();
	if (!table.shapes.has(key)) table.shapes.set(key, makeShape([...table.steps]));
	const shape = table.shapes.get(key);
	table.shapeOfOrder[table.order] = shape;
	if (shape !== undefined) table.shape = shape;
	return shape !== undefined;
}

/** Fills the table with all parcels of the order that it was turned to. */
export function fillParcels(table: ParcelTable, offers: Offers, prices: Prices, supply: Supply): void {
	const { order, shape } = table;
	if (table.partCost.length < shape.states) {
		table.partCost = new Float64Array(shape.states);
		table.partParcel = new Int32Array(shape.states);
	}
	table.count = 0;
	table.parcelStart.length = 0;
	table.firstCandidate = offers.candidateStart[order] as number;
	const end = offers.candidateStart[order + 1] as number;
	for (let candidate = table.firstCandidate; candidate < end; candidate += 1) {
		table.parcelStart.push(table.count);
		growParcels(table, offers, candidate, prices, supply);
	}
	table.parcelStart.push(table.count);
	choosePartParcels(table, []);
}

/** The numbers of a candidate's parcels: from the first until before the second. */
export function parcelsOf({ parcelStart, firstCandidate }: ParcelTable, candidate: number): readonly [number, number] {
	return [parcelStart[candidate - firstCandidate] as number, parcelStart[candidate - firstCandidate + 1] as number];
}

/** Finds the cheapest parcel of each part, without those of some candidates. */
export function choosePartParcels(table: ParcelTable, without: readonly number[]): void {
	const { shape, partsOfLine, part, cost, partCost, partParcel } = table;
	partCost.fill(Number.POSITIVE_INFINITY, 0, shape.states);
	for (let line = 0; line < table.lineCount; line += 1) {
		const parts = partsOfLine[line];
		if (parts === undefined) partsOfLine[line] = [];
		else parts.length = 0;
	}
	for (let parcel = 0; parcel < table.count; parcel += 1) {
		const served = part[parcel] as number;
		const known = partCost[served] as number;
		if ((cost[parcel] as number) >= known) continue;
		if (without.length > 0 && without.includes(table.candidate[parcel] as number)) continue;
		if (known === Number.POSITIVE_INFINITY) partsOfLine[shape.firstLine[served] as number]?.push(served);
		partCost[served] = cost[parcel] as number;
		partParcel[served] = parcel;
	}
}

/** All parcels of one candidate: each offer is added to those that there are, in each number of steps. */
function growParcels(table: ParcelTable, offers: Offers, candidate: number, prices: Prices, supply: Supply): void {
	const { part, units, cost, stepUnits, shape } = table;
	const capacityAt = offers.network.firstCapacity + (offers.candidateSite[candidate] as number);
	const capacity = supply[capacityAt] as number;
	if (capacity <= 0) return;
	const from = table.count;
	let count = from + 1;
	part[from] = 0;
	units[from] = 0;
	table.candidate[from] = candidate;
	cost[from] = (offers.parcelCost[candidate] as number) + (offers.splitPenalty[table.order] as number);
	const until = offers.offerStart[candidate + 1] as number;
	for (let offer = offers.offerStart[candidate] as number; offer < until; offer += 1) {
		const line = offers.offerLine[offer] as number;
		const perStep = stepUnits[line] as number;
		const most = Math.floor(freeUnits(offers, offer, supply) / perStep);
		if (most <= 0) continue;
		const stride = shape.strides[line] as number;
		const handling = offers.handlingCost[offer] as number;
		const perUnit =
			(offers.costPerUnit[offer] as number) +
			(prices[offers.offerStock[offer] as number] as number) +
			(prices[capacityAt] as number);
		const last = count;
		for (let step = 1; step <= most; step += 1) {
			const added = step * perStep;
			for (let parcel = from; parcel < last; parcel += 1) {
				const whole = (units[parcel] as number) + added;
				if (whole > capacity) continue;
				units[count] = whole;
				part[count] = (part[parcel] as number) + stride * step;
				table.candidate[count] = candidate;
				cost[count] = (cost[parcel] as number) + handling + perUnit * added;
				count += 1;
			}
		}
	}
	// The empty parcel was only there to grow from.
	count -= 1;
	part[from] = part[count] as number;
	units[from] = units[count] as number;
	cost[from] = cost[count] as number;
	table.count = count;
}

export function freeUnits({ offerUnits, offerStock }: Offers, offer: number, supply: Supply): number {
	return Math.min(offerUnits[offer] as number, supply[offerStock[offer] as number] as number);
}

function isSame(known: readonly number[], steps: readonly number[]): boolean {
	if (known.length !== steps.length) return false;
	for (let line = 0; line < steps.length; line += 1) if (known[line] !== steps[line]) return false;
	return true;
}
