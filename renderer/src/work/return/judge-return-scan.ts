import type { ScanCode } from '../../../../shared/codes/index.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import { type CounterGoods, onCounter, putDown } from './counter-goods.ts';
import { type ReturnableLine, returnableLines } from './returnable-units.ts';

export interface ReturnScene {
	readonly order: Order;
	readonly counter: CounterGoods;
	/** The GTIN-14s of each SKU of the order, as the catalog has them. */
	readonly gtinsOfSku: ReadonlyMap<string, readonly string[]>;
}

export type ReturnJudgement =
	/** One unit is put on the counter: `count` of the `of` that can come back. */
	| {
			readonly kind: 'unit';
			readonly line: ReturnableLine;
			readonly count: number;
			readonly of: number;
			readonly counter: CounterGoods;
	  }
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
			return judgeProduct(code.gtins, scene);
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
	return judgeLines(lines, counter) ?? { kind: 'unreadable', text: lineId };
}

function judgeProduct(gtins: readonly string[], { order, counter, gtinsOfSku }: ReturnScene): ReturnJudgement {
	const named = returnableLines(order).filter((each) =>
		gtinsOfSku.get(each.line.sku)?.some((gtin) => gtins.includes(gtin)),
	);
	return judgeLines(named, counter) ?? { kind: 'wrong_product', gtins };
}

function judgeLines(lines: readonly ReturnableLine[], counter: CounterGoods): ReturnJudgement | null {
	const [first] = lines;
	if (first === undefined) return null;
	const open = lines.find((each) => onCounter(counter, each.line.id) < each.canComeBack);
	if (open !== undefined) {
		const count = onCounter(counter, open.line.id) + 1;
		return { kind: 'unit', line: open, count, of: open.canComeBack, counter: putDown(counter, open.line) };
	}
	const held = lines.find((each) => each.canComeBack > 0);
	if (held !== undefined) return { kind: 'more_than_sold', line: held, of: held.canComeBack };
	const back = lines.find((each) => each.returned > 0);
	return back === undefined ? { kind: 'never_sold', line: first } : { kind: 'all_returned', line: back };
}
