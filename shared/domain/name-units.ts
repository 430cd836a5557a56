import type { Movement } from '../schema/stock-position.ts';
import { type DetailBook, placeOf, type StockDetail, type StockPlace } from './stock-detail.ts';
import { chooseLots } from './unit-identity.ts';

/** Units of the SKU that an order's movements have brought somewhere, by lot or serial number. */
export interface HeldByOrder {
	readonly siteId: string;
	readonly at: StockPlace | 'customer';
	readonly lot: string;
	readonly serial: string;
	readonly units: number;
}

/** Where an order's named units are, from its movements of one SKU, in their order. */
export function heldByOrder(movements: readonly Movement[]): readonly HeldByOrder[] {
	const held = new Map<string, HeldByOrder>();
	const add = (each: HeldByOrder) => {
		const key = JSON.stringify([each.siteId, each.at, each.lot, each.serial]);
		held.set(key, { ...each, units: each.units + (held.get(key)?.units ?? 0) });
	};
	for (const { siteId, from, to, quantity, lot = '', serials } of movements) {
		for (const [bucket, sign] of [[from, -1] as const, [to, 1] as const]) {
			const at = bucket === 'customer' ? bucket : placeOf(bucket);
			if (at === undefined) continue;
			for (const serial of serials ?? []) add({ siteId, at, lot: '', serial, units: sign });
			if (lot !== '') add({ siteId, at, lot, serial: '', units: sign * quantity });
		}
	}
	return [...held.values()].filter(({ units }) => units > 0);
}

/**
 * Names the units of a movement as far as it follows from what is known: those that its order holds there, else the lots that expire
 * first, each from the bins that have it. What was said stays as it was said. One movement for each lot and bin. Where the own bin has
 * too few, they come from those that have some.
 * @param on the day on which a lot counts as expired
 */
export function nameUnits(
	book: DetailBook,
	movement: Movement,
	on: string,
	held: readonly HeldByOrder[] = [],
): readonly Movement[] {
	const { from, to, siteId } = movement;
	const left = placeOf(from);
	if (movement.lot === '') return ofNoLot(book, movement);
	if (left === placeOf(to) && from !== to) return [movement];
	if (book.tracking === 'none') return fromFilledBins(book, movement);
	const here = held.filter(({ siteId: site, at }) => site === siteId && (at === left || at === from));
	if (book.tracking === 'serial') return nameSerials(movement, here);
	const ofOrder = left === 'shelf' ? [] : here;
	if (movement.lot !== undefined) {
		const dated = withExpiry(book, movement);
		return left === 'shelf'
			? partedSerials(movement, fromBins(book, dated))
			: [...takenInstead(book, dated, ofOrder), dated];
	}
	const named = nameLots(book, movement, on, ofOrder).flatMap((each) =>
		left === 'shelf' && each.lot !== undefined ? fromBins(book, each) : fromFilledBins(book, each),
	);
	return partedSerials(movement, named);
}

/**
 * Units of no known lot that leave the shelf: from the own bin as far as it has some besides those that are spared, else from other bins;
 * what none has, from the own one.
 */
function fromFilledBins(book: DetailBook, movement: Movement, spared = 0): readonly Movement[] {
	const { siteId, from, to, fromBin, quantity } = movement;
	if (placeOf(from) !== 'shelf' || placeOf(to) === 'shelf' || fromBin !== undefined) return [movement];
	const own = Math.max(0, book.unitsInOwnBin(siteId) - spared);
	if (own >= quantity) return [movement];
	let missing = quantity - own;
	const others = book
		.rows()
		.filter(
			(row) => row.siteId === siteId && row.place === 'shelf' && row.bin !== '' && row.lot === '' && row.serial === '',
		)
		.sort((a, b) => (a.bin < b.bin ? -1 : 1))
		.flatMap(({ bin, units }): Movement[] => {
			const taken = Math.min(missing, Math.max(0, units));
			missing -= taken;
			return taken === 0 ? [] : [{ ...movement, quantity: taken, fromBin: bin }];
		});
	const fromOwn = own + missing;
	return [...(fromOwn > 0 ? [{ ...movement, quantity: fromOwn }] : []), ...others];
}

/** Of these it is known that they are of no lot that anybody knows: none is chosen for them. */
function ofNoLot(book: DetailBook, { lot: _none, ...movement }: Movement): readonly Movement[] {
	const ofLots = book
		.rows()
		.filter((row) => row.siteId === movement.siteId && row.place === 'shelf' && row.bin === '' && row.lot !== '')
		.reduce((sum, { units }) => sum + units, 0);
	return fromFilledBins(book, movement, ofLots);
}

/**
 * Units of this lot are in somebody's hands for an order, and the books know only others there: another lot was taken off the shelf than
 * the books have. The one goes back to it in the books, and the other leaves it.
 */
function takenInstead(book: DetailBook, movement: Movement, ofOrder: readonly HeldByOrder[]): readonly Movement[] {
	const { siteId, sku, from, lot, expiresOn, reason } = movement;
	if (from !== 'picked' && from !== 'staged') return [];
	const here = rowsAt(book, movement);
	const unitsHere = (of: string | undefined) => here.reduce((sum, row) => sum + (row.lot === of ? row.units : 0), 0);
	let missing = movement.quantity - Math.max(0, unitsHere(lot));
	return [...ofOrder]
		.sort((a, b) => (a.lot < b.lot ? -1 : 1))
		.flatMap((other): readonly Movement[] => {
			if (other.lot === '' || other.lot === lot) return [];
			const quantity = Math.min(missing, other.units, unitsHere(other.lot));
			if (quantity <= 0) return [];
			missing -= quantity;
			const swap = { siteId, sku, quantity, reason };
			const taken: Movement = { ...swap, from: 'available', to: from, ...(lot === undefined ? {} : { lot }) };
			return [
				{ ...swap, from, to: 'available', lot: other.lot },
				...fromBins(book, expiresOn === undefined ? taken : { ...taken, expiresOn }),
			];
		});
}

/** Each part of a movement names as many of its serial numbers as it has units. */
function partedSerials({ serials }: Movement, parts: readonly Movement[]): readonly Movement[] {
	if (serials === undefined || parts.length === 1) return parts;
	let at = 0;
	return parts.map(({ serials: _all, ...part }) => {
		const own = serials.slice(at, at + part.quantity);
		at += part.quantity;
		return own.length === 0 ? part : { ...part, serials: own };
	});
}

function withExpiry(book: DetailBook, movement: Movement): Movement {
	if (movement.expiresOn !== undefined) return movement;
	const known = book.rows().find(({ lot, expiresOn }) => lot === movement.lot && expiresOn !== null);
	return known?.expiresOn ? { ...movement, expiresOn: known.expiresOn } : movement;
}

function nameSerials(movement: Movement, held: readonly HeldByOrder[]): readonly Movement[] {
	if (movement.serials !== undefined || placeOf(movement.from) === 'shelf') return [movement];
	const serials = held
		.flatMap(({ serial }) => (serial === '' ? [] : [serial]))
		.sort()
		.slice(0, movement.quantity);
	if (serials.length === 0) return [movement];
	const rest = movement.quantity - serials.length;
	const named = { ...movement, quantity: serials.length, serials };
	return rest === 0 ? [named] : [named, { ...movement, quantity: rest }];
}

function nameLots(
	book: DetailBook,
	movement: Movement,
	on: string,
	ofOrder: readonly HeldByOrder[],
): readonly Movement[] {
	const rows = rowsAt(book, movement);
	const expiryOf = (lot: string) =>
		book.rows().find((row) => row.lot === lot && row.expiresOn !== null)?.expiresOn ?? null;
	const ordered = [...ofOrder].sort((a, b) => (a.lot < b.lot ? -1 : 1)).filter(({ lot }) => lot !== '');
	const chosen: { lot: string; units: number }[] = [];
	let missing = movement.quantity;
	const unitsHere = (lot: string) => rows.reduce((sum, row) => sum + (row.lot === lot ? row.units : 0), 0);
	for (const { lot, units } of ordered) {
		// Another order may have left with them meanwhile, as far as anybody knows.
		const taken = Math.min(missing, units, placeOf(movement.from) === undefined ? units : unitsHere(lot));
		if (taken > 0) chosen.push({ lot, units: taken });
		missing -= Math.max(0, taken);
	}
	if (missing > 0) {
		const taken = (lot: string) => chosen.find((each) => each.lot === lot)?.units ?? 0;
		const lots = [...Map.groupBy(rows, ({ lot }) => lot)].map(([lot, own]) => ({
			lot,
			expiresOn: expiryOf(lot),
			units: own.reduce((sum, { units }) => sum + units, 0) - taken(lot),
		}));
		const rest = chooseLots(lots, missing, on);
		for (const { lot, units } of rest.chosen) {
			const same = chosen.find((each) => each.lot === lot);
			if (same === undefined) chosen.push({ lot, units });
			else same.units += units;
		}
		missing = rest.missing;
	}
	return [
		...chosen.map(({ lot, units }) => {
			const expiresOn = expiryOf(lot);
			return { ...movement, quantity: units, lot, ...(expiresOn === null ? {} : { expiresOn }) };
		}),
		...(missing > 0 ? [{ ...movement, quantity: missing }] : []),
	];
}

/** The details of known lots from which a movement may take. */
function rowsAt(book: DetailBook, { siteId, from, fromBin }: Movement): readonly StockDetail[] {
	const place = placeOf(from);
	const bin = fromBin === undefined ? undefined : book.binName(siteId, fromBin);
	return book
		.rows()
		.filter((row) => row.siteId === siteId && row.place === place && row.lot !== '')
		.filter((row) => bin === undefined || place !== 'shelf' || row.bin === bin);
}

/** Units of one lot come from the position's own bin first; what no bin has is taken from there too. */
function fromBins(book: DetailBook, movement: Movement): readonly Movement[] {
	if (movement.fromBin !== undefined) return [movement];
	const rows = rowsAt(book, movement)
		.filter(({ lot, units }) => lot === movement.lot && units > 0)
		.sort((a, b) => (a.bin < b.bin ? -1 : 1));
	const named: Movement[] = [];
	let missing = movement.quantity;
	for (const { bin, units } of rows) {
		const quantity = Math.min(missing, units);
		if (quantity <= 0) continue;
		named.push({ ...movement, quantity, ...(bin === '' ? {} : { fromBin: bin }) });
		missing -= quantity;
	}
	if (missing > 0) named.push({ ...movement, quantity: missing });
	return joined(named);
}

/** The own bin may have been named twice: for what it has, and for what none has. */
function joined(movements: readonly Movement[]): readonly Movement[] {
	const byBin = new Map<string, Movement>();
	for (const each of movements) {
		const before = byBin.get(each.fromBin ?? '');
		byBin.set(each.fromBin ?? '', before ? { ...before, quantity: before.quantity + each.quantity } : each);
	}
	return [...byBin.values()];
}
