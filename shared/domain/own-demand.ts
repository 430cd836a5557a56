/** How often a SKU was wanted at a site itself, the longer ago the less it counts. */
export interface OwnDemand {
	/** Units, each day's weighted by its age. */
	readonly units: number;
	/** The sum of the weights of the days that were looked at. */
	readonly days: number;
}

/** What a site expects of an outage, and how much it minds. */
export interface OutageExpectation {
	/** How long an outage is reckoned to last, in days. */
	readonly days: number;
	/** How likely the rights should last so long, from 0 to 1: the cost of a lost sale over the sum of that and of a unit that lay idle (newsvendor). */
	readonly fractile: number;
}

/** What is thought of a SKU before anything was seen of it: as if a tenth of a unit had been wanted in two days. */
const prior = { units: 0.1, days: 2 } as const;
const mostUnits = 10_000;

/**
 * Exponential smoothing: a day counts half as much as one that is `halfLifeDays` younger.
 * @param unitsByAge units wanted so many days ago, today's first; a day without any is a 0
 */
export function smoothedDemand(unitsByAge: readonly number[], halfLifeDays: number): OwnDemand {
	const weight = (age: number) => 0.5 ** (age / halfLifeDays);
	return unitsByAge.reduce(
		(sum, units, age) => ({ units: sum.units + units * weight(age), days: sum.days + weight(age) }),
		{ units: 0, days: 0 },
	);
}

/**
 * The smallest number of units that is enough for an outage with the wanted likelihood. Demand is Poisson with a rate that is known as well as
 * the past tells (a gamma distribution), so what an outage wants is negative binomial; see Gelman et al., Bayesian Data Analysis, 2.6.
 */
export function rightsWanted({ units, days }: OwnDemand, { days: outageDays, fractile }: OutageExpectation): number {
	const shape = prior.units + units;
	const rate = prior.days + days;
	const another = outageDays / (rate + outageDays);
	let likelihood = (1 - another) ** shape;
	let sum = likelihood;
	for (let wanted = 0; wanted < mostUnits; wanted += 1) {
		if (sum >= fractile) return wanted;
		likelihood *= ((shape + wanted) / (wanted + 1)) * another;
		sum += likelihood;
	}
	return mostUnits;
}
