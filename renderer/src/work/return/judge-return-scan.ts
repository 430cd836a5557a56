import type { ProductScan, ScanCode } from '../../../../shared/codes/index.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import type { UnitIdentity } from '../../../../shared/schema/stock-position.ts';
import { scannedIdentity } from '../../fulfillment/scanned-identity.ts';
import { type CounterGoods, isOnCounter, onCounter, putDown } from './counter-goods.ts';
import { type ReturnableLine, returnableLines } from './returnable-units.ts';

export interface ReturnScene {
	readonly order: Order;
	readonly counter: CounterGoods;
	/** The GTIN-14s of each SKU of the order, as the catalog has them. */
	readonly gtinsOfSku: ReadonlyMap<string, readonly string[]>;
	/** The parts of the order that were fulfilled here: they know the serial numbers that were picked. */
	readonly fulfillmentOrders?: readonly FulfillmentOrder[];
}

export type ReturnJudgement =
	/** One unit is put on the counter: `count` of the `of` that can come back. */
	| {
			readonly kind: 'unit';
			readonly line: ReturnableLine;
			readonly count: number;
			readonly of: number;
			readonly counter: CounterGoods;
			/** The order was given other serial numbers, as far as it is known here. */
			readonly isOtherUnit: boolean;
	  }
	/** The unit with this serial number lies on the counter. */
	| { readonly kind: 'serial_twice'; readonly name: string; readonly serial: string }
	/** Every unit that the customer has lies on the counter already. */
	| { readonly kind: 'more_than_sold'; readonly line: ReturnableLine; readonly of: number }
	| { readonly kind: 'all_returned'; readonly line: ReturnableLine }
	| { readonly kind: 'never_sold'; readonly line: ReturnableLine }
	| { readonly kind: 'wrong_product'; readonly gtins: readonly string[] }
	| { readonly kind: 'right_order' }
	| { readonly kind: 'other_order'; readonly number: string }
	| { readonly kind: 'not_a_product'; readonly scanned: 'location' | 'pass' }
	| { readonly kind: 'unreadable'; readonly text: string };

/** Judges a code while goods of an order come back. Only a product that was sold and is not back yet counts. */
export function judgeReturnScan(code: ScanCode, scene: ReturnScene): ReturnJudgement {
	switch (code.kind) {
		case 'product':
			return judgeProduct(code, scene);
		case 'order':
			return code.number === scene.order.number.toUpperCase()
				? { kind: 'right_order' }
				: { kind: 'other_order', number: code.number };
		case 'location':
		case 'pass':
			return { kind: 'not_a_product', scanned: code.kind };
		case 'unknown':
			return { kind: 'unreadable', text: code.text.trim() };
	}
}

/** The same judgement for a unit whose code can't be read: the line was chosen by hand. */
export function judgeLineByHand(lineId: string, { order, counter }: ReturnScene): ReturnJudgement {
	const lines = returnableLines(order).filter((each) => each.line.id === lineId);
	return judgeLines(lines, counter, {}, []) ?? { kind: 'unreadable', text: lineId };
}

function judgeProduct(code: ProductScan, { order, counter, gtinsOfSku, fulfillmentOrders = [] }: ReturnScene) {
	const { gtins } = code;
	const named = returnableLines(order).filter((each) =>
		gtinsOfSku.get(each.line.sku)?.some((gtin) => gtins.includes(gtin)),
	);
	const own = fulfillmentOrders.filter(({ orderId }) => orderId === order.id);
	return judgeLines(named, counter, scannedIdentity(code, 1), own) ?? ({ kind: 'wrong_product', gtins } as const);
}

function judgeLines(
	lines: readonly ReturnableLine[],
	counter: CounterGoods,
	identity: UnitIdentity,
	fulfillmentOrders: readonly FulfillmentOrder[],
): ReturnJudgement | null {
	const [first] = lines;
	if (first === undefined) return null;
	const { sku, name } = first.line;
	const [serial] = identity.serials ?? [];
	if (serial !== undefined && isOnCounter(counter, sku, serial)) return { kind: 'serial_twice', name, serial };
	const open = lines.find((each) => onCounter(counter, each.line.id) < each.canComeBack);
	if (open !== undefined) {
		const count = onCounter(counter, open.line.id) + 1;
		const isOtherUnit = serial !== undefined && isOtherThanGiven(fulfillmentOrders, lines, serial);
		const after = putDown(counter, open.line, identity);
		return { kind: 'unit', line: open, count, of: open.canComeBack, counter: after, isOtherUnit };
	}
	const held = lines.find((each) => each.canComeBack > 0);
	if (held !== undefined) return { kind: 'more_than_sold', line: held, of: held.canComeBack };
	const back = lines.find((each) => each.returned > 0);
	return back === undefined ? { kind: 'never_sold', line: first } : { kind: 'all_returned', line: back };
}

/** Every unit that the customer got is known by its serial number, and this is none of them. */
function isOtherThanGiven(
	fulfillmentOrders: readonly FulfillmentOrder[],
	lines: readonly ReturnableLine[],
	serial: string,
): boolean {
	const given = fulfillmentOrders
		.flatMap(({ named = [] }) => named)
		.flatMap((units) => (lines.some(({ line }) => line.sku === units.sku) ? (units.serials ?? []) : []));
	const sold = lines.reduce((sum, line) => sum + line.sold, 0);
	return given.length >= sold && !given.includes(serial);
}
