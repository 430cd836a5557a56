import { promiseBuckets } from '../../../shared/domain/available-to-promise.ts';
import type { CompiledRules } from '../../../shared/domain/promising-rules.ts';
import type { NotNow } from '../../../shared/schema/availability.ts';
import type { Method } from '../../../shared/schema/order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import { stockPositionId } from '../../../shared/schema/stock-position.ts';
import { notNowAt } from './not-now.ts';
import type { FreeBucket, PlannedUnits } from './plan-reservation.ts';
import type { SiteCalendarAt } from './site-calendar.ts';
import { bestEffect, stockToPromise } from './site-promise.ts';
import {
	type PicturedProduct,
	type PicturedSite,
	picturedSites,
	type SiteNumbers,
	type StockPicture,
} from './stock-picture.ts';

export interface SupplyContext {
	readonly nowMs: number;
	readonly sites: ReadonlyMap<string, Site>;
	readonly numbers: SiteNumbers;
	readonly calendar: SiteCalendarAt;
	readonly rules: CompiledRules;
	/** Ids of the sites that are quiet. */
	readonly quiet: ReadonlySet<string>;
}

/** For whom units are set aside, and until when they may come. */
export interface SupplyQuestion {
	readonly channel: string;
	readonly method: Method;
	readonly by: string;
}

/** What is there and what is to come, as an answer about availability sees it, less what was taken. */
export interface SupplyLook {
	bucketsAt(siteId: string, sku: string, question: SupplyQuestion): readonly FreeBucket[];
	/** Sites with a position, or to which it is on its way. */
	sitesWith(sku: string): readonly string[];
	take(units: readonly PlannedUnits[]): void;
	/** Why a site promises nothing now; undefined where it does. */
	notNow(site: Site): NotNow | undefined;
	/** The date at a site, so many days from its today. */
	dateAt(siteId: string, day: number): string;
}

/** How certain supply is says nothing of whether it may be reserved. */
const noReliability = new Map<string, never>();

export function supplyLook(context: SupplyContext, pictures: readonly StockPicture[]): SupplyLook {
	const { calendar, rules, sites, numbers } = context;
	const products = new Map(
		pictures.map(({ sku, product }) => [sku, rules.ofProduct(JSON.parse(product) as PicturedProduct)]),
	);
	const stocks = new Map<string, PicturedSite>();
	const siteIds = new Map<string, string[]>();
	for (const picture of pictures) {
		const pictured = picturedSites(picture, numbers);
		for (const each of pictured) stocks.set(stockPositionId(each.siteId, picture.sku), each);
		siteIds.set(
			picture.sku,
			pictured.map(({ siteId }) => siteId),
		);
	}
	const dateAt = (siteId: string, day: number) => {
		const site = sites.get(siteId);
		if (site === undefined) throw new Error(`There is no site ${siteId}.`);
		return calendar.dayAt(site, day);
	};
	return {
		bucketsAt(siteId, sku, { channel, method, by }) {
			const at = stocks.get(stockPositionId(siteId, sku));
			const site = sites.get(siteId);
			const effectAt = products.get(sku);
			if (at === undefined || site === undefined || effectAt === undefined) return [];
			const on = calendar.dayAt(site, 0);
			const effect = bestEffect([method], at.onHand, () => effectAt({ site, channel, method, on }));
			const stock = stockToPromise({ ...context, reliability: noReliability }, site, at, effect);
			const lastDay = calendar.daysUntil(site, by);
			return stock === null || calendar.opensIn(site) > lastDay
				? []
				: promiseBuckets(stock).filter(({ day }) => day <= lastDay);
		},
		sitesWith: (sku) => siteIds.get(sku) ?? [],
		take(units) {
			const expiresAtMs = Number.POSITIVE_INFINITY;
			for (const { siteId, sku, quantity, day } of units) {
				const id = stockPositionId(siteId, sku);
				const at = stocks.get(id);
				if (at === undefined) continue;
				const claim = { units: quantity, expiresAtMs };
				stocks.set(
					id,
					day === 0
						? { ...at, claims: [...at.claims, claim] }
						: { ...at, promised: [...at.promised, { ...claim, dueOn: dateAt(siteId, day) }] },
				);
			}
		},
		notNow: (site) => notNowAt(context, site),
		dateAt,
	};
}

/** Whether a look, which may be another one by now, still has these units by their days. */
export function hasUnits(look: SupplyLook, units: readonly PlannedUnits[], question: SupplyQuestion): boolean {
	return units.every(({ siteId, sku, day }) => {
		const until = units.filter((each) => each.siteId === siteId && each.sku === sku && each.day <= day);
		const wanted = until.reduce((sum, each) => sum + each.quantity, 0);
		const free = look.bucketsAt(siteId, sku, question).findLast((bucket) => bucket.day <= day);
		return free !== undefined && free.units >= wanted;
	});
}
