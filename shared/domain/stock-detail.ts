import type { Product } from '../schema/product.ts';
import { type Bucket, type Movement, type ShelfUnits, type SiteBucket, siteBuckets } from '../schema/stock-position.ts';

export type Tracking = Product['tracking'];

/** Where goods physically are within a site. An allocation is a claim: what is available and what is allocated share the shelf. */
export type StockPlace = 'shelf' | Exclude<SiteBucket, 'available' | 'allocated'>;

/** Undefined outside the site. */
export function placeOf(bucket: Bucket): StockPlace | undefined {
	if (bucket === 'available' || bucket === 'allocated') return 'shelf';
	return siteBuckets.find((each): each is Exclude<typeof each, 'available' | 'allocated'> => each === bucket);
}

/**
 * Units of one SKU of which more is known than their place: the bin, the lot or the serial number; '' where it is not. Units of which
 * nothing is known are in no detail: they are what the position has at the place besides.
 */
export interface StockDetail {
	readonly siteId: string;
	readonly place: StockPlace;
	/** Only on the shelf, and '' for the position's own bin. */
	readonly bin: string;
	readonly lot: string;
	readonly serial: string;
	/** Below zero where facts have moved more of it than was known. */
	readonly units: number;
	readonly expiresOn: string | null;
}
/** The units to be added to a detail. */
export type DetailChange = StockDetail;

export function detailKey({ siteId, place, bin, lot, serial }: StockDetail): string {
	return JSON.stringify([siteId, place, bin, lot, serial]);
}

/** What is known of one SKU at one or more sites. Changed only by `post`. */
export interface DetailBook {
	readonly tracking: Tracking;
	/** A bin's name in the details: '' for the position's own. */
	binName(siteId: string, bin: string | undefined): string;
	rows(): readonly StockDetail[];
	serialAt(serial: string): StockDetail | undefined;
	/** What lies in the position's own bin, or in none that is known: all of the shelf besides the units in other bins. */
	unitsInOwnBin(siteId: string): number;
	/** Follows one movement. */
	post(movement: Movement): PostedDetails;
}

interface PostedDetails {
	readonly changes: readonly DetailChange[];
	/** The serial numbers that came in although they were there already. */
	readonly duplicates: readonly string[];
	/** Those that were taken off the shelf although they were elsewhere, or all units there have other ones. */
	readonly absent: readonly string[];
}

export interface BookOpening {
	readonly tracking: Tracking;
	readonly rows?: readonly StockDetail[];
	/** The position's own bin at a site. */
	readonly ownBin: (siteId: string) => string;
	/** What the position has at a place before anything is posted. */
	readonly unitsAt?: (siteId: string, place: StockPlace) => number;
}

export function openDetailBook({ tracking, rows = [], ownBin, unitsAt = () => 0 }: BookOpening): DetailBook {
	const details = new Map(rows.map((row) => [detailKey(row), row]));
	const serials = new Map(rows.flatMap((row) => (row.serial === '' ? [] : [[row.serial, row]])));
	const posted = new Map<string, number>();
	const placeKey = (siteId: string, place: StockPlace) => `${place} ${siteId}`;

	const add = (change: DetailChange) => {
		const key = detailKey(change);
		const before = details.get(key);
		const units = (before?.units ?? 0) + change.units;
		const after = { ...change, units, expiresOn: earlier(before?.expiresOn ?? null, change.expiresOn) };
		if (units === 0) details.delete(key);
		else details.set(key, after);
		if (change.serial === '') return;
		if (units > 0) serials.set(change.serial, after);
		else serials.delete(change.serial);
	};
	const count = ({ siteId, from, to, quantity }: Movement) => {
		for (const [bucket, units] of [[from, -quantity] as const, [to, quantity] as const]) {
			const place = placeOf(bucket);
			if (place === undefined) continue;
			const key = placeKey(siteId, place);
			posted.set(key, (posted.get(key) ?? 0) + units);
		}
	};
	/** Units without a name; below zero when one of those with a serial number has left without being named. */
	const unnamedUnits = (siteId: string, place: StockPlace) => {
		const known = [...serials.values()].filter((row) => row.siteId === siteId && row.place === place).length;
		return unitsAt(siteId, place) + (posted.get(placeKey(siteId, place)) ?? 0) - known;
	};
	const isAbsent = (siteId: string, serial: string) => {
		const there = serials.get(serial);
		if (there === undefined) return unnamedUnits(siteId, 'shelf') <= 0;
		return there.siteId !== siteId || there.place !== 'shelf';
	};

	const binName = (siteId: string, bin: string | undefined) => (bin === undefined || bin === ownBin(siteId) ? '' : bin);
	const book: DetailBook = {
		tracking,
		binName,
		rows: () => [...details.values()],
		serialAt: (serial) => serials.get(serial),
		unitsInOwnBin: (siteId) => {
			const away = [...details.values()]
				.filter((row) => row.siteId === siteId && row.place === 'shelf' && row.bin !== '')
				.reduce((sum, { units }) => sum + units, 0);
			return unitsAt(siteId, 'shelf') + (posted.get(placeKey(siteId, 'shelf')) ?? 0) - away;
		},
		post: (movement) => {
			const { siteId, from, to } = movement;
			const left = placeOf(from);
			const named = namedSerials(book, movement);
			const duplicates = named.filter((serial) => {
				const there = serials.get(serial);
				return left === undefined && there !== undefined && unnamedUnits(there.siteId, there.place) >= 0;
			});
			const isClaim = left === placeOf(to) && from !== to;
			const absent = left === 'shelf' && !isClaim ? named.filter((serial) => isAbsent(siteId, serial)) : [];
			const changes = detailChanges(book, movement);
			for (const change of changes) add(change);
			count(movement);
			return { changes, duplicates, absent };
		},
	};
	return book;
}

function namedSerials({ tracking }: DetailBook, { serials = [], quantity }: Movement): readonly string[] {
	return tracking === 'serial' ? [...new Set(serials)].slice(0, quantity) : [];
}

function detailChanges(book: DetailBook, movement: Movement): readonly DetailChange[] {
	const { from, to, quantity, siteId, expiresOn } = movement;
	const left = placeOf(from);
	const came = placeOf(to);
	const serials = namedSerials(book, movement);
	// Goods that are claimed or set free lie where they lay.
	const isClaim = left === came && from !== to;
	const fromBin = left === 'shelf' && !isClaim ? book.binName(siteId, movement.fromBin) : '';
	const toBin = came === 'shelf' && !isClaim ? book.binName(siteId, movement.toBin) : '';
	const lot = book.tracking === 'lot' ? (movement.lot ?? '') : '';
	const changes: DetailChange[] = [];
	const change = (place: StockPlace | undefined, bin: string, units: number, serial = '') => {
		const isKnown = bin !== '' || lot !== '' || serial !== '';
		if (place === undefined || !isKnown || units === 0) return;
		changes.push({ siteId, place, bin, lot, serial, units, expiresOn: lot === '' ? null : (expiresOn ?? null) });
	};
	for (const serial of serials) {
		const there = book.serialAt(serial);
		const isHere = there?.siteId === siteId && there.place === left;
		const bin = isHere && (isClaim || movement.fromBin === undefined) ? there.bin : fromBin;
		if (there !== undefined) {
			changes.push({ ...there, units: -1 });
			// It was thought to be elsewhere: there it is a unit without a name now, and here one less.
			if (there.bin !== '' && !(isHere && there.bin === bin)) changes.push({ ...there, serial: '', units: 1 });
		}
		if (bin !== '' && left === 'shelf' && !(isHere && there.bin === bin)) change(left, bin, -1);
		change(came, isClaim ? bin : toBin, 1, serial);
	}
	const rest = quantity - serials.length;
	if (isClaim || (left === came && fromBin === toBin)) return merged(changes);
	change(left, fromBin, -rest);
	change(came, toBin, rest);
	return merged(changes);
}

function merged(changes: readonly DetailChange[]): readonly DetailChange[] {
	const sums = new Map<string, DetailChange>();
	for (const change of changes) {
		const key = detailKey(change);
		const before = sums.get(key);
		const expiresOn = earlier(before?.expiresOn ?? null, change.expiresOn);
		sums.set(key, { ...change, expiresOn, units: change.units + (before?.units ?? 0) });
	}
	return [...sums.values()].filter(({ units }) => units !== 0);
}

/** Of two last good days of one lot the earlier one counts. */
function earlier(a: string | null, b: string | null): string | null {
	return a === null || b === null ? (a ?? b) : a < b ? a : b;
}

/** Details with changes, without those of which nothing is left. */
export function withChanges(details: readonly StockDetail[], changes: readonly DetailChange[]): readonly StockDetail[] {
	return changes.length === 0 ? details : merged([...details, ...changes]);
}

/** What stays known of units whose product is tracked in another way from now on: the bin in which they lie, and neither lot nor serial number. */
export function forgetIdentities(details: readonly StockDetail[]): readonly StockDetail[] {
	const inBins = details
		.filter(({ bin }) => bin !== '')
		.map((row): DetailChange => ({ ...row, lot: '', serial: '', expiresOn: null }));
	return merged(inBins);
}

/**
 * A position took a bin as its own that was another one until then: what lay there lies in its own bin now.
 * @returns the changes that bring the details of a site into line
 */
export function ownBinChanges(details: readonly StockDetail[], siteId: string, bin: string): readonly DetailChange[] {
	const there = details.filter(
		(row) => row.siteId === siteId && row.place === 'shelf' && row.bin === bin && bin !== '',
	);
	return there.flatMap((row) => {
		const isKnown = row.lot !== '' || row.serial !== '';
		const left = { ...row, units: -row.units };
		return isKnown ? [left, { ...row, bin: '' }] : [left];
	});
}

/** What a position tells of its shelf, from the details of one site, by bin and lot. */
export function shelfUnits(details: readonly StockDetail[], ownBin: string): readonly ShelfUnits[] {
	const sums = new Map<string, ShelfUnits>();
	for (const { place, bin: name, lot, units, expiresOn } of details) {
		const bin = name === '' ? ownBin : name;
		if (place !== 'shelf' || (bin === ownBin && lot === '')) continue;
		const key = JSON.stringify([bin, lot]);
		const before = sums.get(key);
		const until = earlier(before?.expiresOn ?? null, expiresOn);
		sums.set(key, {
			bin,
			units: units + (before?.units ?? 0),
			...(lot === '' ? {} : { lot }),
			...(until === null ? {} : { expiresOn: until }),
		});
	}
	const order = ({ bin, lot = '' }: ShelfUnits) => `${bin}\n${lot}`;
	return [...sums.values()].filter(({ units }) => units !== 0).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
