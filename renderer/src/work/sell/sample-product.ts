import type { Product } from '../../../../shared/schema/product.ts';

/** A product for tests. */
export function sampleProduct(sku: string, change: Partial<Product> = {}): Product {
	return {
		id: sku,
		kind: 'product',
		gtin: '05012345678900',
		otherGtins: [],
		name: `Product ${sku}`,
		brand: '',
		department: 'Kitchen',
		price: { minor: 450, currency: 'GBP' },
		weightGrams: 300,
		tracking: 'none',
		...change,
	};
}
