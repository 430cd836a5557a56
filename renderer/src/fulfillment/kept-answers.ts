import type { NotNow, SiteAvailability, SkuAvailability } from '../../../shared/schema/availability.ts';

/** What a site can promise of a product, as it was last known. */
export interface KnownSite {
	readonly siteId: string;
	readonly siteName: string;
	readonly available: number;
	/** How certain it is that all of them are there, from 0 to 1; null where nothing is. */
	readonly certainty: number | null;
	/** The first day on which there are more, and how many then. */
	readonly later: { readonly from: string; readonly units: number } | null;
	readonly kilometers: number | null;
	/** Why nothing of it is promised now, and how many units are there by the books; null where it promises what it has. */
	readonly notNow: (Pick<NotNow, 'reason' | 'opensOn'> & { readonly units: number }) | null;
}

/** Central's last answer about one product. */
export interface KnownAnswer {
	readonly sku: string;
	/** Central's clock, as an instant. */
	readonly asOf: string;
	readonly sites: readonly KnownSite[];
}

/** Products whose answers a device keeps, and sites of each: some 300 KB at most. */
const mostAnswers = 200;
const mostSites = 12;

function knownSite(site: SiteAvailability): KnownSite {
	const { siteId, siteName, available, buckets, kilometers } = site;
	const now = buckets.findLast(({ units }) => units === available);
	const later = buckets.find(({ units }) => units > available);
	return {
		siteId,
		siteName,
		available,
		certainty: available === 0 ? null : (now?.certainty ?? null),
		later: later === undefined ? null : { from: later.from, units: later.units },
		kilometers: kilometers ?? null,
		notNow: site.notNow === undefined ? null : unitsNotNow(site, site.notNow),
	};
}

function unitsNotNow(
	{ onHand, claimed, keptBack }: SiteAvailability,
	{ reason, opensOn }: NotNow,
): KnownSite['notNow'] {
	const units = Math.max(0, onHand - claimed - keptBack);
	return opensOn === undefined ? { reason, units } : { reason, opensOn, units };
}

/** What is worth keeping of an answer: the own site and those that have or expect something, though they promise nothing now, in central's order. */
export function knownAnswer(asOf: string, { sku, sites }: SkuAvailability, ownSiteId: string): KnownAnswer {
	const known = sites.map(knownSite);
	const own = known.filter(({ siteId }) => siteId === ownSiteId);
	const others = known.filter(
		({ siteId, available, later, notNow }) =>
			siteId !== ownSiteId && (available > 0 || later !== null || (notNow !== null && notNow.units > 0)),
	);
	return { sku, asOf, sites: [...own, ...others.slice(0, mostSites)] };
}

/** Adds an answer to those that are kept, the latest first; the oldest go. */
export function withAnswer(kept: readonly KnownAnswer[], answer: KnownAnswer): readonly KnownAnswer[] {
	return [answer, ...kept.filter(({ sku }) => sku !== answer.sku)].slice(0, mostAnswers);
}

export type CertaintyWord = 'sure' | 'likely' | 'unsure' | 'doubtful';

/** A probability as people say it. */
export function certaintyWord(certainty: number): CertaintyWord {
	if (certainty >= 0.95) return 'sure';
	if (certainty >= 0.8) return 'likely';
	return certainty >= 0.5 ? 'unsure' : 'doubtful';
}
