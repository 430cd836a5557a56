import { readSscc, type ScanCode } from '../../../../shared/codes/index.ts';
import { announcedUnits } from '../../../../shared/domain/supply.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { Delivery } from './deliveries.ts';
import { progressOf } from './expected-units.ts';

export type FoundDelivery =
	| { readonly kind: 'found'; readonly supplyId: string }
	/** A product that more than one delivery expects: only the person knows which came. */
	| { readonly kind: 'several'; readonly count: number }
	| { readonly kind: 'not_expected'; readonly name: string }
	| { readonly kind: 'none' };

/** The delivery that a scan names: by its number, by one of its logistic units, or by a product that only it still expects. */
export function findDelivery(
	all: readonly Delivery[],
	{ code, text, product }: { readonly code: ScanCode; readonly text: string; readonly product: Product | null },
): FoundDelivery {
	const number = (code.kind === 'order' ? code.number : text.trim()).toUpperCase();
	const sscc = readSscc(text);
	const named = all.find(
		({ supply }) => supply.number.toUpperCase() === number || announcedUnits(supply).some((unit) => unit.sscc === sscc),
	);
	if (named !== undefined) return { kind: 'found', supplyId: named.supply.id };
	if (code.kind !== 'product') return { kind: 'none' };
	const sku =
		product?.id ??
		all.flatMap(({ supply }) => [...supply.lines]).find((line) => line.gtins.some((gtin) => code.gtins.includes(gtin)))
			?.sku;
	const expecting = all.filter(({ supply }) =>
		progressOf(supply).some((each) => each.sku === sku && each.came < each.expected),
	);
	const [first] = expecting;
	if (first !== undefined && expecting.length === 1) return { kind: 'found', supplyId: first.supply.id };
	if (expecting.length > 1) return { kind: 'several', count: expecting.length };
	return sku === undefined ? { kind: 'none' } : { kind: 'not_expected', name: product?.name ?? sku };
}
