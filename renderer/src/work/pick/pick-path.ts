import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';

const binOrder = new Intl.Collator('en', { numeric: true });

/** The lines in the order in which their bins lie on the way: A-2-1 before A-12-3. Lines of one bin keep the order's order. */
export function linesOnPath(fulfillmentOrder: FulfillmentOrder): readonly FulfillmentLine[] {
	return fulfillmentOrder.lines.toSorted((a, b) => binOrder.compare(a.bin, b.bin));
}

/** Lines that still need units, in the order of the path. */
export function openLines(fulfillmentOrder: FulfillmentOrder): readonly FulfillmentLine[] {
	return linesOnPath(fulfillmentOrder).filter((line) => line.quantities.toPick > 0);
}

/** The line to stand in front of now: the one that the picker chose, while it needs units, else the next on the path. */
export function currentLine(fulfillmentOrder: FulfillmentOrder, chosenLineId: string | null): FulfillmentLine | null {
	const open = openLines(fulfillmentOrder);
	return open.find((line) => line.lineId === chosenLineId) ?? open[0] ?? null;
}

/** The line that comes `step` places after the current one on the path, around its end. */
export function neighborLine(
	fulfillmentOrder: FulfillmentOrder,
	lineId: string | null,
	step: 1 | -1,
): FulfillmentLine | null {
	const open = openLines(fulfillmentOrder);
	const at = open.findIndex((line) => line.lineId === lineId);
	return open[(Math.max(at, 0) + step + open.length) % open.length] ?? null;
}

/** Units that have been taken from the bin, wherever they are by now. */
export function unitsGot(line: FulfillmentLine): number {
	const { picked, packed, staged, shipped, handedOver } = line.quantities;
	return picked + packed + staged + shipped + handedOver;
}

export function unitsToPick(fulfillmentOrder: FulfillmentOrder): number {
	return fulfillmentOrder.lines.reduce((sum, line) => sum + line.quantities.toPick, 0);
}

/** Units that somebody looked for and did not find: the only ones of a short that can turn up again. */
export function unitsNotFound(line: FulfillmentLine): number {
	return line.shorts.reduce((sum, short) => sum + (short.reason === 'not_found' ? short.quantity : 0), 0);
}

/** Units of a line that could not be found here and that another site fulfills now. */
export function unitsRerouted({ shorts }: FulfillmentLine): number {
	return shorts.reduce((sum, { rerouted, quantity }) => sum + (rerouted === undefined ? 0 : quantity), 0);
}
