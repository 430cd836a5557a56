import type { Decision } from './decision.ts';

/**
 * The smallest part of these steps that still fails, by delta debugging (Zeller and Hildebrandt 2002, ddmin): leaves out ever
 * smaller pieces as long as it fails without them.
 * @param fails whether a story of these steps breaks the same invariant
 */
export async function shrinkStory(
	decisions: readonly Decision[],
	fails: (part: readonly Decision[]) => Promise<boolean>,
	mostRuns = 300,
): Promise<readonly Decision[]> {
	let smallest = decisions;
	let runs = 0;
	let size = Math.ceil(smallest.length / 2);
	while (size >= 1 && runs < mostRuns) {
		let isSmaller = false;
		for (let start = smallest.length - size; start > -size && runs < mostRuns; start -= size) {
			const from = Math.max(0, start);
			const part = [...smallest.slice(0, from), ...smallest.slice(start + size)];
			if (part.length === smallest.length) continue;
			runs += 1;
			if (!(await fails(part))) continue;
			smallest = part;
			isSmaller = true;
		}
		if (size === 1 && !isSmaller) break;
		size = size === 1 ? 1 : Math.ceil(size / 2);
	}
	return smallest;
}
