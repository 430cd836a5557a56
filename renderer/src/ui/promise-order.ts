/** Sorts by promise, the earliest first; equal promises keep their order by id, so that rows don't jump. */
export function inOrderOfPromise<T extends { readonly id: string; readonly promisedAt: string }>(
	all: readonly T[],
): readonly T[] {
	return all
		.map((each) => ({ each, at: Temporal.Instant.from(each.promisedAt).epochMilliseconds }))
		.sort((a, b) => a.at - b.at || (a.each.id < b.each.id ? -1 : 1))
		.map(({ each }) => each);
}
