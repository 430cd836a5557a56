import { type ProductScan, printGtin, type ScanCode } from '../../../../shared/codes/index.ts';
import type {
	FulfillmentLine,
	FulfillmentOrder,
	FulfillmentState,
} from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { CodeVerdict } from '../../fulfillment/code-verdict-text.ts';
import { linesOfProduct, unitsInScan } from '../../fulfillment/lines-of-product.ts';
import { currentLine, linesOnPath, unitsNotFound, unitsToPick } from './pick-path.ts';

/** What one scan means for the picker. Counts are as they will be once the operation is saved. */
export type PickVerdict =
	| {
			readonly kind: 'right_item';
			readonly line: FulfillmentLine;
			readonly units: number;
			readonly moreOfLine: number;
			readonly moreOfOrder: number;
	  }
	| { readonly kind: 'order_complete'; readonly line: FulfillmentLine }
	| { readonly kind: 'put_back'; readonly name: string; readonly bin: string; readonly more: number }
	| { readonly kind: 'wrong_item'; readonly scanned: string; readonly wanted: FulfillmentLine | null }
	| { readonly kind: 'surplus_unit'; readonly line: FulfillmentLine }
	/** Reported missing before, and here it is: it counts again. */
	| { readonly kind: 'found_after_short'; readonly line: FulfillmentLine; readonly stillMissing: number }
	| { readonly kind: 'reported_unsellable'; readonly line: FulfillmentLine }
	| { readonly kind: 'too_many_units'; readonly name: string; readonly units: number; readonly needed: number }
	| CodeVerdict
	| { readonly kind: 'right_bin'; readonly line: FulfillmentLine }
	| { readonly kind: 'wrong_bin'; readonly scanned: string; readonly wanted: FulfillmentLine | null }
	| { readonly kind: 'this_order' }
	| { readonly kind: 'other_order'; readonly number: string }
	| { readonly kind: 'not_to_pick'; readonly state: FulfillmentState };

export type PickOperation =
	| { readonly type: 'pick'; readonly payload: PayloadOf<'pick'> }
	| { readonly type: 'put_back'; readonly payload: PayloadOf<'put_back'> };

export interface JudgedPickScan {
	readonly verdict: PickVerdict;
	/** What to record before the verdict may be shown, or null where nothing has happened. */
	readonly operation: PickOperation | null;
}

export interface PickScan {
	readonly code: ScanCode;
	/** As the scanner sent it. */
	readonly text: string;
	/** What the catalog knows by a product's code, or null. */
	readonly product: Product | null;
}

const says = (verdict: PickVerdict): JudgedPickScan => ({ verdict, operation: null });

/**
 * Says what a scan means while this FO is picked. `chosenLineId` is the line that the picker moved to, or null. Pure: the same scan twice
 * is two units, because the FO of the second call already holds the first.
 */
export function judgePickScan(
	fulfillmentOrder: FulfillmentOrder,
	scan: PickScan,
	chosenLineId: string | null = null,
): JudgedPickScan {
	const { code, text } = scan;
	const wanted = currentLine(fulfillmentOrder, chosenLineId);
	switch (code.kind) {
		case 'product':
			return judgeProduct(fulfillmentOrder, code, scan, wanted);
		case 'location':
			return judgeLocation(fulfillmentOrder, code.code, wanted);
		case 'order': {
			const numbers = [fulfillmentOrder.orderNumber, fulfillmentOrder.number].map((number) => number.toUpperCase());
			return says(
				numbers.includes(code.number) ? { kind: 'this_order' } : { kind: 'other_order', number: code.number },
			);
		}
		case 'pass':
			return says({ kind: 'customer_pass' });
		case 'unknown':
			return says({ kind: 'unknown_code', code: text, reason: code.reason });
	}
}

function judgeProduct(
	fulfillmentOrder: FulfillmentOrder,
	code: ProductScan,
	scan: PickScan,
	wanted: FulfillmentLine | null,
): JudgedPickScan {
	const units = unitsInScan(code);
	const mine = linesOfProduct(linesOnPath(fulfillmentOrder), code, scan.product);
	const isPickable = fulfillmentOrder.state === 'assigned' || fulfillmentOrder.state === 'picking';
	const open = isPickable ? mine.filter((line) => line.quantities.toPick > 0) : [];
	const line = open.find((each) => each.lineId === wanted?.lineId) ?? open[0];
	if (line !== undefined) return judgeNeeded(fulfillmentOrder, line, units, scan.text);

	const putBack = judgePutBack(fulfillmentOrder, mine, scan.product, units);
	if (putBack !== null) return putBack;
	const { state } = fulfillmentOrder;
	if (!isPickable && state !== 'picked') return says({ kind: 'not_to_pick', state });

	const missing = mine.find((each) => unitsNotFound(each) >= units);
	if (missing !== undefined) {
		return {
			verdict: { kind: 'found_after_short', line: missing, stillMissing: unitsNotFound(missing) - units },
			operation: pickOperation(fulfillmentOrder, missing, units, scan.text),
		};
	}
	const full = mine[0];
	if (full !== undefined) {
		const isUnsellable = full.shorts.some((short) => short.reason !== 'not_found');
		return says({ kind: isUnsellable ? 'reported_unsellable' : 'surplus_unit', line: full });
	}
	if (scan.product !== null) return says({ kind: 'wrong_item', scanned: scan.product.name, wanted });
	return says({ kind: 'unknown_product', code: printGtin(code.gtins[0] ?? scan.text) });
}

/** A unit that the FO does not want, and for which there is a task to bring it back. */
function judgePutBack(
	fulfillmentOrder: FulfillmentOrder,
	mine: readonly FulfillmentLine[],
	product: Product | null,
	units: number,
): JudgedPickScan | null {
	const task = fulfillmentOrder.putBack.find(({ sku }) => sku === product?.id || mine.some((line) => line.sku === sku));
	if (task === undefined) return null;
	const own = mine.find((line) => line.sku === task.sku);
	const name = own?.name ?? product?.name ?? task.sku;
	if (units > task.quantity) return says({ kind: 'too_many_units', name, units, needed: task.quantity });
	const { id: fulfillmentOrderId, orderId } = fulfillmentOrder;
	return {
		verdict: { kind: 'put_back', name, bin: own?.bin ?? '', more: task.quantity - units },
		operation: { type: 'put_back', payload: { fulfillmentOrderId, orderId, sku: task.sku, quantity: units } },
	};
}

function judgeNeeded(
	fulfillmentOrder: FulfillmentOrder,
	line: FulfillmentLine,
	units: number,
	text: string,
): JudgedPickScan {
	const needed = line.quantities.toPick;
	if (units > needed) return says({ kind: 'too_many_units', name: line.name, units, needed });
	const moreOfOrder = unitsToPick(fulfillmentOrder) - units;
	return {
		verdict:
			moreOfOrder === 0
				? { kind: 'order_complete', line }
				: { kind: 'right_item', line, units, moreOfLine: needed - units, moreOfOrder },
		operation: pickOperation(fulfillmentOrder, line, units, text),
	};
}

function pickOperation(
	fulfillmentOrder: FulfillmentOrder,
	line: FulfillmentLine,
	units: number,
	text: string,
): PickOperation {
	const { id: fulfillmentOrderId, orderId } = fulfillmentOrder;
	const { lineId, sku } = line;
	const scannedCode = text.slice(0, 200);
	return { type: 'pick', payload: { fulfillmentOrderId, orderId, lineId, sku, quantity: units, scannedCode } };
}

/** A scanned shelf label answers "am I at the right bin?"; the bin of another open line makes that line the current one. */
function judgeLocation(
	fulfillmentOrder: FulfillmentOrder,
	scanned: string,
	wanted: FulfillmentLine | null,
): JudgedPickScan {
	const lies = (line: FulfillmentLine) => line.bin.toUpperCase() === scanned && line.quantities.toPick > 0;
	const line = wanted !== null && lies(wanted) ? wanted : linesOnPath(fulfillmentOrder).find(lies);
	return says(line === undefined ? { kind: 'wrong_bin', scanned, wanted } : { kind: 'right_bin', line });
}
