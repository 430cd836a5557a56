import type { FulfillmentLine } from '../../../shared/schema/fulfillment-order.ts';

/** Units that a picker was or is to find: everything but what was cancelled. */
export function unitsWanted(line: FulfillmentLine): number {
	return line.ordered - line.quantities.cancelled;
}
