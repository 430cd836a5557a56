import type { ProductScan } from '../../../../shared/codes/index.ts';
import { judgeExpiry } from '../../../../shared/domain/unit-identity.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { addUnits, type Basket, type BasketLine, mostLines, mostUnits } from './basket.ts';

export type BasketJudgement =
	| {
			readonly kind: 'added';
			readonly basket: Basket;
			readonly line: BasketLine;
			/** What somebody should know of these units; nothing keeps them out. */
			readonly remark: 'expired' | 'no_serial' | null;
	  }
	| { readonly kind: 'unknown_product'; readonly code: string }
	| { readonly kind: 'serial_twice'; readonly serial: string }
	| { readonly kind: 'too_many' };

/** What a product's scan adds to the basket. @param today the site's day, for instance 2026-11-26 */
export function judgeBasketScan(
	basket: Basket,
	scan: ProductScan,
	found: { readonly product: Product; readonly bin: string } | null,
	today: string,
): BasketJudgement {
	if (found === null) return { kind: 'unknown_product', code: scan.gtins[0] ?? '' };
	const { product, bin } = found;
	const { serial } = scan;
	if (serial !== undefined && isInBasket(basket, product.id, serial)) return { kind: 'serial_twice', serial };
	// One serial number is one unit, whatever else the code says.
	const quantity = serial !== undefined || !isCount(scan.quantity) ? 1 : scan.quantity;
	const units = basket.lines.reduce((sum, line) => sum + (line.quantity ?? 0), 0) + quantity;
	const next = addUnits(basket, product, bin, { quantity, lot: scan.lot, expiresOn: scan.expiry, serial });
	const line = next.lines.find(({ key }) => key === next.activeKey);
	if (line === undefined || units > mostUnits || next.lines.length > mostLines) return { kind: 'too_many' };
	const isExpired = judgeExpiry(scan.expiry, today) === 'expired';
	const remark = isExpired ? 'expired' : product.tracking === 'serial' && serial === undefined ? 'no_serial' : null;
	return { kind: 'added', basket: next, line, remark };
}

const isCount = (quantity: number | undefined): quantity is number =>
	quantity !== undefined && Number.isSafeInteger(quantity) && quantity > 0;

function isInBasket({ lines }: Basket, sku: string, serial: string): boolean {
	return lines.some((line) => line.sku === sku && line.serials?.includes(serial) === true);
}
