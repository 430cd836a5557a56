import type { Static } from 'typebox';
import type {
	BindingLimit,
	ConsideredSite,
	DecidedPlan,
	PlanTerms,
	RoutingCause,
	RoutingDecision,
	RoutingReason,
	SiteVerdict,
} from '../../../../shared/schema/routing-decision.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import {
	type ConsideredSite as EngineSite,
	type ExplainedPlan,
	explainOrder,
	type OrderExplanation,
} from '../engine/explain-order.ts';
import type { OrderSiteTerm } from './order-terms.ts';
import type { SeenShipment } from './route-shipment.ts';

/** What a decision is about, made by the caller. */
export interface DecisionFacts {
	readonly id: string;
	readonly orderId: string;
	readonly orderNumber: string;
	readonly at: string;
	readonly cause: RoutingCause;
	readonly rulesVersion: number;
	readonly currency: string;
}

const mostAlternatives = 4;
/** The nearest to the customer; all that say something are among them in any case. */
const mostSites = 40;

/** Puts into people's words why the units of an order go out from where they go. */
export function explainShipment(seen: SeenShipment, facts: DecisionFacts): RoutingDecision {
	const { shop, order, takes, terms, directions } = seen;
	const explained = explainOrder(shop.moment, order, takes, mostAlternatives);
	const distances = new Map(explained.sites.map(({ site, distanceKm }) => [site, Math.round(distanceKm)]));
	const plan = (each: ExplainedPlan) => decidedPlan(seen, each, distances);
	return {
		...facts,
		rules: [...directions.because],
		chosen: plan(explained.chosen),
		alternatives: explained.alternatives.map(plan),
		sites: consideredSites(explained, shop.sites, terms),
	};
}

function decidedPlan(
	{ shop: { sites, moment }, terms }: SeenShipment,
	plan: ExplainedPlan,
	distances: ReadonlyMap<number, number>,
): DecidedPlan {
	const units = new Map<number, number>();
	for (const take of plan.takes) units.set(take.site, (units.get(take.site) ?? 0) + take.units);
	const nameOf = (site: number) => (sites[site] as Site).name;
	const blockedBy = plan.blockedBy.map(
		({ site, sku, wanted, free }): Static<typeof BindingLimit> => ({
			siteName: nameOf(site),
			...(sku === undefined ? {} : { sku: moment.network.skus[sku] as string }),
			wanted,
			free: Math.max(0, free),
		}),
	);
	const decided = planTerms(
		plan,
		[...units.keys()].map((site) => terms[site] as OrderSiteTerm),
	);
	const worth = Math.round(plan.terms.stockWorth + plan.terms.capacityWorth);
	return {
		parcels: [...units].map(([site, count]) => ({
			siteId: (sites[site] as Site).id,
			siteName: nameOf(site),
			units: count,
			distanceKm: distances.get(site) ?? 0,
		})),
		unfilledUnits: plan.unfilledUnits,
		terms: decided,
		totalMinor: Object.values(decided).reduce((total, term) => total + term, 0),
		...(worth > 0 && { worthToOthersMinor: worth }),
		blockedBy,
	};
}

function planTerms({ terms }: ExplainedPlan, parcels: readonly OrderSiteTerm[]): PlanTerms {
	const lateness = parcels.reduce((total, { latenessMinor }) => total + latenessMinor, 0);
	const rules = parcels.reduce((total, { rulesMinor }) => total + rulesMinor, 0);
	const distance = parcels.reduce((total, { distanceMinor }) => total + distanceMinor, 0);
	return {
		shipping: Math.round(terms.shipping + distance),
		handling: Math.round(terms.handling),
		split: Math.round(terms.split),
		unfilled: Math.round(terms.unfilled),
		lateness,
		rules,
		stock: Math.round(terms.extra - lateness - rules - distance),
	};
}

function consideredSites(
	{ sites: seen }: OrderExplanation,
	sites: readonly Site[],
	terms: readonly OrderSiteTerm[],
): ConsideredSite[] {
	return seen.slice(0, mostSites).map((each): ConsideredSite => {
		const { id, name } = sites[each.site] as Site;
		const { excluded, lateDays, rule } = terms[each.site] as OrderSiteTerm;
		return {
			siteId: id,
			siteName: name,
			distanceKm: Math.round(each.distanceKm),
			possibleUnits: each.possibleUnits,
			lateDays,
			verdict: verdictOf(each.why, excluded),
			...(excluded === 'excluded_by_rule' && rule !== undefined ? { rule } : {}),
		};
	});
}

const verdicts: Readonly<Record<Exclude<EngineSite['why'], 'excluded' | 'not eligible'>, SiteVerdict>> = {
	chosen: 'chosen',
	dearer: 'dearer',
	'nothing in stock': 'nothing_in_stock',
	'stock is promised': 'stock_is_promised',
	'capacity is used up': 'capacity_is_used_up',
};

function verdictOf(why: EngineSite['why'], excluded: OrderSiteTerm['excluded']): SiteVerdict {
	return why === 'excluded' || why === 'not eligible' ? (excluded ?? 'excluded_by_rule') : verdicts[why];
}

const mostOthers = 5;

/** What the people of one of the chosen sites see of a decision. */
export function reasonFor(decision: RoutingDecision, siteId: string): RoutingReason {
	const own = decision.chosen.parcels.find((parcel) => parcel.siteId === siteId);
	const others = decision.sites.filter(({ verdict }) => verdict !== 'chosen').slice(0, mostOthers);
	return {
		decisionId: decision.id,
		cause: decision.cause,
		distanceKm: own?.distanceKm ?? 0,
		parcels: decision.chosen.parcels.length,
		others: others.map(({ siteName, distanceKm, verdict }) => ({ siteName, distanceKm, verdict })),
	};
}
