import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Order } from '../../../../shared/schema/order.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { CounterScan } from './counter-scan.ts';
import { type HandoverRecord, handoverRecords } from './handover-record.ts';
import { stagingLocation, standingAt } from './pickup-board.ts';
import { pickupProgress, unitsInHand, unitsToPick } from './pickup-progress.ts';

export interface BoardScene {
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
	readonly orders: readonly Order[];
	readonly site: Site;
}

/** What a scan on the board leads to, or why it leads nowhere. */
export type BoardJudgement =
	| { readonly kind: 'open_handover'; readonly fulfillmentOrder: FulfillmentOrder; readonly passChecked: boolean }
	| { readonly kind: 'not_prepared'; readonly fulfillmentOrder: FulfillmentOrder }
	| {
			readonly kind: 'handed_over';
			readonly fulfillmentOrder: FulfillmentOrder;
			readonly record: HandoverRecord | null;
	  }
	| { readonly kind: 'cancelled'; readonly fulfillmentOrder: FulfillmentOrder }
	| { readonly kind: 'declined'; readonly fulfillmentOrder: FulfillmentOrder }
	| { readonly kind: 'not_a_pickup'; readonly orderNumber: string }
	| { readonly kind: 'other_site'; readonly orderNumber: string; readonly siteNames: readonly string[] }
	| { readonly kind: 'unknown_order'; readonly orderNumber: string }
	| { readonly kind: 'unknown_pass'; readonly code: string }
	| {
			readonly kind: 'shelf';
			readonly location: string;
			readonly fulfillmentOrders: readonly FulfillmentOrder[];
	  }
	| { readonly kind: 'not_a_shelf'; readonly code: string }
	| { readonly kind: 'product' }
	| { readonly kind: 'find'; readonly query: string }
	| { readonly kind: 'unreadable'; readonly text: string };

/**
 * Judges a code on the pickup board. What was typed by hand may be a bare order number, pass code or shelf; if it is none
 * of them it is something to look for.
 */
export function judgeBoardScan({ code, text, typed }: CounterScan, scene: BoardScene): BoardJudgement {
	switch (code.kind) {
		case 'pass':
			return judgePass(code.code, scene) ?? { kind: 'unknown_pass', code: code.code };
		case 'order':
			return judgeOrder(code.number, scene) ?? { kind: 'unknown_order', orderNumber: code.number };
		case 'location':
			return judgeShelf(code.code, scene) ?? { kind: 'not_a_shelf', code: code.code };
		case 'product':
			// An order number of digits only may happen to be a right GTIN.
			return (typed ? judgeText(text.trim(), scene) : null) ?? { kind: 'product' };
		case 'unknown':
			if (typed) return judgeText(text.trim(), scene) ?? { kind: 'find', query: text.trim() };
			return judgeShelf(text, scene) ?? { kind: 'unreadable', text: text.trim() };
	}
}

function judgeText(text: string, scene: BoardScene): BoardJudgement | null {
	return judgePass(text, scene) ?? judgeOrder(text, scene) ?? judgeShelf(text, scene);
}

function judgePass(code: string, scene: BoardScene): BoardJudgement | null {
	const wanted = code.toUpperCase();
	const found = scene.fulfillmentOrders.find(
		(each) => each.method === 'pickup' && each.passCode !== '' && each.passCode.toUpperCase() === wanted,
	);
	return found === undefined ? null : judgeFulfillmentOrder(found, true, scene);
}

function judgeOrder(number: string, scene: BoardScene): BoardJudgement | null {
	const wanted = number.toUpperCase();
	const here = scene.fulfillmentOrders.filter(
		(each) => each.orderNumber.toUpperCase() === wanted || each.number.toUpperCase() === wanted,
	);
	const order = scene.orders.find((each) => each.number.toUpperCase() === wanted);
	const pickups = here.filter((each) => each.method === 'pickup');
	const [best] = pickups.map((each) => judgeFulfillmentOrder(each, false, scene)).sort((a, b) => rankOf(a) - rankOf(b));
	if (best !== undefined) return best;
	if (here[0] !== undefined) return { kind: 'not_a_pickup', orderNumber: here[0].orderNumber };
	if (order === undefined) return null;
	const elsewhere = order.fulfillments.filter((each) => each.siteId !== scene.site.id);
	const siteNames = [...new Set(elsewhere.map((each) => each.siteName))];
	return { kind: 'other_site', orderNumber: order.number, siteNames };
}

const preference = ['open_handover', 'not_prepared', 'handed_over', 'cancelled', 'declined'];
const rankOf = (judgement: BoardJudgement) => preference.indexOf(judgement.kind);

function judgeFulfillmentOrder(
	fulfillmentOrder: FulfillmentOrder,
	passChecked: boolean,
	scene: BoardScene,
): BoardJudgement {
	const progress = pickupProgress(fulfillmentOrder);
	if (progress === 'declined') return { kind: 'declined', fulfillmentOrder };
	if (progress === 'cancelled') return { kind: 'cancelled', fulfillmentOrder };
	if (unitsInHand(fulfillmentOrder) > 0) return { kind: 'open_handover', fulfillmentOrder, passChecked };
	if (unitsToPick(fulfillmentOrder) > 0) return { kind: 'not_prepared', fulfillmentOrder };
	const document = scene.orders.find((each) => each.id === fulfillmentOrder.orderId) ?? null;
	const record = handoverRecords(document, fulfillmentOrder.id)[0] ?? null;
	return { kind: 'handed_over', fulfillmentOrder, record };
}

function judgeShelf(code: string, scene: BoardScene): BoardJudgement | null {
	const location = stagingLocation(scene.site, code);
	if (location === null) return null;
	return { kind: 'shelf', location, fulfillmentOrders: standingAt(scene.fulfillmentOrders, location) };
}
