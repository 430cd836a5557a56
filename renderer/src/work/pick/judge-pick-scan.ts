import { type ProductScan, printGtin, type ScanCode } from '../../../../shared/codes/index.ts';
import { judgeExpiry } from '../../../../shared/domain/unit-identity.ts';
import type {
	FulfillmentLine,
	FulfillmentOrder,
	FulfillmentState,
} from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import type { UnitIdentity } from '../../../../shared/schema/stock-position.ts';
import type { CodeVerdict } from '../../fulfillment/code-verdict-text.ts';
import { linesOfProduct, unitsInScan } from '../../fulfillment/lines-of-product.ts';
import { scannedIdentity } from '../../fulfillment/scanned-identity.ts';
import { currentLine, linesOnPath, unitsNotFound, unitsToPick } from './pick-path.ts';

/** What one scan means for the picker. Counts are as they will be once the operation is saved. */
export type PickVerdict =
	| {
			readonly kind: 'right_item';
			readonly line: FulfillmentLine;
			readonly units: number;
			readonly moreOfLine: number;
			readonly moreOfOrder: number;
			readonly identity: UnitIdentity;
	  }
	| { readonly kind: 'order_complete'; readonly line: FulfillmentLine; readonly identity: UnitIdentity }
	/** It may go to nobody without the word of a person. */
	| {
			readonly kind: 'expired';
			readonly line: FulfillmentLine;
			readonly expiresOn: string;
			readonly lot: string | null;
	  }
	/** Taken before, for the order with this number. */
	| { readonly kind: 'serial_twice'; readonly name: string; readonly serial: string; readonly number: string }
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
	/** The site's calendar day. */
	readonly today: string;
	/** The last good day of the scanned lot by the books, for a code that names none. */
	readonly lotExpiresOn?: string | undefined;
	/** The order for which a unit with this serial number has been taken already, or null. */
	readonly serialTakenFor?: (sku: string, serial: string) => string | null;
	/** A person has said to take it although it has expired. */
	readonly takesExpired?: boolean;
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
	const identity = identityOf(code, units, scan);
	const twice = judgeSerial(line ?? mine[0], identity, scan);
	if (line !== undefined && twice === null)
		return judgeExpired(line, identity, scan) ?? judgeNeeded(fulfillmentOrder, line, units, scan.text, identity);

	const putBack = judgePutBack(fulfillmentOrder, mine, scan.product, units, identity);
	if (putBack !== null) return putBack;
	if (twice !== null) return twice;
	const { state } = fulfillmentOrder;
	if (!isPickable && state !== 'picked') return says({ kind: 'not_to_pick', state });

	const missing = mine.find((each) => unitsNotFound(each) >= units);
	if (missing !== undefined) {
		return (
			judgeExpired(missing, identity, scan) ?? {
				verdict: { kind: 'found_after_short', line: missing, stillMissing: unitsNotFound(missing) - units },
				operation: pickOperation(fulfillmentOrder, missing, units, scan.text, identity),
			}
		);
	}
	const full = mine[0];
	if (full !== undefined) {
		const isUnsellable = full.shorts.some((short) => short.reason !== 'not_found');
		return says({ kind: isUnsellable ? 'reported_unsellable' : 'surplus_unit', line: full });
	}
	if (scan.product !== null) return says({ kind: 'wrong_item', scanned: scan.product.name, wanted });
	return says({ kind: 'unknown_product', code: printGtin(code.gtins[0] ?? scan.text) });
}

function identityOf(code: ProductScan, units: number, { lotExpiresOn }: PickScan): UnitIdentity {
	const scanned = scannedIdentity(code, units);
	return scanned.expiresOn === undefined && lotExpiresOn !== undefined
		? { ...scanned, expiresOn: lotExpiresOn }
		: scanned;
}

/** A unit with a serial number is taken once. */
function judgeSerial(
	line: FulfillmentLine | undefined,
	{ serials: [serial] = [] }: UnitIdentity,
	{ serialTakenFor }: PickScan,
): JudgedPickScan | null {
	if (line === undefined || serial === undefined) return null;
	const number = serialTakenFor?.(line.sku, serial) ?? null;
	return number === null ? null : says({ kind: 'serial_twice', name: line.name, serial, number });
}

function judgeExpired(line: FulfillmentLine, identity: UnitIdentity, scan: PickScan): JudgedPickScan | null {
	const { expiresOn, lot = null } = identity;
	const hasExpired = expiresOn !== undefined && judgeExpiry(expiresOn, scan.today) === 'expired';
	return hasExpired && scan.takesExpired !== true ? says({ kind: 'expired', line, expiresOn, lot }) : null;
}

/** A unit that the FO does not want, and for which there is a task to bring it back. */
function judgePutBack(
	fulfillmentOrder: FulfillmentOrder,
	mine: readonly FulfillmentLine[],
	product: Product | null,
	units: number,
	identity: UnitIdentity,
): JudgedPickScan | null {
	const task = fulfillmentOrder.putBack.find(({ sku }) => sku === product?.id || mine.some((line) => line.sku === sku));
	if (task === undefined) return null;
	const own = mine.find((line) => line.sku === task.sku);
	const name = own?.name ?? product?.name ?? task.sku;
	if (units > task.quantity) return says({ kind: 'too_many_units', name, units, needed: task.quantity });
	const { id: fulfillmentOrderId, orderId } = fulfillmentOrder;
	return {
		verdict: { kind: 'put_back', name, bin: own?.bin ?? '', more: task.quantity - units },
		operation: {
			type: 'put_back',
			payload: { fulfillmentOrderId, orderId, sku: task.sku, quantity: units, ...identity },
		},
	};
}

function judgeNeeded(
	fulfillmentOrder: FulfillmentOrder,
	line: FulfillmentLine,
	units: number,
	text: string,
	identity: UnitIdentity,
): JudgedPickScan {
	const needed = line.quantities.toPick;
	if (units > needed) return says({ kind: 'too_many_units', name: line.name, units, needed });
	const moreOfOrder = unitsToPick(fulfillmentOrder) - units;
	return {
		verdict:
			moreOfOrder === 0
				? { kind: 'order_complete', line, identity }
				: { kind: 'right_item', line, units, moreOfLine: needed - units, moreOfOrder, identity },
		operation: pickOperation(fulfillmentOrder, line, units, text, identity),
	};
}

function pickOperation(
	fulfillmentOrder: FulfillmentOrder,
	line: FulfillmentLine,
	units: number,
	text: string,
	identity: UnitIdentity,
): PickOperation {
	const { id: fulfillmentOrderId, orderId } = fulfillmentOrder;
	const { lineId, sku } = line;
	const scannedCode = text.slice(0, 200);
	const target = { fulfillmentOrderId, orderId, lineId, sku };
	return { type: 'pick', payload: { ...target, quantity: units, scannedCode, ...identity } };
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
