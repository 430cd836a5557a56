import {
	type ExpectedSupply,
	type StockToPromise,
	supplyCertainty,
} from '../../../shared/domain/available-to-promise.ts';
import { coverPromises } from '../../../shared/domain/promised-supply.ts';
import { type RuleEffect, safetyUnits } from '../../../shared/domain/promising-rules.ts';
import { confidenceOf } from '../../../shared/domain/stock-confidence.ts';
import type { Method } from '../../../shared/schema/order.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { SiteCalendarAt } from './site-calendar.ts';
import type { PicturedPromise, PicturedSite } from './stock-picture.ts';
import type { Reliability } from './supply-reliability.ts';

export interface PromiseContext {
	readonly nowMs: number;
	readonly calendar: SiteCalendarAt;
	readonly reliability: Reliability;
	/** Ids of the sites that are quiet. */
	readonly quiet: ReadonlySet<string>;
}

/** What rules say of a promise by any of some methods. */
export interface BestEffect {
	readonly keptBack: number;
	readonly threshold: number;
	/** Methods by which a promise is allowed. */
	readonly eligible: readonly Method[];
	/** Names of the rules that forbid it by every method. */
	readonly because: readonly string[];
}

/** Without a method, the one by which more may be promised: the others' rules are its own affair. */
export function bestEffect(
	asked: readonly Method[],
	onHand: number,
	effectBy: (method: Method) => RuleEffect,
): BestEffect {
	const effects = asked.map(effectBy);
	const eligible = asked.filter((_, index) => effects[index]?.eligible);
	let keptBack = Number.POSITIVE_INFINITY;
	let threshold = Number.POSITIVE_INFINITY;
	for (const effect of effects) {
		if (!effect.eligible && eligible.length > 0) continue;
		keptBack = Math.min(keptBack, safetyUnits(effect, onHand));
		threshold = Math.min(threshold, effect.threshold);
	}
	const because = eligible.length > 0 ? [] : [...new Set(effects.flatMap((effect) => effect.because))];
	return { keptBack, threshold, eligible, because };
}

/** Units of what is on hand that somebody has a claim on. */
export function claimedUnits({ claims }: Pick<PicturedSite, 'claims'>, nowMs: number): number {
	let claimed = 0;
	for (const { units, expiresAtMs } of claims) if (expiresAtMs > nowMs) claimed += units;
	return claimed;
}

/** What a site has to promise under some rules; null where it may promise nothing. */
export function stockToPromise(
	{ calendar, nowMs, reliability, quiet }: PromiseContext,
	site: Site,
	at: PicturedSite,
	{ keptBack, threshold, eligible }: BestEffect,
): StockToPromise | null {
	if (eligible.length === 0 || at.details.isInDoubt || quiet.has(site.id)) return null;
	const { onHand, allocated, supply } = at;
	const { dailyDemand, countedAtMs, shorts, picksRight, unitsOut, unitsIn, unitsReturned } = at.details;
	const recordedUnits = Math.max(0, onHand) + Math.max(0, allocated);
	const evidence = { countedAtMs, recordedUnits, shorts, picksRight, unitsOut, unitsIn, unitsReturned };
	const expected = supply.map(([, units, expectedOn, sourceId]): ExpectedSupply => {
		const day = calendar.daysUntil(site, expectedOn);
		const source = reliability.get(sourceId) ?? { inTime: 0, deliveries: 0 };
		// What is expected today or was expected before is not here yet: tomorrow at the earliest.
		return { day: Math.max(1, day), units, certainty: supplyCertainty(source, -day) };
	});
	const promised = at.promised.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
	return {
		onHand,
		claimed: claimedUnits(at, nowMs),
		keptBack,
		threshold,
		dailyDemand,
		// The units that orders have lie on the same shelf, and are taken first.
		sureOf: (units) => confidenceOf(evidence, nowMs, Math.max(0, allocated) + units),
		supply: promised.length === 0 ? expected : unpromised(expected, promised, site, calendar),
		// What orders and transfers have is no longer on hand.
		wanted: [],
	};
}

function unpromised(
	expected: readonly ExpectedSupply[],
	promised: readonly PicturedPromise[],
	site: Site,
	calendar: SiteCalendarAt,
): readonly ExpectedSupply[] {
	const promises = promised.map(({ units, dueOn }) => ({ units, day: Math.max(1, calendar.daysUntil(site, dueOn)) }));
	return coverPromises(expected, promises).left.filter(({ units }) => units > 0);
}
