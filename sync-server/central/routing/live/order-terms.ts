import type { RoutingDirections } from '../../../../shared/domain/routing-rules.ts';
import type { SiteVerdict } from '../../../../shared/schema/routing-decision.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { SiteTerm } from '../engine/routing-problem.ts';
import { kilometersBetween, type Place } from '../nearest-site.ts';

/** Why a site is not asked for one order although it has the goods. */
export type Exclusion = Extract<SiteVerdict, 'gave_it_up'>;

/** What is special about one site for one order, in the terms that people read. */
export interface OrderSiteTerm {
	readonly excluded: Exclusion | 'excluded_by_rule' | undefined;
	readonly rule: string | undefined;
	/** Whole days that a parcel leaves after it is due. */
	readonly lateDays: number;
	readonly latenessMinor: number;
	readonly distanceMinor: number;
	/** Fallbacks and preferences. */
	readonly rulesMinor: number;
}

export interface TermsQuestion {
	/** Where the goods go. */
	readonly place: Place;
	readonly directions: RoutingDirections;
	/** When the order is to leave; without it, on the earliest day on which any site could send it. */
	readonly dueAt: string | undefined;
	/** When a parcel of this order would leave the site. */
	readonly leavesAt: (site: Site) => string;
	readonly exclusionOf: (site: Site) => Exclusion | undefined;
}

const msPerDay = 86_400_000;

/** What is special about each site, in the sites' order. */
export function orderSiteTerms(
	{ weights }: RoutingSet,
	sites: readonly Site[],
	{ place, directions, dueAt, leavesAt, exclusionOf }: TermsQuestion,
): readonly OrderSiteTerm[] {
	const leaves = sites.map((site) => Date.parse(leavesAt(site)));
	const due = dueAt === undefined ? Math.min(...leaves) : Date.parse(dueAt);
	const directed = sites.map((site) => directions.siteDirections(site));
	const mostPreferred = Math.max(0, ...directed.map(({ preferredMinor }) => preferredMinor));
	return sites.map((site, index): OrderSiteTerm => {
		const { excludedBy, fallback, preferredMinor } = directed[index] as (typeof directed)[number];
		const lateDays = Math.max(0, Math.ceil(((leaves[index] as number) - due) / msPerDay - 1e-6));
		return {
			excluded: exclusionOf(site) ?? (excludedBy === undefined ? undefined : 'excluded_by_rule'),
			rule: excludedBy,
			lateDays,
			latenessMinor: lateDays * weights.lateDayMinor,
			distanceMinor: (kilometersBetween(place, site) / 100) * weights.hundredKmMinor,
			// All but the most preferred sites cost more: no cost may be below zero.
			rulesMinor: fallback * weights.fallbackMinor + mostPreferred - preferredMinor,
		};
	});
}

/** The same as the engine wants it. */
export function engineTerms(terms: readonly OrderSiteTerm[]): readonly SiteTerm[] {
	return terms.flatMap(({ excluded, latenessMinor, distanceMinor, rulesMinor }, site): SiteTerm[] => {
		if (excluded !== undefined) return [{ site, isExcluded: true }];
		const extraCost = latenessMinor + distanceMinor + rulesMinor;
		return extraCost === 0 ? [] : [{ site, extraCost }];
	});
}
