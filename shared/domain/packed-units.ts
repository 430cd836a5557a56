import type { FulfillmentOrder, Package } from '../schema/fulfillment-order.ts';
import type { NamedUnits } from '../schema/stock-position.ts';
import type { LineUnits } from './decision.ts';
import { namedAtMost, withNamed, withoutNamed } from './named-units.ts';

type Named = readonly NamedUnits[];

/** A list without units that are named in another. */
export const without = (list: Named, gone: Named) => gone.reduce(withoutNamed, list);
const unitsOf = (list: Named) => list.reduce((sum, { quantity }) => sum + quantity, 0);

/** Of what was picked and named, the units that are in no package. */
export function namedOutside({ named = [], packages }: Pick<FulfillmentOrder, 'named' | 'packages'>): Named {
	return packages.reduce((list, each) => without(list, each.named ?? []), named as Named);
}

/** What a package holds, by lot and serial number: as the packer said it, else as it was picked where that leaves no doubt. */
export function packedUnits(fulfillmentOrder: FulfillmentOrder, lines: readonly LineUnits[]): Named {
	const told = lines.reduce<Named>((list, line) => withNamed(list, line), []);
	const outside = without(namedOutside(fulfillmentOrder), told);
	const inferred = [...new Set(lines.map(({ sku }) => sku))].flatMap((sku): Named => {
		const own = told.filter((units) => units.sku === sku);
		const units = lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0) - unitsOf(own);
		const left = outside.filter((each) => each.sku === sku);
		const picked = fulfillmentOrder.lines.reduce(
			(sum, line) => sum + (line.sku === sku ? line.quantities.picked : 0),
			0,
		);
		const notTold = picked - unitsOf(own);
		if (units >= notTold) return namedAtMost(left, sku, units);
		const [first] = left;
		const isOneLot = left.every(({ lot, serials }) => serials === undefined && lot === first?.lot);
		return isOneLot && unitsOf(left) >= notTold ? namedAtMost(left, sku, units) : [];
	});
	return [...told, ...inferred];
}

/** Those of a package that nobody had picked, as far as it was said which ones were. */
export function packedInstead(fulfillmentOrder: Pick<FulfillmentOrder, 'named' | 'packages'>, packed: Named): Named {
	return without(packed, namedOutside(fulfillmentOrder));
}

/**
 * What is named of an FO after something was packed: units that were not picked take the place of some that were.
 * @param packages with the new one
 * @param taken how many units of a SKU were taken for it
 */
export function namedAfterPacking(
	before: Pick<FulfillmentOrder, 'named' | 'packages'>,
	packages: readonly Package[],
	taken: (sku: string) => number,
): Named {
	const { named = [] } = before;
	const packed = packages.at(-1)?.named ?? [];
	const skus = new Set(packedInstead(before, packed).map(({ sku }) => sku));
	if (skus.size === 0) return named;
	const inPackages = packages.flatMap((each) => each.named ?? []);
	const outside = without(namedOutside(before), packed);
	const all = [
		...named.filter(({ sku }) => !skus.has(sku)),
		...[...inPackages, ...outside].filter(({ sku }) => skus.has(sku)),
	];
	return [...skus].reduce<Named>((list, sku) => namedAtMost(list, sku, taken(sku)), all);
}
