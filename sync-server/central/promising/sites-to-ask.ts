import type { NotNow } from '../../../shared/schema/availability.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { sitesByDistance } from '../routing/nearest-site.ts';
import type { FindPlace } from '../routing/place-of-address.ts';
import type { FreeBucket, ReservationPlan } from './plan-reservation.ts';
import type { ReservationFault, ReservationRequest } from './reservation-request.ts';

export interface FreeUnits {
	readonly bucketsAt: (siteId: string, sku: string) => readonly FreeBucket[];
	/** The sites that may have some. */
	readonly sitesWith: (sku: string) => Iterable<string>;
}

/** A site that has something of it, and promises nothing now. */
export interface LeftOut {
	readonly site: Site;
	readonly notNow: NotNow;
}

export interface SitesToAsk {
	readonly siteIds: readonly string[];
	readonly leftOut: readonly LeftOut[];
}

/**
 * Those that have something of it, in the order in which an answer about availability names them: the nearest first, or those with most; at last
 * those that are closed now, and open by the day until which the customer waits.
 */
export function sitesToAsk(
	{ method, place, lines, siteIds, by }: ReservationRequest,
	sites: readonly Site[],
	findPlace: FindPlace,
	free: FreeUnits,
	notNowAt: (site: Site) => NotNow | undefined,
): SitesToAsk {
	const holders = new Set(lines.flatMap(({ sku }) => [...free.sitesWith(sku)]));
	const asked = sites.filter(({ id }) => holders.has(id) && (siteIds?.includes(id) ?? true));
	const found = place && findPlace({ line1: '', town: '', ...place });
	const inOrder = sitesByDistance({ method, place: found, country: place?.country ?? '' }, asked);
	const [now, later, leftOut]: [string[], string[], LeftOut[]] = [[], [], []];
	for (const { site } of inOrder) {
		const notNow = notNowAt(site);
		if (notNow === undefined) now.push(site.id);
		else if (by !== undefined && notNow.opensOn !== undefined && notNow.opensOn <= by) later.push(site.id);
		else leftOut.push({ site, notNow });
	}
	if (found === undefined) for (const ids of [now, later]) sortByUnits(ids, lines, free);
	return { siteIds: [...now, ...later], leftOut };
}

function sortByUnits(siteIds: string[], lines: ReservationRequest['lines'], free: FreeUnits): void {
	const unitsAt = new Map(
		siteIds.map((id) => [id, lines.reduce((sum, { sku }) => sum + (free.bucketsAt(id, sku).at(-1)?.units ?? 0), 0)]),
	);
	siteIds.sort((a, b) => (unitsAt.get(b) ?? 0) - (unitsAt.get(a) ?? 0));
}

const mostNames = 10;
const mostLeftOut = 3;

/** Says that there is not enough of what was asked for, how much there is, and which sites have some and promise nothing now. */
export function notEnough(
	{ units, missing }: ReservationPlan,
	{ lines, partial, by }: ReservationRequest,
	sites: readonly Site[],
	leftOut: readonly LeftOut[],
): ReservationFault {
	const until = by === undefined ? '' : ` until ${by}`;
	const where = '/lines';
	const opens = leftOut.flatMap(({ notNow }) => notNow.opensOn ?? []).sort()[0];
	const advice = [
		units.length === 0 || partial ? '' : 'Send `"partial": true` to reserve what there is.',
		opens === undefined
			? ''
			: `Send \`"by": "${opens}"\` or a later day to reserve at a site that is closed until then.`,
	].filter((each) => each !== '');
	const whatToDo = advice.length === 0 ? {} : { whatToDo: advice.join(' ') };
	const quietly = leftOutWords(leftOut);
	if (units.length === 0) {
		const whose = leftOut.length === 0 ? 'No site' : 'No other site';
		return { error: 'not_enough_stock', message: `${quietly}${whose} has any of it free${until}.`, where, ...whatToDo };
	}
	const skus = [...new Set(lines.map(({ sku }) => sku))];
	const wanted = (sku: string) => lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
	const lacking = new Map(missing.map(({ sku, quantity }) => [sku, quantity]));
	const found = skus.map((sku) => `${wanted(sku) - (lacking.get(sku) ?? 0)} of ${wanted(sku)} × ${sku}`).join(', ');
	const at = [...new Set(units.map(({ siteId }) => siteId))];
	const names = at.map((siteId) => sites.find(({ id }) => id === siteId)?.name ?? siteId);
	const most = `most is at ${names.slice(0, mostNames).join(', ')}: ${found.slice(0, 1500)}`;
	return {
		error: 'not_enough_stock',
		message: `${quietly}Not all of it is free${until}; ${most}.`,
		where,
		...whatToDo,
	};
}

function leftOutWords(leftOut: readonly LeftOut[]): string {
	const named = leftOut
		.slice(0, mostLeftOut)
		.map(({ site, notNow }) => `${site.name} (${site.id}) promises nothing now: ${notNow.message} `);
	const more = leftOut.length - named.length;
	return `${named.join('')}${more > 0 ? `${more} more sites promise nothing now either. ` : ''}`;
}
