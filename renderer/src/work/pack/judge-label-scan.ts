import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { PackScan } from './judge-pack-scan.ts';

export type LabelVerdict =
	| { readonly kind: 'tracking_number'; readonly trackingNumber: string }
	/** An article of the catalog: scanned instead of the label. */
	| { readonly kind: 'item_not_label'; readonly name: string }
	| { readonly kind: 'own_code' }
	| { readonly kind: 'label_used_before' }
	| { readonly kind: 'unreadable_label' };

const longestNumber = 100;

/**
 * Says whether a scanned or typed text can be the carrier's number on the closed package. A number whose digits happen to look like a product's
 * is a label all the same, unless the catalog or the order knows that product.
 */
export function judgeLabelScan(fulfillmentOrder: FulfillmentOrder, scan: PackScan): LabelVerdict {
	const { code, product } = scan;
	if (code.kind === 'order' || code.kind === 'location' || code.kind === 'pass') return { kind: 'own_code' };
	if (product !== null) return { kind: 'item_not_label', name: product.name };
	if (code.kind === 'product') {
		const line = fulfillmentOrder.lines.find((each) => each.gtins.some((gtin) => code.gtins.includes(gtin)));
		if (line !== undefined) return { kind: 'item_not_label', name: line.name };
	}
	const trackingNumber = scan.text.trim().replace(/^\][A-Za-z][0-9A-Za-z]/, '');
	// Spaces stand on printed numbers; anything else that can't be printed is a misread.
	const isReadable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(trackingNumber);
	if (!isReadable || trackingNumber.length > longestNumber) return { kind: 'unreadable_label' };
	const isUsed = fulfillmentOrder.packages.some((each) => each.trackingNumber === trackingNumber);
	return isUsed ? { kind: 'label_used_before' } : { kind: 'tracking_number', trackingNumber };
}
