import { bucketsFrom, earliestPromise, promiseBuckets } from '../../../shared/domain/available-to-promise.ts';
import type { CompiledRules } from '../../../shared/domain/promising-rules.ts';
import type { AvailabilityQuestion, SiteAvailability, SkuAvailability } from '../../../shared/schema/availability.ts';
import { type Method, methods } from '../../../shared/schema/order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { kilometersBetween, type Place } from '../routing/nearest-site.ts';
import { notNowAt } from './not-now.ts';
import type { SiteCalendarAt } from './site-calendar.ts';
import { type BestEffect, bestEffect, claimedUnits, stockToPromise } from './site-promise.ts';
import {
	type PicturedProduct,
	type PicturedSite,
	picturedSites,
	type SiteNumbers,
	type StockPicture,
} from './stock-picture.ts';
import type { Reliability } from './supply-reliability.ts';

/** What an answer follows from, besides the stock. */
export interface AnswerContext {
	readonly nowMs: number;
	readonly sites: ReadonlyMap<string, Site>;
	readonly numbers: SiteNumbers;
	readonly calendar: SiteCalendarAt;
	readonly rules: CompiledRules;
	readonly reliability: Reliability;
	/** Ids of the sites that are quiet. */
	readonly quiet: ReadonlySet<string>;
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
	for (const at of picturedSites(picture, context.numbers, question.siteIds)) {
		const site = context.sites.get(at.siteId);
		if (site === undefined) continue;
		const asked = methodsAsked(site, question.method);
		if (asked.length === 0) continue;
		for (const { expiresAtMs } of [...at.claims, ...at.promised]) {
			if (expiresAtMs > context.nowMs) validUntilMs = Math.min(validUntilMs, expiresAtMs);
		}
		const on = context.calendar.dayAt(site, 0);
		const effect = bestEffect(asked, at.onHand, (method) =>
			effectAt({ site, channel: question.channel ?? '', method, on }),
		);
		sites.push(siteAnswer(context, site, at, effect, question));
	}
	sites.sort(question.place ? nearestFirst : mostFirst);
	const available = sites.reduce((sum, site) => sum + site.available, 0);
	const earliest = earliestOf(sites);
	return {
		answer: { sku: picture.sku, name: product.name, available, sites, ...(earliest && { earliest }) },
		validUntilMs,
	};
}

function methodsAsked({ capabilities }: Site, method: Method | undefined): readonly Method[] {
	if (method === undefined) return methods;
	return capabilities.includes(method) ? [method] : [];
}

function siteAnswer(
	context: AnswerContext,
	site: Site,
	at: PicturedSite,
	effect: BestEffect,
	{ quantity, method, place }: SkuQuestion,
): SiteAvailability {
	const { keptBack, eligible, because } = effect;
	const { onHand } = at;
	const { isInDoubt } = at.details;
	const claimed = claimedUnits(at, context.nowMs);
	const stock = stockToPromise(context, site, at, effect);
	const notNow = notNowAt(context, site);
	const opensIn = context.calendar.opensIn(site);
	const buckets = stock === null ? [] : bucketsFrom(promiseBuckets(stock), opensIn);
	const asked = method ?? eligible.find((each) => site.capabilities.includes(each));
	const earliest = quantity === undefined || stock === null || !asked ? undefined : earliestPromise(stock, quantity);
	const answer: Mutable<SiteAvailability> = {
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
	};
	if (isInDoubt) answer.inDoubt = true;
	if (because.length > 0) answer.because = [...because];
	if (notNow) answer.notNow = notNow;
	if (place) answer.kilometers = Math.round(kilometersBetween(place, site) * 10) / 10;
	if (earliest && asked) {
		const readyAt = context.calendar.readyAt(site, asked, Math.max(opensIn, earliest.day));
		answer.earliest = { readyAt, certainty: rounded(earliest.certainty) };
	}
	return answer;
}

/** A site's answer while it is made: copies of it would take longer than all the rest. */
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const rounded = (probability: number) => Math.round(probability * 1000) / 1000;

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
