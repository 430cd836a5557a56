import { balanceRight } from '../../shared/domain/balance-right.ts';
import { rightsWanted, smoothedDemand } from '../../shared/domain/own-demand.ts';
import { emptyRight, leftOf, outstandingUnits, release, useRights } from '../../shared/domain/selling-rights.ts';
import type { SellingRight } from '../../shared/schema/selling-right.ts';

/** Somebody wants units of a product at this hour since the beginning: at the site itself, or in the web shop that sells the same stock. */
export interface Wish {
	readonly hour: number;
	readonly product: number;
	readonly quantity: number;
	readonly isAtSite: boolean;
	/** Which of the site's devices is asked. */
	readonly device: number;
}

/**
 * How a site that is cut off promises: not at all; by what it last knew of its stock, as long as that lasts (and so does central); or by the rights
 * that its devices were given before.
 */
export const tradePolicies = ['nothing', 'optimistic', 'rights'] as const;
export type TradePolicy = (typeof tradePolicies)[number];

export interface TradeResult {
	readonly askedUnits: number;
	/** Promised, and there when it was to be handed over. */
	readonly keptUnits: number;
	/** Promised twice: somebody is told that there is nothing. */
	readonly brokenUnits: number;
	readonly brokenPromises: number;
	readonly refusedAtSiteUnits: number;
	readonly refusedOnlineUnits: number;
}

export interface TradeSettings {
	readonly policy: TradePolicy;
	/** Units of each product to which a delivery fills the shelf, each Monday. */
	readonly fullShelf: readonly number[];
	readonly devices: number;
	readonly days: number;
	readonly outageDays: number;
	readonly fractile: number;
	readonly mostPart: number;
	/** Whether the site is cut off in this hour. */
	readonly isCutOff: (hour: number) => boolean;
}

const halfLifeDays = 14;
const windowDays = 60;

/** Plays a shop's trade hour by hour: the same wishes, deliveries and outages for every policy. */
export function playTrade(wishes: readonly Wish[], settings: TradeSettings): TradeResult {
	const { policy, fullShelf, isCutOff } = settings;
	const result = {
		askedUnits: 0,
		keptUnits: 0,
		brokenUnits: 0,
		brokenPromises: 0,
		refusedAtSiteUnits: 0,
		refusedOnlineUnits: 0,
	};
	/** What is really there and promised to nobody; below zero, promises are broken. */
	const shelf = [...fullShelf];
	/** What each side thinks that it may promise while the site is cut off, under the optimistic policy. */
	let siteView = [...shelf];
	let centralView = [...shelf];
	const rights = fullShelf.map((_, product): SellingRight => emptyRight('site', String(product)));
	const demand = fullShelf.map(() => [] as number[]);
	const deviceIds = Array.from({ length: settings.devices }, (_, index) => `device ${index}`);
	let at = 0;
	for (let hour = 0; hour < settings.days * 24; hour += 1) {
		const cut = isCutOff(hour);
		if (hour % 24 === 0) for (const days of demand) days.unshift(0);
		if (hour % (7 * 24) === 0)
			for (const [product, full] of fullShelf.entries()) {
				const delivered = Math.max(0, full - (shelf[product] ?? 0));
				shelf[product] = (shelf[product] ?? 0) + delivered;
				// The site sees what stands at its door; central hears of it when the site can be heard.
				siteView[product] = (siteView[product] ?? 0) + delivered;
			}
		if (!cut) {
			siteView = [...shelf];
			centralView = [...shelf];
			if (policy === 'rights') balance(rights, shelf, demand, deviceIds, settings);
		}
		for (; at < wishes.length && (wishes[at]?.hour ?? 0) <= hour; at += 1) {
			const wish = wishes[at];
			if (wish === undefined) break;
			const { product, quantity, isAtSite, device } = wish;
			result.askedUnits += quantity;
			if (isAtSite) addDemand(demand[product], quantity);
			const right = rights[product] ?? emptyRight('site', '');
			const there = shelf[product] ?? 0;
			const own = right.shares.find(({ deviceId }) => deviceId === deviceIds[device]);
			const left = own ? leftOf(own) : 0;
			const free = (policy === 'rights' ? centralKnows(cut, centralView, shelf, product) : 0) - outstandingUnits(right);
			const may = {
				nothing: isAtSite ? !cut && there >= quantity : centralKnows(cut, centralView, shelf, product) >= quantity,
				optimistic: (isAtSite ? (siteView[product] ?? 0) : (centralView[product] ?? 0)) >= quantity,
				rights: isAtSite ? left + (cut ? 0 : Math.max(0, free)) >= quantity : free >= quantity,
			}[policy];
			if (!may) {
				if (isAtSite) result.refusedAtSiteUnits += quantity;
				else result.refusedOnlineUnits += quantity;
				continue;
			}
			if (policy === 'rights' && isAtSite)
				rights[product] = useRights(right, [deviceIds[device] ?? ''], quantity).right;
			if (isAtSite || !cut) siteView[product] = (siteView[product] ?? 0) - quantity;
			if (!isAtSite || !cut || policy === 'rights') centralView[product] = (centralView[product] ?? 0) - quantity;
			const kept = Math.max(0, Math.min(quantity, there));
			shelf[product] = there - kept;
			result.keptUnits += kept;
			if (kept === quantity) continue;
			result.brokenUnits += quantity - kept;
			result.brokenPromises += 1;
		}
	}
	return result;
}

/** While the site is cut off central goes on from what it knew, less its own promises: with rights, and where nobody else promises, that is never too much. */
function centralKnows(cut: boolean, view: readonly number[], shelf: readonly number[], product: number): number {
	return (cut ? view[product] : shelf[product]) ?? 0;
}

function addDemand(days: number[] | undefined, quantity: number): void {
	if (days !== undefined) days[0] = (days[0] ?? 0) + quantity;
}

/** Once an hour while the site is heard: recalls are answered at once, then rights are given. */
function balance(
	rights: SellingRight[],
	shelf: readonly number[],
	demand: readonly (readonly number[])[],
	deviceIds: readonly string[],
	{ outageDays, fractile, mostPart }: TradeSettings,
): void {
	for (const [product, before] of rights.entries()) {
		const wanted = rightsWanted(smoothedDemand((demand[product] ?? []).slice(0, windowDays), halfLifeDays), {
			days: outageDays,
			fractile,
		});
		const answered = before.shares.reduce((right, { deviceId, recall }) => release(right, deviceId, recall), before);
		const free = (shelf[product] ?? 0) - outstandingUnits(answered);
		const devices = deviceIds.map((deviceId) => {
			const share = answered.shares.find((each) => each.deviceId === deviceId);
			return { deviceId, demand: share?.used ?? 0 };
		});
		rights[product] = balanceRight(answered, { devices, wanted, free, mostPart });
	}
}
