import { printGtin, type ScanCode } from '../../../../shared/codes/index.ts';
import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { CodeVerdict } from '../../fulfillment/code-verdict-text.ts';
import { linesOfProduct, unitsInScan } from '../../fulfillment/lines-of-product.ts';
import { scannedIdentity } from '../../fulfillment/scanned-identity.ts';
import { type Box, type ScannedUnit, unitsLeftToPack, unitsOutside, withUnits } from './box.ts';
import { judgePackedUnit, type UnitDoubt } from './judge-packed-unit.ts';

/** What one scan means for the packer. Counts are as they are with the unit in the box. */
export type PackVerdict =
	| {
			readonly kind: 'right_item';
			readonly line: FulfillmentLine;
			readonly moreOfLine: number;
			readonly moreOfOrder: number;
	  }
	| { readonly kind: 'all_in_box'; readonly line: FulfillmentLine }
	| UnitDoubt
	| { readonly kind: 'wrong_item'; readonly scanned: string }
	| { readonly kind: 'surplus_unit'; readonly line: FulfillmentLine }
	| { readonly kind: 'not_picked'; readonly line: FulfillmentLine }
	| { readonly kind: 'too_many_units'; readonly name: string; readonly units: number; readonly needed: number }
	| CodeVerdict
	| { readonly kind: 'this_order' }
	| { readonly kind: 'other_order'; readonly number: string }
	| { readonly kind: 'location' }
	| { readonly kind: 'stopped' };

export interface JudgedPackScan {
	readonly verdict: PackVerdict;
	/** The box afterwards; the same one where nothing went in. */
	readonly box: Box;
	/** The units that went in. */
	readonly units: readonly ScannedUnit[];
}

export interface PackScan {
	readonly code: ScanCode;
	/** As the scanner sent it. */
	readonly text: string;
	/** What the catalog knows by a product's code, or null. */
	readonly product: Product | null;
	/** What is in the open box, unit by unit. */
	readonly scanned?: readonly ScannedUnit[];
	/** A person has said to pack it although another unit was picked. */
	readonly takesOther?: boolean;
}

/** Says what a scan means while the box is open. Pure: the same scan twice is two units, the second judged with the first in the box. */
export function judgePackScan(fulfillmentOrder: FulfillmentOrder, box: Box, scan: PackScan): JudgedPackScan {
	const { code, text } = scan;
	const says = (verdict: PackVerdict): JudgedPackScan => ({ verdict, box, units: [] });
	const { state } = fulfillmentOrder;
	if (state === 'cancelled' || state === 'declined' || state === 'moved') return says({ kind: 'stopped' });
	switch (code.kind) {
		case 'location':
			return says({ kind: 'location' });
		case 'pass':
			return says({ kind: 'customer_pass' });
		case 'unknown':
			return says({ kind: 'unknown_code', code: text, reason: code.reason });
		case 'order': {
			const numbers = [fulfillmentOrder.orderNumber, fulfillmentOrder.number].map((number) => number.toUpperCase());
			return says(
				numbers.includes(code.number) ? { kind: 'this_order' } : { kind: 'other_order', number: code.number },
			);
		}
	}
	const units = unitsInScan(code);
	const mine = linesOfProduct(fulfillmentOrder.lines, code, scan.product);
	const line = mine.find((each) => unitsOutside(each, box) > 0);
	if (line !== undefined) {
		const needed = unitsOutside(line, box);
		if (units > needed) return says({ kind: 'too_many_units', name: line.name, units, needed });
		const identity = scannedIdentity(code, units);
		const doubt = judgePackedUnit(fulfillmentOrder, line, identity, units, scan.scanned ?? []);
		if (doubt !== null && !(doubt.kind === 'other_unit' && scan.takesOther === true)) return says(doubt);
		const after = withUnits(box, line.lineId, units);
		const moreOfOrder = unitsLeftToPack(fulfillmentOrder, after);
		const verdict: PackVerdict =
			moreOfOrder === 0
				? { kind: 'all_in_box', line }
				: { kind: 'right_item', line, moreOfLine: needed - units, moreOfOrder };
		const each = { lineId: line.lineId, ...identity };
		return { verdict, box: after, units: Array<ScannedUnit>(units).fill(each) };
	}
	const full = mine[0];
	if (full !== undefined) {
		const { packed, shipped } = full.quantities;
		const isPacked = (box[full.lineId] ?? 0) + packed + shipped > 0;
		return says({ kind: isPacked ? 'surplus_unit' : 'not_picked', line: full });
	}
	if (scan.product !== null) return says({ kind: 'wrong_item', scanned: scan.product.name });
	return says({ kind: 'unknown_product', code: printGtin(code.gtins[0] ?? text) });
}
