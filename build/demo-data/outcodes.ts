import type { Place } from './distance.ts';
import { kilometersBetween } from './distance.ts';
import { cell, type Row } from './sources.ts';

export type Outcode = Place & { readonly outcode: string; readonly town: string };

const notGreatBritain = new Set(['Northern Ireland', 'Guernsey', 'Jersey', 'IOM', 'Isle of Man']);

/** The outward codes of Great Britain with their centers. */
export function makeOutcodes(rows: readonly Row[]): Outcode[] {
	return rows
		.filter((row) => !notGreatBritain.has(cell(row, 'country')) && cell(row, 'lat') !== '' && cell(row, 'town') !== '')
		.map((row) => ({
			outcode: cell(row, 'outcode'),
			town: cell(row, 'town'),
			lat: Number(cell(row, 'lat')),
			lon: Number(cell(row, 'lon')),
		}));
}

/** Draws outcodes in proportion to the number of shops in them, out of those within `reachKilometers` of a site. */
export function outcodeDraw(
	outcodes: readonly Outcode[],
	shops: readonly Row[],
	sites: readonly Place[],
	reachKilometers: number,
): (random: () => number) => Outcode {
	const shopsIn = new Map<string, number>();
	for (const shop of shops) {
		const outcode = cell(shop, 'nearestOutcode');
		shopsIn.set(outcode, (shopsIn.get(outcode) ?? 0) + 1);
	}
	const tickets = outcodes
		.filter((outcode) => sites.some((site) => kilometersBetween(site, outcode) <= reachKilometers))
		.flatMap((outcode) => Array.from({ length: shopsIn.get(outcode.outcode) ?? 0 }, () => outcode));
	return (random) => {
		const drawn = tickets[Math.floor(random() * tickets.length)];
		if (!drawn) throw new Error('No shop is near a site');
		return drawn;
	};
}
