import type { Basket } from './basket.ts';

/** Units by SKU. */
export type Units = ReadonlyMap<string, number>;

/** What of a line this device may promise by itself. */
export interface Cover {
	readonly key: string;
	readonly wanted: number;
	readonly covered: number;
}

/** Spends what this device may still promise on the lines, the first one first. */
export function coverOf({ lines }: Basket, left: Units): readonly Cover[] {
	const rest = new Map(left);
	return lines.map(({ key, sku, quantity }) => {
		const wanted = quantity ?? 0;
		const covered = Math.min(wanted, Math.max(0, rest.get(sku) ?? 0));
		rest.set(sku, (rest.get(sku) ?? 0) - covered);
		return { key, wanted, covered };
	});
}

export function isCovered(cover: readonly Cover[]): boolean {
	return cover.every(({ wanted, covered }) => covered === wanted);
}

/** The rights that a promise of this basket takes. */
export function rightsTaken(basket: Basket, left: Units): { readonly sku: string; readonly quantity: number }[] {
	const taken = new Map<string, number>();
	const covers = coverOf(basket, left);
	for (const [at, { sku }] of basket.lines.entries())
		taken.set(sku, (taken.get(sku) ?? 0) + (covers[at]?.covered ?? 0));
	return [...taken].filter(([, quantity]) => quantity > 0).map(([sku, quantity]) => ({ sku, quantity }));
}

/** The basket with no more of a line than this device may promise; lines of which it may promise nothing leave. */
export function fewer(basket: Basket, left: Units): Basket {
	const covers = new Map(coverOf(basket, left).map((each) => [each.key, each]));
	const lines = basket.lines.flatMap((line) => {
		const { wanted, covered } = covers.get(line.key) ?? { wanted: 0, covered: 0 };
		if (wanted === covered) return [line];
		return covered === 0 ? [] : [{ ...line, quantity: covered }];
	});
	const isActiveLeft = lines.some(({ key }) => key === basket.activeKey);
	return { lines, activeKey: isActiveLeft ? basket.activeKey : (lines.at(-1)?.key ?? null) };
}
