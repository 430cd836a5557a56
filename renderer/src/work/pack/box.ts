import { withNamed } from '../../../../shared/domain/named-units.ts';
import { packedUnits } from '../../../../shared/domain/packed-units.ts';
import type { FulfillmentLine, FulfillmentOrder, Package } from '../../../../shared/schema/fulfillment-order.ts';
import type { PayloadOf } from '../../../../shared/schema/operation.ts';
import type { NamedUnits, UnitIdentity } from '../../../../shared/schema/stock-position.ts';

/** Units in the open box, by the id of their line. Nothing of it is recorded before the box is closed. */
export type Box = Readonly<Record<string, number>>;

export const emptyBox: Box = {};

/** One unit as it was scanned into the open box, named as far as its code names it. */
export interface ScannedUnit extends UnitIdentity {
	readonly lineId: string;
}

export function unitsInBox(box: Box): number {
	return Object.values(box).reduce((sum, units) => sum + units, 0);
}

/** Picked units of a line that are in no box yet. */
export function unitsOutside(line: FulfillmentLine, box: Box): number {
	return line.quantities.picked - (box[line.lineId] ?? 0);
}

export function unitsLeftToPack(fulfillmentOrder: FulfillmentOrder, box: Box): number {
	return fulfillmentOrder.lines.reduce((sum, line) => sum + unitsOutside(line, box), 0);
}

export function withUnits(box: Box, lineId: string, units: number): Box {
	const { [lineId]: before = 0, ...others } = box;
	return before + units > 0 ? { ...others, [lineId]: before + units } : others;
}

/** The box that these units fill. */
export function boxOf(scanned: readonly ScannedUnit[]): Box {
	return scanned.reduce((box, { lineId }) => withUnits(box, lineId, 1), emptyBox);
}

/** The scans that make up this box, in their order: those of units that left the box are gone. */
export function scannedFor(box: Box, scanned: readonly ScannedUnit[]): readonly ScannedUnit[] {
	let left = box;
	return scanned.filter(({ lineId }) => {
		if ((left[lineId] ?? 0) === 0) return false;
		left = withUnits(left, lineId, -1);
		return true;
	});
}

/** The box without units that the FO has no more: taken back, or packed on another device, meanwhile. */
export function fitBox(fulfillmentOrder: FulfillmentOrder, box: Box): Box {
	const fitting = fulfillmentOrder.lines.flatMap((line): [string, number][] => {
		const units = Math.min(box[line.lineId] ?? 0, line.quantities.picked);
		return units > 0 ? [[line.lineId, units]] : [];
	});
	return Object.fromEntries(fitting);
}

/** Equal units of one line as one entry, those with serial numbers with all of theirs. */
function packedLines(
	{ lines }: FulfillmentOrder,
	box: Box,
	scanned: readonly ScannedUnit[],
): PayloadOf<'pack'>['lines'] {
	const units = scannedFor(box, scanned);
	return lines.flatMap(({ lineId, sku }) => {
		const own = units.filter((unit) => unit.lineId === lineId);
		const unscanned = Array<ScannedUnit>((box[lineId] ?? 0) - own.length).fill({ lineId });
		const alike = Map.groupBy([...own, ...unscanned], ({ lot, expiresOn, serials }) =>
			JSON.stringify([lot, expiresOn, serials === undefined]),
		);
		return [...alike.values()].flatMap((same) => {
			const [first] = same;
			const serials = same.flatMap((unit) => unit.serials ?? []);
			const { lot, expiresOn } = first ?? {};
			return {
				lineId,
				sku,
				quantity: same.length,
				...(lot === undefined ? {} : { lot }),
				...(expiresOn === undefined ? {} : { expiresOn }),
				...(serials.length === 0 ? {} : { serials }),
			};
		});
	});
}

/** What closing the box says, or null for an empty one. */
export function packPayload(
	fulfillmentOrder: FulfillmentOrder,
	box: Box,
	scanned: readonly ScannedUnit[],
	packageId: string,
	weightGrams: number,
): PayloadOf<'pack'> | null {
	const lines = packedLines(fulfillmentOrder, box, scanned);
	if (lines.length === 0) return null;
	return { fulfillmentOrderId: fulfillmentOrder.id, orderId: fulfillmentOrder.orderId, packageId, lines, weightGrams };
}

/** Which units the box holds, as far as it is known: what its package will say. */
export function namedInBox(
	fulfillmentOrder: FulfillmentOrder,
	box: Box,
	scanned: readonly ScannedUnit[],
): readonly NamedUnits[] {
	return packedUnits(fulfillmentOrder, packedLines(fulfillmentOrder, box, scanned));
}

/** Only those that a scan has named. */
export function scannedByName({ lines }: FulfillmentOrder, scanned: readonly ScannedUnit[]): readonly NamedUnits[] {
	return scanned.reduce<readonly NamedUnits[]>((list, { lineId, ...identity }) => {
		const sku = lines.find((line) => line.lineId === lineId)?.sku;
		return sku === undefined ? list : withNamed(list, { sku, quantity: 1, ...identity });
	}, []);
}

/** What the contents weigh in grams without the box itself, or null where a weight is not known. */
export function contentsWeightGrams(fulfillmentOrder: FulfillmentOrder, box: Box): number | null {
	let grams = 0;
	for (const line of fulfillmentOrder.lines) {
		const units = box[line.lineId] ?? 0;
		if (units > 0 && line.unitWeightGrams === 0) return null;
		grams += units * line.unitWeightGrams;
	}
	return grams;
}

/** How a typed weight stands to the expected one: more than a fifth off deserves a second look. */
export function weightDoubt(expectedGrams: number | null, typedGrams: number): 'too_heavy' | 'too_light' | null {
	if (expectedGrams === null || expectedGrams === 0) return null;
	if (typedGrams > expectedGrams * 1.2) return 'too_heavy';
	return typedGrams < expectedGrams * 0.8 ? 'too_light' : null;
}

/** The package that is closed and has not gone out: the one that gets its label now. */
export function packageToShip(fulfillmentOrder: FulfillmentOrder): Package | null {
	return fulfillmentOrder.packages.find((each) => each.shippedAt === null) ?? null;
}

/** What a package without a carrier's label goes by: unique, for the FO's number and the package's place are. */
export function ownReference(fulfillmentOrder: FulfillmentOrder, packageId: string): string {
	const place = fulfillmentOrder.packages.findIndex((each) => each.id === packageId);
	return `BS-${fulfillmentOrder.number}-${place + 1}`;
}
