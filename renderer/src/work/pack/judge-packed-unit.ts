import { namedOutside, without } from '../../../../shared/domain/packed-units.ts';
import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { NamedUnits, UnitIdentity } from '../../../../shared/schema/stock-position.ts';
import { type ScannedUnit, scannedByName } from './box.ts';

export type UnitDoubt =
	/** The same unit is in a box already. */
	| { readonly kind: 'serial_twice'; readonly line: FulfillmentLine; readonly serial: string }
	/** It is of another lot, or is another unit, than those that were picked. */
	| {
			readonly kind: 'other_unit';
			readonly line: FulfillmentLine;
			readonly identity: UnitIdentity;
			readonly picked: readonly UnitIdentity[];
	  };

/**
 * Whether scanned units are among those that were picked for the line and are in no box yet. As long as some were picked without
 * anybody naming them, it may be one of those.
 * @param scanned what is in the open box
 */
export function judgePackedUnit(
	fulfillmentOrder: FulfillmentOrder,
	line: FulfillmentLine,
	identity: UnitIdentity,
	units: number,
	scanned: readonly ScannedUnit[],
): UnitDoubt | null {
	const { lot, serials: [serial] = [] } = identity;
	if (lot === undefined && serial === undefined) return null;
	const { sku } = line;
	const inBox = scannedByName(fulfillmentOrder, scanned);
	const inBoxes = [...fulfillmentOrder.packages.flatMap(({ named = [] }) => named), ...inBox];
	const isOwn = (each: NamedUnits) => each.sku === sku;
	if (serial !== undefined && inBoxes.some((each) => isOwn(each) && each.serials?.includes(serial)))
		return { kind: 'serial_twice', line, serial };
	const outside = without(namedOutside(fulfillmentOrder), inBox).filter(isOwn);
	const named = sumOf(outside);
	const inBoxUnits = scanned.filter(({ lineId }) => skuOf(fulfillmentOrder, lineId) === sku).length;
	const picked = fulfillmentOrder.lines
		.filter(isOwnLine(sku))
		.reduce((sum, { quantities }) => sum + quantities.picked, 0);
	const unnamed = Math.max(0, picked - inBoxUnits - named);
	const alike = outside.filter((each) =>
		serial === undefined ? each.lot === lot : each.serials?.includes(serial) === true,
	);
	if ((serial === undefined ? sumOf(alike) : Math.min(1, alike.length)) + unnamed >= units) return null;
	return { kind: 'other_unit', line, identity, picked: outside.map(identityOf) };
}

const isOwnLine = (sku: string) => (line: FulfillmentLine) => line.sku === sku;
const skuOf = ({ lines }: FulfillmentOrder, lineId: string) => lines.find((line) => line.lineId === lineId)?.sku;
const sumOf = (units: readonly NamedUnits[]) => units.reduce((sum, { quantity }) => sum + quantity, 0);
const identityOf = ({ sku: _sku, quantity: _quantity, ...identity }: NamedUnits): UnitIdentity => identity;
