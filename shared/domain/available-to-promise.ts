/** Goods that are on their way to a site. */
export interface ExpectedSupply {
	/** Days from today on which they can be counted on: 0 for today. */
	readonly day: number;
	readonly units: number;
	/** The probability that they will have come by then. */
	readonly certainty: number;
}

/** What one site has of one SKU, what is coming and what is wanted. */
export interface StockToPromise {
	/** Units that are available by the ledger; below zero where more went out than was known of. */
	readonly onHand: number;
	/** Of them, units that somebody has a claim on: unexpired reservations, and selling rights that were given out. */
	readonly claimed: number;
	/** Units that rules keep back. */
	readonly keptBack: number;
	/** Where fewer are left, none is promised. */
	readonly threshold: number;
	/** The probability that at least so many of the units on hand are really there. */
	readonly sureOf: (units: number) => number;
	readonly supply: readonly ExpectedSupply[];
	/** Units that are promised already and will leave on a later day. */
	readonly wanted: readonly { readonly day: number; readonly units: number }[];
	/** What customers are expected to want every day. */
	readonly dailyDemand: number;
}

/** From a day on, so many units can be promised in all: those of earlier buckets are among them. */
export interface PromiseBucket {
	readonly day: number;
	readonly units: number;
	/** The probability that all of them will be there. */
	readonly certainty: number;
}

interface Step {
	readonly day: number;
	/** What is left for new promises of goods of this day, so that no later day is left short. */
	readonly left: number;
	readonly units: number;
	/** The least certain supply until then. */
	readonly supplyCertainty: number;
}

/**
 * What can be promised from which day on: cumulative available-to-promise with look-ahead (as in Vollmann et al., Manufacturing Planning
 * and Control). A unit can be promised for a day only if the balance of stock, supply and earlier promises stays above zero on that day
 * and all later ones. What is not here yet is also wanted by the customers of the days until then: so much of the supply is left to them,
 * but never any of what is on hand, which is set aside when it is promised. Units grow from bucket to bucket; a day on which nothing is added has none.
 */
export function promiseBuckets(stock: StockToPromise): readonly PromiseBucket[] {
	const buckets: PromiseBucket[] = [];
	let before = 0;
	for (const step of stepsOf(stock)) {
		if (step.units <= before || step.units < stock.threshold) continue;
		before = step.units;
		buckets.push({ day: step.day, units: step.units, certainty: certaintyOf(stock, step, step.units) });
	}
	return buckets;
}

/** The buckets of a site that gives nothing out before a day: what could be promised earlier is promised for that day. */
export function bucketsFrom(buckets: readonly PromiseBucket[], day: number): readonly PromiseBucket[] {
	if (day <= 0) return buckets;
	const first = buckets.findLast((bucket) => bucket.day <= day);
	const later = buckets.filter((bucket) => bucket.day > day);
	return first === undefined ? later : [{ ...first, day }, ...later];
}

/** The first day from which on so many units can be promised, and how certain just these are; undefined when there is none. */
export function earliestPromise(stock: StockToPromise, quantity: number): Omit<PromiseBucket, 'units'> | undefined {
	const step = stepsOf(stock).find(({ units }) => units >= quantity && units >= stock.threshold);
	return step && { day: step.day, certainty: certaintyOf(stock, step, quantity) };
}

function stepsOf(stock: StockToPromise): readonly Step[] {
	const now = stock.onHand - stock.claimed - stock.keptBack;
	if (stock.supply.length === 0 && stock.wanted.length === 0) {
		const left = Math.max(0, now);
		return [{ day: 0, left, units: left, supplyCertainty: 1 }];
	}
	const days = [...new Set([0, ...stock.supply.map(({ day }) => day), ...stock.wanted.map(({ day }) => day)])].sort(
		(a, b) => a - b,
	);
	const left = days.map((day) => now + sumUntil(stock.supply, day) - sumUntil(stock.wanted, day));
	for (let index = left.length - 2; index >= 0; index -= 1) {
		left[index] = Math.min(left[index] ?? 0, left[index + 1] ?? 0);
	}
	let units = 0;
	return days.map((day, index) => {
		const here = Math.max(0, left[index] ?? 0);
		units = Math.max(units, here - Math.ceil(stock.dailyDemand * day));
		const lots = stock.supply.filter((lot) => lot.day <= day);
		return { day, left: here, units, supplyCertainty: Math.min(1, ...lots.map(({ certainty }) => certainty)) };
	});
}

function sumUntil(lots: readonly { readonly day: number; readonly units: number }[], until: number): number {
	return lots.reduce((sum, { day, units }) => (day <= until ? sum + units : sum), 0);
}

/**
 * The goods must be on the shelf as recorded, the supply must come, and the customers until then must leave enough of it. The three
 * have nothing to do with each other, so that their probabilities multiply.
 */
function certaintyOf(stock: StockToPromise, step: Step, units: number): number {
	const fromShelf = Math.min(units, Math.max(0, stock.onHand - stock.claimed - stock.keptBack));
	const shelf = fromShelf > 0 ? stock.sureOf(stock.claimed + fromShelf) : 1;
	if (units === fromShelf) return shelf;
	return shelf * step.supplyCertainty * poissonAtMost(step.left - units, stock.dailyDemand * step.day);
}

/** The probability of at most `count` events where `mean` are expected (Poisson; for large means by the normal distribution). */
export function poissonAtMost(count: number, mean: number): number {
	if (count < 0) return 0;
	if (mean <= 0) return 1;
	if (mean > 100) return normalBelow((count + 0.5 - mean) / Math.sqrt(mean));
	let term = Math.exp(-mean);
	let sum = term;
	for (let events = 1; events <= count; events += 1) {
		term *= mean / events;
		sum += term;
		if (events > mean && term < 1e-12) break;
	}
	return Math.min(1, sum);
}

/** The standard normal distribution, by Abramowitz and Stegun 26.2.17 (error below 7.5e-8). */
function normalBelow(z: number): number {
	const t = 1 / (1 + 0.2316419 * Math.abs(z));
	const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
	return z >= 0 ? 1 - tail : tail;
}

/**
 * The probability that supply has come by its expected day, from what its source has done before; ten deliveries of which eight came in
 * time are assumed of one that nobody knows (a beta prior). Each day that it is late already halves the trust in the next one.
 */
export function supplyCertainty(
	{ inTime, deliveries }: { readonly inTime: number; readonly deliveries: number },
	daysLate: number,
): number {
	return ((inTime + 8) / (deliveries + 10)) * 0.5 ** Math.max(0, daysLate);
}
