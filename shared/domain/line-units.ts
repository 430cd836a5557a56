import type { FulfillmentLine, FulfillmentOrder, FulfillmentQuantities } from '../schema/fulfillment-order.ts';
import type { LineUnits } from './decision.ts';

type QuantityName = keyof FulfillmentQuantities;

export function findLine(fulfillmentOrder: FulfillmentOrder, lineId: string, sku: string): FulfillmentLine | undefined {
	return fulfillmentOrder.lines.find((line) => line.lineId === lineId && line.sku === sku);
}

/** Moves units of one line from one count to another. The caller has made sure that they are there. */
export function moveUnits(
	line: FulfillmentLine,
	from: QuantityName,
	to: QuantityName,
	quantity: number,
): FulfillmentLine {
	const quantities = {
		...line.quantities,
		[from]: line.quantities[from] - quantity,
		[to]: line.quantities[to] + quantity,
	};
	if (quantities[from] < 0) throw new Error(`Line ${line.lineId} has no ${quantity} units in ${from}`);
	return { ...line, quantities };
}

export function updateLine(
	fulfillmentOrder: FulfillmentOrder,
	lineId: string,
	change: (line: FulfillmentLine) => FulfillmentLine,
): FulfillmentOrder {
	return {
		...fulfillmentOrder,
		lines: fulfillmentOrder.lines.map((line) => (line.lineId === lineId ? change(line) : line)),
	};
}

/** Takes up to `quantity` units out of several counts, in their order: how many each gives, and what none had. */
export function takeFrom(
	line: FulfillmentLine | undefined,
	quantity: number,
	order: readonly QuantityName[],
): { readonly parts: readonly { readonly from: QuantityName; readonly quantity: number }[]; readonly missing: number } {
	let missing = quantity;
	const parts: { from: QuantityName; quantity: number }[] = [];
	for (const from of order) {
		const part = Math.min(missing, line?.quantities[from] ?? 0);
		if (part > 0) parts.push({ from, quantity: part });
		missing -= part;
	}
	return { parts, missing };
}

/** The same line named twice in one operation counts once, with the sum; which units they are is not told of the sum. */
export function mergeUnits(units: readonly LineUnits[]): readonly LineUnits[] {
	const merged = new Map<string, LineUnits>();
	for (const { lineId, sku, quantity } of units) {
		const key = `${lineId}\n${sku}`;
		merged.set(key, { lineId, sku, quantity: quantity + (merged.get(key)?.quantity ?? 0) });
	}
	return [...merged.values()];
}

export function putBackUnits(fulfillmentOrder: FulfillmentOrder, sku: string): number {
	return fulfillmentOrder.putBack.find((task) => task.sku === sku)?.quantity ?? 0;
}

/** Adds units to the put back tasks, or with a negative quantity takes them off. */
export function changePutBack(fulfillmentOrder: FulfillmentOrder, sku: string, quantity: number): FulfillmentOrder {
	const after = putBackUnits(fulfillmentOrder, sku) + quantity;
	const others = fulfillmentOrder.putBack.filter((task) => task.sku !== sku);
	return { ...fulfillmentOrder, putBack: after > 0 ? [...others, { sku, quantity: after }] : others };
}
