export type Place = { readonly lat: number; readonly lon: number };

/** Great-circle distance in kilometers (haversine, mean earth radius). */
export function kilometersBetween(from: Place, to: Place): number {
	const radians = (degrees: number) => (degrees * Math.PI) / 180;
	const half =
		Math.sin(radians(to.lat - from.lat) / 2) ** 2 +
		Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(to.lon - from.lon) / 2) ** 2;
	return 2 * 6371.0088 * Math.asin(Math.sqrt(half));
}

/** The nearest of the places; of two equally near ones the first. */
export function nearest<T extends Place>(place: Place, candidates: readonly T[]): T {
	let best: T | undefined;
	let bestKilometers = Number.POSITIVE_INFINITY;
	for (const candidate of candidates) {
		const kilometers = kilometersBetween(place, candidate);
		if (kilometers < bestKilometers) [best, bestKilometers] = [candidate, kilometers];
	}
	if (best === undefined) throw new Error('There is no place to choose from');
	return best;
}
