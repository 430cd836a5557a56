import {
	type ExpectedSupply,
	earliestPromise,
	promiseBuckets,
	type StockToPromise,
	supplyCertainty,
} from '../../../shared/domain/available-to-promise.ts';
import { type CompiledRules, type RuleEffect, safetyUnits } from '../../../shared/domain/promising-rules.ts';
import { confidenceOf } from '../../../shared/domain/stock-confidence.ts';
import type { AvailabilityQuestion, SiteAvailability, SkuAvailability } from '../../../shared/schema/availability.ts';
import { type Method, methods } from '../../../shared/schema/order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { kilometersBetween, type Place } from '../routing/nearest-site.ts';
import type { SiteCalendarAt } from './site-calendar.ts';
import type {
	PicturedClaim,
	PicturedPosition,
	PicturedProduct,
	PicturedSupply,
	StockPicture,
} from './stock-picture.ts';
import type { Reliability } from './supply-reliability.ts';

/** What an answer follows from, besides the stock. */
export interface AnswerContext {
	readonly nowMs: number;
	readonly sites: ReadonlyMap<string, Site>;
	readonly calendar: SiteCalendarAt;
	readonly rules: CompiledRules;
	readonly reliability: Reliability;
}

/** What is asked of each SKU. */
export interface SkuQuestion {
	readonly quantity?: number | undefined;
	readonly method?: Method | undefined;
	readonly channel?: string | undefined;
	readonly siteIds?: ReadonlySet<string> | undefined;
	readonly place?: Place | undefined;
}

export interface PicturedAnswer {
	readonly answer: SkuAvailability;
	/** When the first of the claims ends that are counted here; without one, never. */
	readonly validUntilMs: number;
}

interface AtSite {
	readonly position: PicturedPosition;
	readonly claims: PicturedClaim[];
	readonly supply: PicturedSupply[];
}

/** What may be promised of one SKU, site by site. */
export function answerAvailability(
	context: AnswerContext,
	picture: StockPicture,
	question: SkuQuestion,
): PicturedAnswer {
	const product = JSON.parse(picture.product) as PicturedProduct;
	const effectAt = context.rules.ofProduct(product);
	let validUntilMs = Number.POSITIVE_INFINITY;
	const sites: SiteAvailability[] = [];
	for (const [siteId, at] of bySite(picture)) {
		const site = context.sites.get(siteId);
		if (site === undefined || question.siteIds?.has(siteId) === false) continue;
		const asked = methodsAsked(site, question.method);
		if (asked.length === 0) continue;
		for (const [, , expiresAtMs] of at.claims) {
			if (expiresAtMs !== null && expiresAtMs > context.nowMs) validUntilMs = Math.min(validUntilMs, expiresAtMs);
		}
		const on = context.calendar.dayAt(site, 0);
		const effects = asked.map((method) => ({
			method,
			effect: effectAt({ site, channel: question.channel ?? '', method, on }),
		}));
		sites.push(siteAnswer(context, site, at, effects, question));
	}
	sites.sort(question.place ? nearestFirst : mostFirst);
	const available = sites.reduce((sum, site) => sum + site.available, 0);
	const earliest = earliestOf(sites);
	return {
		answer: { sku: picture.sku, name: product.name, available, sites, ...(earliest && { earliest }) },
		validUntilMs,
	};
}

function bySite({ positions, claims, supply }: StockPicture): ReadonlyMap<string, AtSite> {
	const sites = new Map<string, AtSite>();
	for (const position of parsed<PicturedPosition>(positions)) {
		sites.set(position[0], { position, claims: [], supply: [] });
	}
	for (const claim of parsed<PicturedClaim>(claims)) sites.get(claim[0])?.claims.push(claim);
	for (const line of parsed<PicturedSupply>(supply)) {
		const at: AtSite = sites.get(line[0]) ?? { position: [line[0], ...nothingThere], claims: [], supply: [] };
		at.supply.push(line);
		sites.set(line[0], at);
	}
	return sites;
}

const nothingThere = [0, 0, 0, 0, null, 0, 0, 0, 0, 0] as const;

const parsed = <Item>(text: string | null) => (text === null ? [] : (JSON.parse(text) as Item[]));

function methodsAsked({ capabilities }: Site, method: Method | undefined): readonly Method[] {
	if (method === undefined) return methods;
	return capabilities.includes(method) ? [method] : [];
}

interface MethodEffect {
	readonly method: Method;
	readonly effect: RuleEffect;
}

function siteAnswer(
	context: AnswerContext,
	site: Site,
	at: AtSite,
	effects: readonly MethodEffect[],
	{ quantity, method, place }: SkuQuestion,
): SiteAvailability {
	const [, onHand, , inDoubt] = at.position;
	const claimed = at.claims.reduce(
		(sum, [, units, expiresAtMs]) => (expiresAtMs === null || expiresAtMs > context.nowMs ? sum + units : sum),
		0,
	);
	// Without a method, the one by which more may be promised: the others' rules are its own affair.
	const eligible = effects.filter(({ effect }) => effect.eligible);
	const keptBack = Math.min(
		...(eligible.length === 0 ? effects : eligible).map(({ effect }) => safetyUnits(effect, onHand)),
	);
	const threshold = Math.min(...(eligible.length === 0 ? effects : eligible).map(({ effect }) => effect.threshold));
	const stock =
		eligible.length === 0 || inDoubt === 1 ? null : stockOf(context, site, at, { claimed, keptBack, threshold });
	const buckets = stock === null ? [] : promiseBuckets(stock);
	const because = eligible.length === 0 ? [...new Set(effects.flatMap(({ effect }) => effect.because))] : [];
	const asked = method ?? eligible.find((each) => site.capabilities.includes(each.method))?.method;
	const earliest = quantity === undefined || stock === null || !asked ? undefined : earliestPromise(stock, quantity);
	return {
		siteId: site.id,
		siteName: site.name,
		available: buckets[0]?.day === 0 ? buckets[0].units : 0,
		buckets: buckets.map(({ day, units, certainty }) => ({
			from: context.calendar.dayAt(site, day),
			units,
			certainty: rounded(certainty),
		})),
		onHand,
		claimed,
		keptBack,
		...(inDoubt === 1 ? { inDoubt: true } : {}),
		...(because.length > 0 ? { because } : {}),
		...(place ? { kilometers: Math.round(kilometersBetween(place, site) * 10) / 10 } : {}),
		...(earliest && asked
			? {
					earliest: {
						readyAt: context.calendar.readyAt(site, asked, earliest.day),
						certainty: rounded(earliest.certainty),
					},
				}
			: {}),
	};
}

const rounded = (probability: number) => Math.round(probability * 1000) / 1000;

function stockOf(
	{ calendar, nowMs, reliability }: AnswerContext,
	site: Site,
	{ position, supply }: AtSite,
	kept: Pick<StockToPromise, 'claimed' | 'keptBack' | 'threshold'>,
): StockToPromise {
	const [, onHand, allocated, , dailyDemand, countedAtMs, shorts, picksRight, unitsOut, unitsIn, unitsReturned] =
		position;
	const recordedUnits = Math.max(0, onHand) + Math.max(0, allocated);
	const evidence = { countedAtMs, recordedUnits, shorts, picksRight, unitsOut, unitsIn, unitsReturned };
	return {
		onHand,
		...kept,
		dailyDemand,
		// The units that orders have lie on the same shelf, and are taken first.
		sureOf: (units) => confidenceOf(evidence, nowMs, Math.max(0, allocated) + units),
		supply: supply.map(([, units, expectedOn, sourceId]): ExpectedSupply => {
			const day = calendar.daysUntil(site, expectedOn);
			const source = reliability.get(sourceId) ?? { inTime: 0, deliveries: 0 };
			// What is expected today or was expected before is not here yet: tomorrow at the earliest.
			return { day: Math.max(1, day), units, certainty: supplyCertainty(source, -day) };
		}),
		// What orders and transfers have is no longer on hand.
		wanted: [],
	};
}

function mostFirst(a: SiteAvailability, b: SiteAvailability): number {
	return b.available - a.available || (a.siteId < b.siteId ? -1 : 1);
}

function nearestFirst(a: SiteAvailability, b: SiteAvailability): number {
	return (a.kilometers ?? 0) - (b.kilometers ?? 0) || mostFirst(a, b);
}

/** The site that is ready first; of several the one that is surest, then the one that is named first. */
function earliestOf(sites: readonly SiteAvailability[]): SkuAvailability['earliest'] {
	let best: SkuAvailability['earliest'];
	for (const { siteId, earliest } of sites) {
		if (earliest === undefined) continue;
		const isBetter =
			best === undefined ||
			earliest.readyAt < best.readyAt ||
			(earliest.readyAt === best.readyAt && earliest.certainty > best.certainty);
		if (isBetter) best = { siteId, ...earliest };
	}
	return best;
}

/** The question about each of its SKUs, with the place on the map. */
export function skuQuestion(
	{ method, channel, siteIds }: AvailabilityQuestion,
	place: Place | undefined,
): Omit<SkuQuestion, 'quantity'> {
	return { method, channel, place, siteIds: siteIds && new Set(siteIds) };
}
