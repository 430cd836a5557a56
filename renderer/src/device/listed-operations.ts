import type { JournaledOperation } from '../../../shared/device/device-client.ts';

/** Newest first, by `seq`; each operation once. */
export type ListedOperations = readonly JournaledOperation[];

const rank = { saved: 0, sent: 1, confirmed: 2, needs_attention: 2 } as const;

/** Where the first operation stands whose seq is not above this one. */
function placeOf(listed: ListedOperations, seq: number): number {
	let [from, to] = [0, listed.length];
	while (from < to) {
		const middle = (from + to) >>> 1;
		if ((listed[middle]?.operation.seq ?? 0) > seq) from = middle + 1;
		else to = middle;
	}
	return from;
}

/**
 * The list with what is new, at most `limit` long, but never without an operation that is not in its last state. An answer to
 * `operations` may be older than an event that overtook it: the later state stays. Gives the same list when nothing has changed.
 */
export function listWith(listed: ListedOperations, news: ListedOperations, limit: number): ListedOperations {
	const changed = [...listed];
	let hasChanged = false;
	for (const each of news) {
		const { opId, seq } = each.operation;
		let place = placeOf(changed, seq);
		// Two lanes of one device may share a seq.
		while (changed[place]?.operation.seq === seq && changed[place]?.operation.opId !== opId) place++;
		const held = changed[place];
		if (held?.operation.opId !== opId) changed.splice(place, 0, each);
		else if (rank[each.state] < rank[held.state] || isSame(each, held)) continue;
		else changed[place] = each;
		hasChanged = true;
	}
	if (!hasChanged) return listed;
	if (changed.length <= limit) return changed;
	return changed.filter(({ state }, index) => index < limit || rank[state] < 2);
}

function isSame(a: JournaledOperation, b: JournaledOperation): boolean {
	return (
		a.state === b.state && a.outcome?.outcome === b.outcome?.outcome && a.outcome?.position === b.outcome?.position
	);
}

/** The oldest operation that central has not answered, and how many there are. In a lane the answers come in its order. */
export function oldestUnanswered(listed: ListedOperations): JournaledOperation | null {
	let oldest: JournaledOperation | null = null;
	for (const each of listed) {
		if (each.state === 'saved') oldest = each;
		else if (oldest !== null) break;
	}
	return oldest;
}
