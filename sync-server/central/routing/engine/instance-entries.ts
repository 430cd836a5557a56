import { type InstanceFault, shown } from './instance-fault.ts';
import { mostUnits } from './network.ts';
import type { OrderLine, RoutingOrder, RoutingSite, StockPosition } from './routing-problem.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Usable sites by their ids, each with its index. */
export type Sites = ReadonlyMap<string, { readonly index: number; readonly site: RoutingSite }>;

/** What is wrong with an entry of a list; `at` is what its place is followed by. */
interface EntryFault {
	readonly at: string;
	readonly what: string;
}

export function readSites(list: readonly unknown[], faults: InstanceFault[]): Sites {
	const sites = new Map<string, { readonly index: number; readonly site: RoutingSite }>();
	for (const [at, entry] of list.entries()) {
		const fault = entryFault(entry, sites) ?? placeFault(entry as Fields) ?? siteFault(entry as Fields);
		if (fault !== undefined) {
			faults.push({ place: `sites[${at}]${fault.at}`, what: `${fault.what} The site was left out.` });
			continue;
		}
		const { id, lat, lon, capacity, handlingCost } = entry as {
			id: string;
			lat: number;
			lon: number;
			capacity: number;
			handlingCost: number;
		};
		const site = { id, lat, lon, handlingCost, capacityUnits: Math.min(mostUnits, capacity) };
		sites.set(id, { index: sites.size, site });
	}
	return sites;
}

function siteFault({ capacity, handlingCost }: Fields): EntryFault | undefined {
	if (!isCount(capacity)) return { at: '.capacity', what: `${wholeUnits(0)}, not ${shown(capacity)}.` };
	if (!isCost(handlingCost)) {
		return { at: '.handlingCost', what: `A number of 0 or more is wanted, not ${shown(handlingCost)}.` };
	}
	return undefined;
}

export function readStock(
	list: readonly unknown[],
	sites: Sites,
	skus: Map<string, number>,
	faults: InstanceFault[],
): StockPosition[] {
	const stock: StockPosition[] = [];
	const seen = new Set<string>();
	for (const [at, entry] of list.entries()) {
		const fault = stockFault(entry, sites, seen);
		if (fault !== undefined) {
			faults.push({ place: `stock[${at}]${fault.at}`, what: `${fault.what} This stock was left out.` });
			continue;
		}
		const { site, sku, qty } = entry as { site: string; sku: string; qty: number };
		seen.add(JSON.stringify([site, sku]));
		const { index } = sites.get(site) as { index: number };
		stock.push({ site: index, sku: indexOf(skus, sku), units: Math.min(mostUnits, qty) });
	}
	return stock;
}

function stockFault(entry: unknown, sites: Sites, seen: ReadonlySet<string>): EntryFault | undefined {
	if (!isFields(entry)) return { at: '', what: `An object is wanted, not ${shown(entry)}.` };
	const { site, sku, qty } = entry;
	if (typeof site !== 'string' || !sites.has(site))
		return { at: '.site', what: `There is no usable site ${shown(site)}.` };
	if (!isId(sku)) return { at: '.sku', what: `${idWanted}, not ${shown(sku)}.` };
	if (!isCount(qty)) return { at: '.qty', what: `${wholeUnits(0)}, not ${shown(qty)}.` };
	if (seen.has(JSON.stringify([site, sku]))) return { at: '', what: `SKU ${shown(sku)} stands at this site already.` };
	return undefined;
}

export interface ReadOrders {
	readonly orders: RoutingOrder[];
	readonly unstocked: InstanceFault[];
	readonly leftOut: { readonly order: string; readonly sku: string; readonly units: number }[];
}

export function readOrders(list: readonly unknown[], skus: Map<string, number>, faults: InstanceFault[]): ReadOrders {
	const read: ReadOrders = { orders: [], unstocked: [], leftOut: [] };
	const known = new Map<string, unknown>();
	const stocked = skus.size;
	for (const [at, entry] of list.entries()) {
		const place = `orders[${at}]`;
		const fault = entryFault(entry, known) ?? linesFault(entry as Fields);
		if (fault !== undefined) {
			faults.push({ place: `${place}${fault.at}`, what: `${fault.what} The order was left out.` });
			continue;
		}
		const { id, lat, lon, lines: all } = entry as { id: string; lat: number; lon: number; lines: unknown[] };
		known.set(id, entry);
		const misplaced = placeFault(entry as Fields);
		const lines = readLines(place, id, all, read.leftOut, faults);
		if (misplaced !== undefined) {
			const what = `${misplaced.what} The order was left out, its units stay unfilled.`;
			faults.push({ place: `${place}${misplaced.at}`, what });
			for (const { sku, units } of lines) read.leftOut.push({ order: id, sku, units });
			continue;
		}
		if (lines.length === 0) continue;
		const ofOrder: OrderLine[] = [];
		for (const { sku, units, place: ofLine } of lines) {
			const index = indexOf(skus, sku);
			ofOrder.push({ sku: index, units });
			if (index < stocked) continue;
			const rest = units === 1 ? 'Its unit stays unfilled.' : `Its ${units} units stay unfilled.`;
			read.unstocked.push({ place: `${ofLine}.sku`, what: `No site stocks SKU ${shown(sku)}. ${rest}` });
		}
		read.orders.push({ id, lat, lon, lines: ofOrder });
	}
	return read;
}

interface ReadLine {
	readonly place: string;
	readonly sku: string;
	readonly units: number;
}

function readLines(
	place: string,
	order: string,
	list: readonly unknown[],
	leftOut: ReadOrders['leftOut'],
	faults: InstanceFault[],
): ReadLine[] {
	const lines = new Map<string, ReadLine>();
	for (const [at, entry] of list.entries()) {
		const ofLine = `${place}.lines[${at}]`;
		const fault = lineFault(entry);
		if (fault !== undefined) {
			faults.push({ place: `${ofLine}${fault.at}`, what: `${fault.what} The line was left out.` });
			continue;
		}
		const { sku, qty } = entry as { sku: string; qty: number };
		if (lines.has(sku)) {
			const what = `SKU ${shown(sku)} stands in this order already. The line was left out, its units stay unfilled.`;
			faults.push({ place: `${ofLine}.sku`, what });
			leftOut.push({ order, sku, units: qty });
		} else lines.set(sku, { place: ofLine, sku, units: qty });
	}
	return [...lines.values()];
}

function lineFault(line: unknown): EntryFault | undefined {
	if (!isFields(line)) return { at: '', what: `An object is wanted, not ${shown(line)}.` };
	const { sku, qty } = line;
	if (!isId(sku)) return { at: '.sku', what: `${idWanted}, not ${shown(sku)}.` };
	if (!isCount(qty) || qty === 0) return { at: '.qty', what: `${wholeUnits(1)}, not ${shown(qty)}.` };
	if (qty > mostUnits) return { at: '.qty', what: `At most ${mostUnits} units are possible, not ${shown(qty)}.` };
	return undefined;
}

function linesFault({ lines }: Fields): EntryFault | undefined {
	if (Array.isArray(lines) && lines.length > 0) return undefined;
	return { at: '.lines', what: `A list with at least one line is wanted, not ${shown(lines)}.` };
}

function entryFault(entry: unknown, known: ReadonlyMap<string, unknown>): EntryFault | undefined {
	if (!isFields(entry)) return { at: '', what: `An object is wanted, not ${shown(entry)}.` };
	if (!isId(entry.id)) return { at: '.id', what: `${idWanted}, not ${shown(entry.id)}.` };
	if (known.has(entry.id)) return { at: '.id', what: `${shown(entry.id)} stands in the list already.` };
	return undefined;
}

function placeFault({ lat, lon }: Fields): EntryFault | undefined {
	if (!isWithin(lat, 90)) return { at: '.lat', what: `Degrees from -90 to 90 are wanted, not ${shown(lat)}.` };
	if (!isWithin(lon, 180)) return { at: '.lon', what: `Degrees from -180 to 180 are wanted, not ${shown(lon)}.` };
	return undefined;
}

const idWanted = 'A text of 1 to 200 characters is wanted';

function wholeUnits(least: number): string {
	return `A whole number of ${least} or more is wanted`;
}

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

/** A cost that can be reckoned with: not negative, not endless. */
export function isCost(value: unknown): value is number {
	return typeof value === 'number' && value >= 0 && value <= 1e12;
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isWithin(value: unknown, degrees: number): value is number {
	return typeof value === 'number' && Math.abs(value) <= degrees;
}

function indexOf(skus: Map<string, number>, sku: string): number {
	const known = skus.get(sku);
	if (known !== undefined) return known;
	skus.set(sku, skus.size);
	return skus.size - 1;
}
