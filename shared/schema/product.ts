import { type Static, Type } from 'typebox';
import { Money } from '../money.ts';
import { Gtin14, Id, OneOf, ShortText, WeightGrams } from './field.ts';

/** One sellable SKU. `id` is the SKU; `gtin` is the code of the unit that is sold; `otherGtins` name the same unit too. */
export const Product = Type.Object({
	id: Id,
	kind: Type.Literal('product'),
	gtin: Gtin14,
	otherGtins: Type.Array(Gtin14, { maxItems: 20 }),
	name: ShortText,
	brand: Type.String({ maxLength: 200 }),
	department: ShortText,
	price: Money,
	weightGrams: WeightGrams,
	tracking: OneOf(['none', 'lot', 'serial']),
});
export type Product = Readonly<Static<typeof Product>>;

/** Leads from a further GTIN to its product, so that every code is found by one key. `id` is `gtin:` and the GTIN-14. */
export const GtinAlias = Type.Object({
	id: Id,
	kind: Type.Literal('gtin_alias'),
	gtin: Gtin14,
	sku: Id,
});
export type GtinAlias = Readonly<Static<typeof GtinAlias>>;
