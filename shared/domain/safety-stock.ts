import type { RuleSet } from '../schema/promising-rules.ts';
import type { Site } from '../schema/site.ts';
import { localDays, type RuledProduct, ruleEffect, safetyUnits } from './promising-rules.ts';

/** Under what the rules are asked when goods leave a site for another one, or its people take some off: the site's own channel. */
export const ownUse = (siteId: string) => ({ channel: siteId, method: 'ship' }) as const;

/**
 * Units of a product that the rules keep back at a site.
 * @param onHand what is available there; a share of it may be kept back
 * @param at an instant: the rules of the site's day count
 */
export function safetyStockAt(rules: RuleSet, product: RuledProduct, site: Site, onHand: number, at: string): number {
	const effect = ruleEffect(rules, { product, site, ...ownUse(site.id), on: localDays(at)(site.timeZone) });
	return safetyUnits(effect, onHand);
}

/** What is left after so many units are taken, where that is less than what is kept back; null where enough stays, or nothing is kept back. */
export function leftBelowSafety(available: number, safetyStock: number, taken: number): number | null {
	const left = available - taken;
	return safetyStock > 0 && taken > 0 && left < safetyStock ? left : null;
}
