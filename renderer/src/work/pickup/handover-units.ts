import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import { inHand, unitsInHand } from './pickup-progress.ts';

/** Units that go to the customer now, by line. A line that is not in it gives none. */
export type ChosenUnits = Readonly<Record<string, number>>;

/** The serial numbers that were scanned of the chosen units, by line. */
export type ChosenSerials = Readonly<Record<string, readonly string[]>>;

/** What a line gives: never more than is in hand, even when another device gave some away meanwhile. */
export function chosenOf(line: FulfillmentLine, chosen: ChosenUnits): number {
	return Math.min(chosen[line.lineId] ?? 0, inHand(line));
}

export interface HandoverUnits {
	readonly lines: PayloadOf<'hand_over'>['lines'];
	readonly units: number;
	/** Units that stay behind, on the shelf or at the bench. */
	readonly staying: number;
}

/**
 * What goes over the counter: the units that were chosen, or everything in hand when nobody chose. Choices that are no longer there
 * (another device gave them away) are none: they never turn into everything.
 */
export function handoverUnits(
	fulfillmentOrder: FulfillmentOrder,
	chosen: ChosenUnits,
	serials: ChosenSerials = {},
): HandoverUnits {
	const all = Object.keys(chosen).length === 0;
	const lines = fulfillmentOrder.lines
		.map((line) => {
			const { lineId, sku } = line;
			const quantity = all ? inHand(line) : chosenOf(line, chosen);
			const named = serials[lineId] ?? [];
			const isEach = named.length > 0 && named.length === quantity;
			return { lineId, sku, quantity, ...(isEach ? { serials: [...named] } : {}) };
		})
		.filter((line) => line.quantity > 0);
	const units = lines.reduce((sum, line) => sum + line.quantity, 0);
	return { lines, units, staying: unitsInHand(fulfillmentOrder) - units };
}
