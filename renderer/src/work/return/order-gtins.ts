import type { Order } from '../../../../shared/schema/order.ts';
import { currentDocuments, findProduct } from '../../replica/index.ts';

/** The GTIN-14s of each SKU of an order: from the catalog, and from the fulfillment orders of this site. */
export async function gtinsOfOrder(order: Order): Promise<ReadonlyMap<string, readonly string[]>> {
	const gtins = new Map<string, string[]>();
	const add = (sku: string, more: readonly string[]) => gtins.set(sku, [...(gtins.get(sku) ?? []), ...more]);
	for (const { orderId, lines } of currentDocuments('fulfillment_order'))
		if (orderId === order.id) for (const line of lines) add(line.sku, line.gtins);
	const products = await Promise.all([...new Set(order.lines.map((line) => line.sku))].map((sku) => findProduct(sku)));
	for (const product of products) if (product !== null) add(product.id, [product.gtin, ...product.otherGtins]);
	return gtins;
}
