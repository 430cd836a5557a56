import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultWords } from './instance-fault.ts';
import { jsonFaultPlace } from './json-fault-place.ts';
import { readInstance } from './read-instance.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

interface Loose {
	params: Record<string, unknown>;
	sites: unknown[];
	stock: unknown[];
	orders: unknown[];
}

const good = (): Loose => ({
	params: {
		currency: 'USD',
		zoneUpperKm: [100, 500],
		zoneFixed: [5, 6, 7],
		zonePerUnit: [0.1, 0.2, 0.3],
		splitPenalty: 2,
		unfilledPenalty: 50,
	},
	sites: [
		{ id: 'A', lat: 40, lon: -90, capacity: 10, handlingCost: 1 },
		{ id: 'B', lat: 41, lon: -91, capacity: 10, handlingCost: 1 },
	],
	stock: [
		{ site: 'A', sku: 'apple', qty: 3 },
		{ site: 'B', sku: 'pear', qty: 4 },
	],
	orders: [
		{
			id: 'O1',
			lat: 40,
			lon: -90,
			lines: [
				{ sku: 'apple', qty: 1 },
				{ sku: 'pear', qty: 2 },
			],
		},
		{ id: 'O2', lat: 41, lon: -91, lines: [{ sku: 'pear', qty: 1 }] },
	],
});

test('an instance is read, plain and packed', () => {
	for (const bytes of [bytesOf(good()), gzipSync(JSON.stringify(good()))]) {
		const read = readInstance(bytes);
		if ('fault' in read) throw new Error(read.fault.what);
		expect(read.faults).toEqual([]);
		expect(read.currency).toBe('USD');
		expect(read.problem.orders[0]?.lines).toEqual([
			{ sku: 0, units: 1 },
			{ sku: 1, units: 2 },
		]);
		expect(read.problem.stock[1]).toEqual({ site: 1, sku: 1, units: 4 });
	}
});

const unusable: [name: string, bytes: Uint8Array, words: string][] = [
	['an empty file', new Uint8Array(), 'The file is empty.'],
	['a list', bytesOf('[1, 2]'), 'An instance is an object with params, sites, stock and orders; this is [1,2].'],
	[
		'JSON that was cut off',
		bytesOf(JSON.stringify(good()).slice(0, 200)),
		'The JSON ends too early, at line 1, column 201: it was cut off.',
	],
	['text that is no JSON', bytesOf('{\n "params": oops\n}'), 'This is no JSON from line 2, column 12 on.'],
	[
		'gzip that was cut off',
		gzipSync(JSON.stringify(good())).subarray(0, 100),
		'The gzip file ends too early: it was cut off.',
	],
	[
		'gzip with a wrong byte',
		damaged(gzipSync(JSON.stringify(good()))),
		'The gzip file is damaged, and can’t be unpacked.',
	],
	['a picture', Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10]), 'This is not a text in UTF-8, and so no JSON.'],
	[
		'no params',
		bytesOf({ ...good(), params: undefined }),
		'params: An object with the parcel rates is wanted, not nothing.',
	],
	['no sites', bytesOf({ ...good(), sites: null }), 'sites: A list is wanted, not null.'],
	['orders that are no list', bytesOf({ ...good(), orders: {} }), 'orders: A list is wanted, not {}.'],
	['a missing cost', withParams({ zoneFixed: undefined }), 'params.zoneFixed: A list is wanted, not nothing.'],
	[
		'a negative cost',
		withParams({ zonePerUnit: [0.1, -0.2, 0.3] }),
		'params.zonePerUnit[1]: A number of 0 or more is wanted, not -0.2.',
	],
	[
		'too few costs',
		withParams({ zoneFixed: [5, 6] }),
		'params.zoneFixed: 3 costs are wanted, one more than zone ends; 2 are there.',
	],
	[
		'zones out of order',
		withParams({ zoneUpperKm: [500, 100] }),
		'params.zoneUpperKm[1]: The zones must reach farther, one by one.',
	],
	[
		'a missing penalty',
		withParams({ unfilledPenalty: undefined }),
		'params.unfilledPenalty: A number of 0 or more is wanted, not nothing.',
	],
];

test.each(unusable)('%s is refused with its place', (_, bytes, words) => {
	const read = readInstance(bytes);
	expect('fault' in read && faultWords(read.fault)).toBe(words);
});

const partly: [name: string, change: (instance: Loose) => void, words: string][] = [
	[
		'an unknown site in the stock',
		(of) => set(of.stock[0], 'site', 'Z'),
		'stock[0].site: There is no usable site "Z". This stock was left out.',
	],
	[
		'a negative stock',
		(of) => set(of.stock[1], 'qty', -1),
		'stock[1].qty: A whole number of 0 or more is wanted, not -1. This stock was left out.',
	],
	[
		'stock that stands twice',
		(of) => of.stock.push(of.stock[0]),
		'stock[2]: SKU "apple" stands at this site already. This stock was left out.',
	],
	[
		'a site that stands twice',
		(of) => of.sites.push(of.sites[0]),
		'sites[2].id: "A" stands in the list already. The site was left out.',
	],
	[
		'a site without a handling cost',
		(of) => of.sites.push({ id: 'C', lat: 1, lon: 1, capacity: 1 }),
		'sites[2].handlingCost: A number of 0 or more is wanted, not nothing. The site was left out.',
	],
	[
		'a site with a negative capacity',
		(of) => of.sites.push({ id: 'C', lat: 1, lon: 1, capacity: -1, handlingCost: 1 }),
		'sites[2].capacity: A whole number of 0 or more is wanted, not -1. The site was left out.',
	],
	[
		'a site nowhere on earth',
		(of) => of.sites.push({ id: 'C', lat: 91, lon: 1, capacity: 1, handlingCost: 1 }),
		'sites[2].lat: Degrees from -90 to 90 are wanted, not 91. The site was left out.',
	],
	[
		'an order that stands twice',
		(of) => of.orders.push(of.orders[0]),
		'orders[2].id: "O1" stands in the list already. The order was left out.',
	],
	[
		'an order without an id',
		(of) => of.orders.push({ lat: 1, lon: 1, lines: [{ sku: 'pear', qty: 1 }] }),
		'orders[2].id: A text of 1 to 200 characters is wanted, not nothing. The order was left out.',
	],
	[
		'an order without lines',
		(of) => of.orders.push({ id: 'O3', lat: 1, lon: 1, lines: [] }),
		'orders[2].lines: A list with at least one line is wanted, not []. The order was left out.',
	],
	[
		'a quantity of 0',
		(of) => addLine(of, { sku: 'plum', qty: 0 }),
		'orders[0].lines[2].qty: A whole number of 1 or more is wanted, not 0. The line was left out.',
	],
	[
		'a quantity in words',
		(of) => addLine(of, { sku: 'plum', qty: 'two' }),
		'orders[0].lines[2].qty: A whole number of 1 or more is wanted, not "two". The line was left out.',
	],
	[
		'half a unit',
		(of) => addLine(of, { sku: 'plum', qty: 0.5 }),
		'orders[0].lines[2].qty: A whole number of 1 or more is wanted, not 0.5. The line was left out.',
	],
	[
		'an endless quantity',
		(of) => addLine(of, { sku: 'plum', qty: 2e9 }),
		'orders[0].lines[2].qty: At most 1000000000 units are possible, not 2000000000. The line was left out.',
	],
];

test.each(partly)('%s is left out with its place, and the rest is routed', (_, change, words) => {
	const instance = good();
	change(instance);
	const read = readInstance(bytesOf(instance));
	if ('fault' in read) throw new Error(read.fault.what);
	expect(read.faults.map(faultWords)).toEqual([words]);
	expect(read.problem.orders.map(({ id }) => id)).toEqual(['O1', 'O2']);
});

test('a SKU that stands in an order twice is routed once, and its other units stay unfilled', () => {
	const instance = good();
	addLine(instance, { sku: 'apple', qty: 5 });
	const read = readInstance(bytesOf(instance));
	if ('fault' in read) throw new Error(read.fault.what);
	expect(read.faults.map(faultWords)).toEqual([
		'orders[0].lines[2].sku: SKU "apple" stands in this order already. The line was left out, its units stay unfilled.',
	]);
	expect(read.leftOut).toEqual([{ order: 'O1', sku: 'apple', units: 5 }]);
});

test('an order without a place is left out, and its units stay unfilled', () => {
	const instance = good();
	set(instance.orders[1], 'lon', null);
	const read = readInstance(bytesOf(instance));
	if ('fault' in read) throw new Error(read.fault.what);
	expect(read.faults.map(faultWords)).toEqual([
		'orders[1].lon: Degrees from -180 to 180 are wanted, not null. The order was left out, its units stay unfilled.',
	]);
	expect(read.leftOut).toEqual([{ order: 'O2', sku: 'pear', units: 1 }]);
});

test('a SKU that no site stocks is told, and is no fault', () => {
	const instance = good();
	addLine(instance, { sku: 'plum', qty: 2 });
	const read = readInstance(bytesOf(instance));
	if ('fault' in read) throw new Error(read.fault.what);
	expect(read.faults).toEqual([]);
	expect(read.unstocked.map(faultWords)).toEqual([
		'orders[0].lines[2].sku: No site stocks SKU "plum". Its 2 units stay unfilled.',
	]);
});

test('the place where a text stops being JSON is where a character was spoiled, or before', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.nat(), (value, where) => {
			const text = JSON.stringify(value);
			expect(jsonFaultPlace(text)).toBe(text.length);
			const at = where % text.length;
			const spoiled = `${text.slice(0, at)}\u0001${text.slice(at)}`;
			expect(jsonFaultPlace(spoiled)).toBeLessThanOrEqual(at);
		}),
	);
});

test('10 MB of nonsense are refused in a moment', () => {
	const size = 10_000_000;
	const noise = new Uint8Array(size).map((_, at) => (Math.imul(at, 2_654_435_761) >>> 13) & 0xff);
	const deep = bytesOf('['.repeat(size));
	const long = bytesOf(`{"params": ${'"x'.repeat(size / 2)}`);
	const packed = gzipSync(noise);
	const began = performance.now();
	for (const bytes of [noise, deep, long, packed]) expect(readInstance(bytes)).toHaveProperty('fault');
	expect(performance.now() - began).toBeLessThan(15_000);
});

test('whatever JSON it is given, reading ends with a value', () => {
	const anything = fc.oneof(
		fc.jsonValue(),
		fc.record({
			params: fc.constant(good().params),
			sites: fc.jsonValue(),
			stock: fc.jsonValue(),
			orders: fc.jsonValue(),
		}),
		fc.record({
			params: fc.constant(good().params),
			sites: fc.array(fc.jsonValue()),
			stock: fc.array(fc.record({ site: fc.jsonValue(), sku: fc.jsonValue(), qty: fc.jsonValue() })),
			orders: fc.array(
				fc.record({ id: fc.jsonValue(), lat: fc.integer(), lon: fc.integer(), lines: fc.array(fc.jsonValue()) }),
			),
		}),
	);
	fc.assert(fc.property(anything, (value) => typeof readInstance(bytesOf(JSON.stringify(value))) === 'object'));
	fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof readInstance(bytes) === 'object'));
});

function withParams(change: Record<string, unknown>): Uint8Array {
	const instance = good();
	return bytesOf({ ...instance, params: { ...instance.params, ...change } });
}

function set(entry: unknown, field: string, value: unknown): void {
	(entry as Record<string, unknown>)[field] = value;
}

function addLine({ orders }: Loose, line: unknown): void {
	(orders[0] as { lines: unknown[] }).lines.push(line);
}

function damaged(bytes: Uint8Array): Uint8Array {
	return bytes.map((byte, at) => (at > 20 && at < 60 ? byte ^ 0xff : byte));
}
