import type { StockHealth } from '../../../../shared/domain/routing-rules.ts';
import type { ReplayDay } from './replay-day.ts';

/** The stock of a day while its orders are replayed. */
export interface ReplayStock {
	/** Lets happen what came and went until an instant. */
	advanceTo(instant: string): void;
	onHand(siteId: string, sku: string): number;
	take(siteId: string, sku: string, units: number): void;
	healthAt(siteId: string, sku: string): StockHealth;
}

interface Shelf {
	units: number;
	readonly unitsPerDay: number;
	readonly confidence: number;
}

/** Neither id has a control character. The schemas that know how a position is named are slow to load in a new thread. */
const positionKey = (siteId: string, sku: string) => `${siteId}\n${sku}`;
const certain = { unitsPerDay: 0, confidence: 1 };

export function openReplayStock({ stock, changes }: Pick<ReplayDay, 'stock' | 'changes'>): ReplayStock {
	const shelves = new Map<string, Shelf>();
	for (const { siteId, sku, ...shelf } of stock) shelves.set(positionKey(siteId, sku), { ...shelf });
	let next = 0;
	const add = (siteId: string, sku: string, units: number) => {
		const id = positionKey(siteId, sku);
		const shelf = shelves.get(id);
		if (shelf === undefined) shelves.set(id, { units, ...certain });
		else shelf.units += units;
	};
	const onHand = (siteId: string, sku: string) => Math.max(0, shelves.get(positionKey(siteId, sku))?.units ?? 0);
	return {
		onHand,
		take: (siteId, sku, units) => add(siteId, sku, -units),
		advanceTo(instant) {
			const untilMs = Date.parse(instant);
			for (let change = changes[next]; change && Date.parse(change.at) <= untilMs; change = changes[++next]) {
				add(change.siteId, change.sku, change.units);
			}
		},
		healthAt(siteId, sku) {
			const { unitsPerDay, confidence } = shelves.get(positionKey(siteId, sku)) ?? certain;
			const coverWeeks = unitsPerDay > 0 ? onHand(siteId, sku) / (unitsPerDay * 7) : Number.POSITIVE_INFINITY;
			return { coverWeeks, confidence };
		},
	};
}
