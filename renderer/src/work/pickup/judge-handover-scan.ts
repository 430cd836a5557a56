import type { ProductScan } from '../../../../shared/codes/index.ts';
import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { CounterScan } from './counter-scan.ts';
import { type ChosenSerials, type ChosenUnits, chosenOf } from './handover-units.ts';
import { inHand } from './pickup-progress.ts';

export interface HandoverScene {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
	readonly chosen: ChosenUnits;
	readonly serials?: ChosenSerials;
}

export type HandoverJudgement =
	/** One unit goes over the counter: `count` of the `of` that are in hand. */
	| {
			readonly kind: 'unit';
			readonly line: FulfillmentLine;
			readonly count: number;
			readonly of: number;
			readonly chosen: ChosenUnits;
			readonly serials: ChosenSerials;
	  }
	| { readonly kind: 'serial_twice'; readonly line: FulfillmentLine; readonly serial: string }
	/** Other units were picked for this order. */
	| { readonly kind: 'other_unit'; readonly line: FulfillmentLine; readonly serial: string }
	| { readonly kind: 'surplus'; readonly line: FulfillmentLine; readonly of: number }
	/** The product is in this order, but no unit of it is in hand. */
	| { readonly kind: 'none_in_hand'; readonly line: FulfillmentLine }
	| { readonly kind: 'wrong_product'; readonly gtins: readonly string[] }
	| { readonly kind: 'pass_checked' }
	/** The pass of somebody else; the other pickup is known where it is this site's. */
	| { readonly kind: 'wrong_pass'; readonly other: FulfillmentOrder | null }
	| { readonly kind: 'order_number_right' }
	| { readonly kind: 'wrong_order'; readonly number: string }
	| { readonly kind: 'right_shelf'; readonly location: string }
	| { readonly kind: 'wrong_shelf'; readonly scanned: string; readonly location: string | null }
	| { readonly kind: 'unreadable'; readonly text: string };

/** Judges a code during a handover. A pass code or an order number may also be typed without its prefix. */
export function judgeHandoverScan({ code, text, typed }: CounterScan, scene: HandoverScene): HandoverJudgement {
	switch (code.kind) {
		case 'pass':
			return judgePass(code.code, scene);
		case 'order':
			return judgeOrderNumber(code.number, scene);
		case 'location':
			return judgeLocation(code.code, scene);
		case 'product':
			return judgeProduct(code, scene);
		case 'unknown':
			return (typed ? judgeTyped(text.trim(), scene) : null) ?? { kind: 'unreadable', text: text.trim() };
	}
}

const same = (a: string, b: string) => a !== '' && a.toUpperCase() === b.toUpperCase();

function judgePass(code: string, { fulfillmentOrder, fulfillmentOrders }: HandoverScene): HandoverJudgement {
	if (same(fulfillmentOrder.passCode, code)) return { kind: 'pass_checked' };
	const other = fulfillmentOrders.find((each) => each.method === 'pickup' && same(each.passCode, code));
	return { kind: 'wrong_pass', other: other ?? null };
}

function judgeOrderNumber(number: string, { fulfillmentOrder }: HandoverScene): HandoverJudgement {
	const isRight = same(fulfillmentOrder.orderNumber, number) || same(fulfillmentOrder.number, number);
	return isRight ? { kind: 'order_number_right' } : { kind: 'wrong_order', number };
}

function judgeLocation(code: string, { fulfillmentOrder }: HandoverScene): HandoverJudgement {
	const { stagedAt } = fulfillmentOrder;
	if (stagedAt !== null && same(stagedAt, code)) return { kind: 'right_shelf', location: stagedAt };
	return { kind: 'wrong_shelf', scanned: code, location: stagedAt };
}

function judgeTyped(text: string, scene: HandoverScene): HandoverJudgement | null {
	const pass = judgePass(text, scene);
	if (pass.kind === 'pass_checked' || (pass.kind === 'wrong_pass' && pass.other !== null)) return pass;
	const order = judgeOrderNumber(text, scene);
	if (order.kind === 'order_number_right') return order;
	const shelf = judgeLocation(text, scene);
	return shelf.kind === 'right_shelf' ? shelf : null;
}

function judgeProduct(
	{ gtins, serial }: ProductScan,
	{ fulfillmentOrder, chosen, serials = {} }: HandoverScene,
): HandoverJudgement {
	const named = fulfillmentOrder.lines.filter((line) => line.gtins.some((gtin) => gtins.includes(gtin)));
	const [first] = named;
	if (first === undefined) return { kind: 'wrong_product', gtins };
	if (serial !== undefined) {
		const isChosen = named.some(({ lineId }) => (serials[lineId] ?? []).includes(serial));
		if (isChosen) return { kind: 'serial_twice', line: first, serial };
		if (isOtherThanPicked(fulfillmentOrder, first.sku, serial)) return { kind: 'other_unit', line: first, serial };
	}
	const open = named.find((line) => chosenOf(line, chosen) < inHand(line));
	if (open !== undefined) {
		const count = chosenOf(open, chosen) + 1;
		const { lineId } = open;
		const scanned = serial === undefined ? {} : { [lineId]: [...(serials[lineId] ?? []), serial] };
		return {
			kind: 'unit',
			line: open,
			count,
			of: inHand(open),
			chosen: { ...chosen, [lineId]: count },
			serials: { ...serials, ...scanned },
		};
	}
	const held = named.find((line) => inHand(line) > 0);
	if (held === undefined) return { kind: 'none_in_hand', line: first };
	return { kind: 'surplus', line: held, of: inHand(held) };
}

/** Every unit that was picked of it is known by its serial number, and this is none of them. */
function isOtherThanPicked({ named = [], lines }: FulfillmentOrder, sku: string, serial: string): boolean {
	const picked = named.flatMap((units) => (units.sku === sku ? (units.serials ?? []) : []));
	const got = lines
		.filter((line) => line.sku === sku)
		.reduce((sum, line) => sum + inHand(line) + line.quantities.handedOver, 0);
	return picked.length >= got && !picked.includes(serial);
}
