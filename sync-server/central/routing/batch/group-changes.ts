/** Units of a resource: of a stock position, or of a site's capacity. */
export interface ResourceUnits {
	readonly resource: number;
	readonly units: number;
}

/** One order that would take other units than it has now. */
export interface PlanChange {
	readonly before: readonly ResourceUnits[];
	readonly after: readonly ResourceUnits[];
	/** What it would save, with what moving costs taken off; below zero where it gives way to others. */
	readonly gain: number;
}

export interface SharedResources {
	/** All there is of each resource, with what orders have now. */
	readonly supply: ArrayLike<number>;
	/** What orders have of it now, those among them that don't change. Never more than the supply. */
	readonly used: ArrayLike<number>;
	/** From this resource on they are capacities: running over for a moment promises nothing that isn't there. */
	readonly firstCapacity: number;
	/** Changes that may depend on each other: they are made in one transaction. */
	readonly mostTogether: number;
}

/** Below this a gain is rounding. */
const leastGain = 1e-6;

/**
 * Puts together the changes that need each other: who takes what another one frees goes with him, or neither does. Each group keeps to what there
 * is by itself, whichever others are made or not, and saves something. A change that takes more than there is, because somebody stays, is left out.
 * @returns the groups as indexes of the changes, those that save the most first
 */
export function groupChanges(
	changes: readonly PlanChange[],
	resources: SharedResources,
): readonly (readonly number[])[] {
	const deltas = changes.map(deltaOf);
	const gainOf = (group: readonly number[]) =>
		group.reduce((sum, index) => sum + (changes[index] as PlanChange).gain, 0);
	let among = changes.map((_, index) => index);
	for (;;) {
		const possible = possibleChanges(among, changes, deltas, resources);
		const { groups, leftOut } = linkChanges(possible, deltas, resources);
		if (leftOut.size === 0) {
			return groups.filter((group) => gainOf(group) > leastGain).sort((a, b) => gainOf(b) - gainOf(a));
		}
		among = possible.filter((index) => !leftOut.has(index));
	}
}

type Delta = ReadonlyMap<number, number>;

/** What a change takes more of each resource, or less. */
function deltaOf({ before, after }: PlanChange): Delta {
	const delta = new Map<number, number>();
	const add = (resource: number, units: number) => delta.set(resource, units + (delta.get(resource) ?? 0));
	for (const { resource, units } of after) add(resource, units);
	for (const { resource, units } of before) add(resource, -units);
	return new Map([...delta].filter(([, units]) => units !== 0));
}

/** Without those that take more than there is when all of these are made; those that save the least go first. */
function possibleChanges(
	among: readonly number[],
	changes: readonly PlanChange[],
	deltas: readonly Delta[],
	{ supply, used }: SharedResources,
): number[] {
	const active = new Set(among);
	for (;;) {
		const load = new Map<number, number>();
		const takers = new Map<number, number[]>();
		for (const index of active) {
			for (const [resource, units] of deltas[index] as Delta) {
				load.set(resource, units + (load.get(resource) ?? (used[resource] as number)));
				if (units <= 0) continue;
				const known = takers.get(resource);
				if (known === undefined) takers.set(resource, [index]);
				else known.push(index);
			}
		}
		let isPossible = true;
		for (const [resource, units] of load) {
			let excess = units - (supply[resource] as number);
			if (excess <= 0) continue;
			isPossible = false;
			const dearest = (takers.get(resource) ?? []).sort(
				(a, b) => (changes[a] as PlanChange).gain - (changes[b] as PlanChange).gain,
			);
			for (const index of dearest) {
				if (excess <= 0) break;
				active.delete(index);
				excess -= (deltas[index] as Delta).get(resource) ?? 0;
			}
		}
		if (isPossible) return [...active];
	}
}

/** Each unit beyond what is free is matched with one who gives it up. */
function linkChanges(possible: readonly number[], deltas: readonly Delta[], resources: SharedResources) {
	const { supply, used, firstCapacity, mostTogether } = resources;
	const groups = openGroups(possible);
	const leftOut = new Set<number>();
	const byResource = Map.groupBy(
		possible.flatMap((index) => [...(deltas[index] as Delta)].map(([resource, units]) => ({ index, resource, units }))),
		({ resource }) => resource,
	);
	// Stock first: its links are needed, those of capacity are only wanted.
	for (const [resource, all] of [...byResource].sort(([a], [b]) => a - b)) {
		const givers = all.filter(({ units }) => units < 0).map(({ index, units }) => ({ index, left: -units }));
		let free = (supply[resource] as number) - (used[resource] as number);
		for (const { index, units } of all.filter((each) => each.units > 0)) {
			let missing = units - Math.min(free, units);
			free -= units - missing;
			const inOrder = [...givers.filter((one) => groups.isOne(one.index, index)), ...givers];
			for (const giver of inOrder) {
				if (missing === 0) break;
				const given = Math.min(giver.left, missing);
				if (given === 0) continue;
				giver.left -= given;
				missing -= given;
				const isLinked = groups.join(index, giver.index, mostTogether);
				if (!isLinked && resource < firstCapacity) leftOut.add(index);
			}
		}
	}
	return { groups: groups.all(), leftOut };
}

function openGroups(members: readonly number[]) {
	const groups = new Map<number, number[]>(members.map((index) => [index, [index]]));
	return {
		isOne: (one: number, other: number) => groups.get(one) === groups.get(other),
		/** @returns false where the group would be too large */
		join(one: number, other: number, most: number): boolean {
			const [into, from] = [groups.get(one) as number[], groups.get(other) as number[]];
			if (into === from) return true;
			if (into.length + from.length > most) return false;
			for (const index of from) {
				into.push(index);
				groups.set(index, into);
			}
			return true;
		},
		all: (): number[][] => [...new Set(groups.values())],
	};
}
