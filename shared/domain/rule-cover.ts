import type { ProductFilter } from '../schema/promising-rules.ts';
import type { RuleDays } from './check-rule-parts.ts';

/** Whether a list that any one value of will do for lets everything through that a second one does; a list that is absent lets everything through. */
export function coversList(wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean {
	return wide === undefined || (narrow?.every((value) => wide.includes(value)) ?? false);
}

/** Whether every product of the second filter is one of the first. */
export function coversProducts(wide: ProductFilter, narrow: ProductFilter): boolean {
	return (
		coversList(wide.skus, narrow.skus) &&
		coversList(wide.departments, narrow.departments) &&
		coversList(wide.brands, narrow.brands) &&
		coversList(wide.tracking, narrow.tracking) &&
		(wide.price === undefined ||
			(narrow.price?.currency === wide.price.currency &&
				coversRange(
					{ from: wide.price.fromMinor, to: wide.price.toMinor },
					{ from: narrow.price.fromMinor, to: narrow.price.toMinor },
				)))
	);
}

interface AmountRange {
	readonly from: number | undefined;
	readonly to: number | undefined;
}

/** Both ends included; an end that is absent is open. No amount is below zero. */
export function coversRange(wide: AmountRange, narrow: AmountRange): boolean {
	const open = Number.POSITIVE_INFINITY;
	return (wide.from ?? 0) <= (narrow.from ?? 0) && (narrow.to ?? open) <= (wide.to ?? open);
}

/** Whether the first holds on each day on which the second does. */
export function coversDays(wide: RuleDays, narrow: RuleDays): boolean {
	return (
		(wide.effectiveFrom === undefined || wide.effectiveFrom <= (narrow.effectiveFrom ?? '')) &&
		(wide.effectiveTo === undefined || (narrow.effectiveTo ?? '9999-99-99') <= wide.effectiveTo)
	);
}
