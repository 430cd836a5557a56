import type { ProductScan } from '../../../shared/codes/index.ts';
import type { FulfillmentLine } from '../../../shared/schema/fulfillment-order.ts';
import type { Product } from '../../../shared/schema/product.ts';

/**
 * The lines that a scanned product may belong to, in the order given. A code with two readings (GTIN-8 or UPC-E) matches by either;
 * `product` is what the catalog knows by the code, so that a code added after the order was taken counts too.
 */
export function linesOfProduct<Line extends Pick<FulfillmentLine, 'sku' | 'gtins'>>(
	lines: readonly Line[],
	scan: ProductScan,
	product: Product | null,
): readonly Line[] {
	return lines.filter((line) => line.sku === product?.id || line.gtins.some((gtin) => scan.gtins.includes(gtin)));
}

/** Units that one scan stands for: a code may carry a count, for instance of a full tray. */
export function unitsInScan(scan: ProductScan): number {
	const { quantity } = scan;
	return quantity !== undefined && Number.isSafeInteger(quantity) && quantity > 0 ? quantity : 1;
}
