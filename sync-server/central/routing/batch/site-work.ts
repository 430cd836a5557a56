import { leavesAt } from '../workload.ts';
import type { BatchQuestion, MovableOrder } from './batch-question.ts';

/** What sites have to do, and when a parcel would leave them. Sites and orders are named by their index in the question. */
export interface SiteWork {
	/** Units that movable orders have at a site now. */
	movableUnits(site: number): number;
	/** When a parcel of an order would leave a site: after its fixed work and the movable orders there that are promised earlier. */
	leavesAt(order: number, site: number, units: number): string;
}

interface Queue {
	/** The ranks of the orders, ascending. */
	readonly ranks: number[];
	/** The units up to and with each of them. */
	readonly unitsUpTo: number[];
}

export function siteWork({ at, orders, sites, fixedWork }: BatchQuestion): SiteWork {
	const siteIndex = new Map(sites.map(({ id }, index) => [id, index]));
	const inTurn = orders
		.map(({ dueAt, orderId }, index) => ({ due: Date.parse(dueAt), orderId, index }))
		.sort((a, b) => a.due - b.due || (a.orderId < b.orderId ? -1 : 1));
	const rankOf = new Int32Array(orders.length);
	const queues = sites.map((): Queue => ({ ranks: [], unitsUpTo: [] }));
	inTurn.forEach(({ index }, rank) => {
		rankOf[index] = rank;
		const bySite = Map.groupBy((orders[index] as MovableOrder).held, ({ siteId }) => siteId);
		for (const [siteId, held] of bySite) {
			const queue = queues[siteIndex.get(siteId) ?? -1];
			queue?.ranks.push(rank);
			queue?.unitsUpTo.push(held.reduce((sum, { units }) => sum + units, queue.unitsUpTo.at(-1) ?? 0));
		}
	});
	const leaving = new Map<string, string>();
	return {
		movableUnits: (site) => queues[site]?.unitsUpTo.at(-1) ?? 0,
		leavesAt(order, index, units) {
			const site = sites[index] as (typeof sites)[number];
			const before = unitsBefore(queues[index] as Queue, rankOf[order] as number);
			const ahead = (fixedWork.get(site.id) ?? 0) + before;
			const { dailyCapacityUnits } = site;
			const days = dailyCapacityUnits > 0 ? Math.floor((ahead + units - 1) / dailyCapacityUnits) : 0;
			const key = `${index} ${days}`;
			const known = leaving.get(key);
			if (known !== undefined) return known;
			// The calendar is slow to ask, and says the same for all units of a day.
			const leaves = leavesAt(site, at, days * dailyCapacityUnits, 1);
			leaving.set(key, leaves);
			return leaves;
		},
	};
}

/** The units of those who come before a rank. */
function unitsBefore({ ranks, unitsUpTo }: Queue, rank: number): number {
	let [from, until] = [0, ranks.length];
	while (from < until) {
		const middle = (from + until) >> 1;
		if ((ranks[middle] as number) < rank) from = middle + 1;
		else until = middle;
	}
	return unitsUpTo[from - 1] ?? 0;
}
