import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seeded } from '../simulation/seeded.ts';
import type { Bench, Figures } from './bench.ts';
import { playTrade, type TradePolicy, type TradeResult, tradePolicies, type Wish } from './outage-trade.ts';

const file = join(import.meta.dirname, '..', 'fixtures', 'order-history', 'order-history.csv.gz');
const devices = 2;
/** Half of the wishes come to the site, the other half to the web shop that sells the same shelf. */
const partAtSite = 0.5;
/** A delivery fills the shelf for so many average weeks: some weeks it is not enough. */
const weeksOnShelf = 1.5;
const shares = [0.01, 0.05, 0.2] as const;
/** As the server has it. */
const given = { outageDays: 1, fractile: 0.9, mostPart: 0.5 } as const;

/**
 * A year of a real shop's orders with outages laid over it: what selling rights save and cost beside a site that promises nothing while it is cut off, and
 * beside one that promises by what it last knew. The rights are those of the product itself (forecast, balance, use and release).
 */
export const sellingRights: Bench = {
	name: 'selling-rights',
	run: async () => {
		const { wishes, fullShelf, days } = readHistory();
		const all = shares.map((share) => {
			const cutOff = outagesOf(share, days);
			const played = tradePolicies.map((policy): readonly [TradePolicy, TradeResult] => [
				policy,
				playTrade(wishes, { policy, fullShelf, devices, days, ...given, isCutOff: (hour) => cutOff.has(hour) }),
			]);
			return { share, results: Object.fromEntries(played) as Record<TradePolicy, TradeResult> };
		});
		const figures: Record<string, Figures> = {};
		for (const { share, results } of all) figures[`cut off ${share * 100} %`] = figuresOf(results);
		const worst = all.at(-1)?.results;
		if (worst === undefined) throw new Error('There are shares.');
		const saved = worst.rights.keptUnits - worst.nothing.keptUnits;
		return {
			line:
				`selling-rights: cut off for 20 % of a year, rights keep ${saved} units more than promising nothing offline and break ` +
				`${worst.rights.brokenPromises} promises; optimistic promising breaks ${worst.optimistic.brokenPromises}`,
			budget: 'no promise under a right is broken',
			figures,
		};
	},
};

function figuresOf(results: Record<TradePolicy, TradeResult>): Figures {
	const service = ({ keptUnits, askedUnits }: TradeResult) => Math.round((keptUnits / askedUnits) * 10_000) / 100;
	return Object.fromEntries(
		tradePolicies.map((policy) => [policy, { ...results[policy], servicePercent: service(results[policy]) }]),
	);
}

function readHistory() {
	const random = seeded('selling rights');
	const wishes = gunzipSync(readFileSync(file))
		.toString()
		.trimEnd()
		.split('\n')
		.slice(1)
		.map((line): Wish => {
			const [day = 0, hour = 0, product = 0, quantity = 0] = line.split(',').map(Number);
			const isAtSite = random.chance(partAtSite);
			return { hour: day * 24 + hour, product, quantity, isAtSite, device: random.below(devices) };
		});
	const days = Math.floor((wishes.at(-1)?.hour ?? 0) / 24) + 1;
	const units: number[] = [];
	for (const { product, quantity } of wishes) units[product] = (units[product] ?? 0) + quantity;
	return { wishes, days, fullShelf: units.map((sum) => Math.ceil((sum / days) * 7 * weeksOnShelf)) };
}

/** Hours in which the site is cut off: most outages are over within the hour, some last three days; until they make up this share of the time. */
function outagesOf(share: number, days: number): ReadonlySet<number> {
	const random = seeded('outages', share);
	const hours = days * 24;
	const cut = new Set<number>();
	while (cut.size < share * hours) {
		const minutes = 5 * (3 * 24 * 12) ** random.fraction();
		const start = random.below(hours);
		for (let hour = start; hour < Math.min(hours, start + Math.ceil(minutes / 60)); hour += 1) cut.add(hour);
	}
	return cut;
}
