import type { ParcelRates } from './routing-problem.ts';

const radiansPerDegree = Math.PI / 180;
/** Twice the mean earth radius of the IUGG, 6371.0088 km. */
const earthDiameterKm = 12742.0176;

/** A place with what the haversine needs of it, so that a matrix of distances takes no sine of a place twice. */
export interface PlaceOnEarth {
	readonly lat: number;
	readonly lon: number;
	readonly cosLat: number;
}

export function placeOnEarth({ lat, lon }: { readonly lat: number; readonly lon: number }): PlaceOnEarth {
	return { lat, lon, cosLat: Math.cos(lat * radiansPerDegree) };
}

/** Great-circle distance by the haversine formula. */
export function greatCircleKm(from: PlaceOnEarth, to: PlaceOnEarth): number {
	const halfLat = Math.sin(((to.lat - from.lat) * radiansPerDegree) / 2);
	const halfLon = Math.sin(((to.lon - from.lon) * radiansPerDegree) / 2);
	const haversine = halfLat * halfLat + from.cosLat * to.cosLat * halfLon * halfLon;
	return earthDiameterKm * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

/** The index of the zone that a distance lies in; a zone's upper end belongs to it. */
export function zoneOfDistance(zoneUpperKm: ParcelRates['zoneUpperKm'], distanceKm: number): number {
	let zone = 0;
	while (zone < zoneUpperKm.length && distanceKm > (zoneUpperKm[zone] as number)) zone += 1;
	return zone;
}
