import type { RoutingDirections } from '../../../../shared/domain/routing-rules.ts';
import type { SiteVerdict } from '../../../../shared/schema/routing-decision.ts';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { SiteTerm } from '../engine/routing-problem.ts';
import { kilometersBetween, type Place } from '../nearest-site.ts';
import { daysLate } from '../workload.ts';

/** Why a site is not asked for one order although it has the goods. */
export type Exclusion = Extract<SiteVerdict, 'gave_it_up' | 'not_heard_of'>;

/** What is special about one site for one order, in the terms that people read. */
export interface OrderSiteTerm {
	readonly excluded: Exclusion | 'excluded_by_rule' | undefined;
	readonly rule: string | undefined;
	/** Days that a parcel leaves after the day on which it is due. */
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

/** What is special about each site, in the sites' order. */
export function orderSiteTerms(
	{ weights }: RoutingSet,
	sites: readonly Site[],
	{ place, directions, dueAt, leavesAt, exclusionOf }: TermsQuestion,
): readonly OrderSiteTerm[] {
	const leaves = sites.map(leavesAt);
	const due = dueAt ?? earliest(leaves);
	const directed = sites.map((site) => directions.siteDirections(site));
	const mostPreferred = Math.max(0, ...directed.map(({ preferredMinor }) => preferredMinor));
	return sites.map((site, index): OrderSiteTerm => {
		const { excludedBy, fallback, preferredMinor } = directed[index] as (typeof directed)[number];
		const lateDays = daysLate(site, leaves[index] as string, due);
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

function earliest(instants: readonly string[]): string {
	return instants.reduce((first, each) => (Date.parse(each) < Date.parse(first) ? each : first), instants[0] ?? '');
}

/** The same as the engine wants it. */
export function engineTerms(terms: readonly OrderSiteTerm[]): readonly SiteTerm[] {
	return terms.flatMap(({ excluded, latenessMinor, distanceMinor, rulesMinor }, site): SiteTerm[] => {
		if (excluded !== undefined) return [{ site, isExcluded: true }];
		const extraCost = latenessMinor + distanceMinor + rulesMinor;
		return extraCost === 0 ? [] : [{ site, extraCost }];
	});
}
