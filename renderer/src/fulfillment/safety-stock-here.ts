import { useMemo } from 'react';
import { leftBelowSafety, safetyStockAt } from '../../../shared/domain/safety-stock.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { Site } from '../../../shared/schema/site.ts';
import {
	currentDocuments,
	currentSiteId,
	readStocksHere,
	usePublishedRules,
	useSite,
	useStockHere,
} from '../replica/index.ts';
import { useTimeText } from '../ui/index.ts';

/** What the rules, as far as this device has heard, keep back of a product at a site that holds so many. */
export function useSafetyStock(product: Product | null, site: Site | null, onHand: number): number {
	const rules = usePublishedRules();
	const at = useTimeText().now.toString();
	return useMemo(
		() => (product === null || site === null || rules === null ? 0 : safetyStockAt(rules, product, site, onHand, at)),
		[rules, product, site, onHand, at],
	);
}

/** What is available of a product at this site, and what of it the rules keep back; null before it is read. */
export function useKeptBackHere(
	product: Product | null,
): { readonly available: number; readonly safetyStock: number } | null {
	const here = useStockHere(product?.id ?? '');
	const available = here?.units.available ?? 0;
	const safetyStock = useSafetyStock(product, useSite(), available);
	return product === null || here === null ? null : { available, safetyStock };
}

export interface BelowSafety {
	readonly left: number;
	readonly safetyStock: number;
}

/** What stays here when so many units are taken, where that is less than the rules keep back: for the handler of a scan. */
export async function belowSafetyHere(product: Product, taken: number, at: string): Promise<BelowSafety | null> {
	const [rules] = currentDocuments('rules');
	const site = currentDocuments('site').find(({ id }) => id === currentSiteId());
	const here = (await readStocksHere([product.id], undefined))?.get(product.id);
	if (rules === undefined || site === undefined || here === undefined) return null;
	const { available } = here.units;
	const safetyStock = safetyStockAt(rules, product, site, available, at);
	const left = leftBelowSafety(available, safetyStock, taken);
	return left === null ? null : { left, safetyStock };
}
