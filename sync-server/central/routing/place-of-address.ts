import type { Address } from '../../../shared/schema/order.ts';
import type { Place } from './nearest-site.ts';

/** Finds where an address is, or undefined. */
export type FindPlace = (address: Address) => Place | undefined;

/** The part before the blank of a British postal code; the inward code is always a digit and two letters. */
const fullBritishCode = /^([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}$/;

/** Takes the address's own coordinates, else the center of its outward code (Great Britain). */
export function placeFinder(outcodes: readonly (Place & { readonly outcode: string })[]): FindPlace {
	const centers = new Map(outcodes.map(({ outcode, lat, lon }) => [outcode, { lat, lon }]));
	return (address) => {
		if (address.lat !== undefined && address.lon !== undefined) return { lat: address.lat, lon: address.lon };
		if (address.country !== 'GB') return undefined;
		const code = address.postalCode.trim().toUpperCase().replaceAll(/\s+/g, ' ');
		return centers.get(fullBritishCode.exec(code)?.[1] ?? code);
	};
}
