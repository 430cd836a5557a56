import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Site } from '../../../../shared/schema/site.ts';
import type { CounterScan } from './counter-scan.ts';
import { stagingLocation, standingAt } from './pickup-board.ts';
import { pickupProgress, unitsInHand, unitsOf, unitsToShelve } from './pickup-progress.ts';

export interface StageScene {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly fulfillmentOrders: readonly FulfillmentOrder[];
	readonly site: Site;
}

/** Why nothing of this pickup can be put on a shelf now. */
export type StageObstacle = 'not_picked' | 'handed_over' | 'cancelled' | 'declined' | 'ships';

export type StageJudgement =
	/** `units` is all that stands there then, `from` the shelf that it leaves, `others` how many other pickups stand there. */
	| {
			readonly kind: 'put_there';
			readonly location: string;
			readonly units: number;
			readonly from: string | null;
			readonly others: number;
	  }
	| { readonly kind: 'already_there'; readonly location: string }
	| { readonly kind: 'obstacle'; readonly obstacle: StageObstacle }
	/** A place, but not one where pickups wait. */
	| { readonly kind: 'not_a_shelf'; readonly code: string }
	| { readonly kind: 'not_a_place'; readonly scanned: 'product' | 'order' | 'pass' }
	| { readonly kind: 'unreadable'; readonly text: string };

/** What stops this pickup from being put on a shelf, or null when it can be. Units still to pick don't stop those in hand. */
export function stageObstacle(fulfillmentOrder: FulfillmentOrder): StageObstacle | null {
	if (fulfillmentOrder.method !== 'pickup') return 'ships';
	const progress = pickupProgress(fulfillmentOrder);
	if (progress === 'cancelled' || progress === 'declined' || progress === 'handed_over') return progress;
	return unitsInHand(fulfillmentOrder) > 0 ? null : 'not_picked';
}

/** Judges a code while a pickup waits to be put on a shelf. A shelf may be named by its bare code too. */
export function judgeStageScan({ code, text }: CounterScan, scene: StageScene): StageJudgement {
	if (code.kind === 'location') return judgePlace(code.code, scene) ?? { kind: 'not_a_shelf', code: code.code };
	if (code.kind !== 'unknown') return { kind: 'not_a_place', scanned: code.kind };
	return judgePlace(text, scene) ?? { kind: 'unreadable', text: text.trim() };
}

const stagedUnits = (fulfillmentOrder: FulfillmentOrder) => unitsOf(fulfillmentOrder, (line) => line.quantities.staged);

function judgePlace(code: string, { fulfillmentOrder, fulfillmentOrders, site }: StageScene): StageJudgement | null {
	const location = stagingLocation(site, code);
	if (location === null) return null;
	const obstacle = stageObstacle(fulfillmentOrder);
	if (obstacle !== null) return { kind: 'obstacle', obstacle };
	const from = stagedUnits(fulfillmentOrder) > 0 ? fulfillmentOrder.stagedAt : null;
	if (from === location && unitsToShelve(fulfillmentOrder) === 0) return { kind: 'already_there', location };
	const others = standingAt(fulfillmentOrders, location).filter((each) => each.id !== fulfillmentOrder.id).length;
	return { kind: 'put_there', location, units: unitsInHand(fulfillmentOrder), from, others };
}
