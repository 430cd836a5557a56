import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrderCsv } from './order-csv.ts';

const columns = [
	'channel',
	'externalId',
	'placedAt',
	'method',
	'siteId',
	'promisedAt',
	'customerName',
	'customerEmail',
	'customerPhone',
	'addressLine1',
	'town',
	'postalCode',
	'country',
	'sku',
	'quantity',
	'unitPriceMinor',
	'currency',
];
const header = columns.join(',');
const goodRow: Readonly<Record<string, string>> = {
	channel: 'web-shop',
	externalId: '1001',
	placedAt: '2026-11-22T09:15:00Z',
	method: 'ship',
	siteId: '',
	promisedAt: '2026-11-23T12:00:00+01:00',
	customerName: 'Anna Smith',
	customerEmail: 'anna@example.com',
	customerPhone: '07700 900123',
	addressLine1: '12 Mill Lane',
	town: 'Leeds',
	postalCode: 'LS1',
	country: 'GB',
	sku: '85123A',
	quantity: '2',
	unitPriceMinor: '295',
	currency: 'GBP',
};
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const row = (changes: Readonly<Record<string, string>> = {}) =>
	columns.map((column) => quoted({ ...goodRow, ...changes }[column] ?? '')).join(',');
const file = (...rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
const otherOrder = {
	externalId: '1002',
	customerName: 'Ben Khan',
	customerEmail: 'ben@example.com',
	addressLine1: '3 Elm Grove',
};

describe('an order file', () => {
	it('gives one order for the rows of one channel and id, with times as instants', () => {
		const { orders, problems } = parseOrderCsv(file(row(), row({ sku: '22423', quantity: '1', unitPriceMinor: '' })));
		expect(problems).toEqual([]);
		expect(orders).toEqual([
			{
				channel: 'web-shop',
				externalId: '1001',
				placedAt: '2026-11-22T09:15:00Z',
				method: 'ship',
				promisedAt: '2026-11-23T11:00:00Z',
				currency: 'GBP',
				customer: { name: 'Anna Smith', email: 'anna@example.com', phone: '07700 900123' },
				shipTo: { line1: '12 Mill Lane', town: 'Leeds', postalCode: 'LS1', country: 'GB' },
				lines: [
					{ sku: '85123A', quantity: 2, unitPriceMinor: 295 },
					{ sku: '22423', quantity: 1 },
				],
			},
		]);
	});

	it('may carry a byte order mark, CRLF, empty lines, quoted commas and quotes, and its columns in any order', () => {
		const reversed = (cells: string[]) => cells.toReversed().join(',');
		const cells = columns.map((column) =>
			column === 'addressLine1' ? '"The ""Old"" Mill, 2"' : (goodRow[column] ?? ''),
		);
		const text = `\uFEFF${reversed(columns)}\r\n\r\n${reversed(cells)}\r\n`;
		const { orders, problems } = parseOrderCsv(new TextEncoder().encode(text));
		expect(problems).toEqual([]);
		expect(orders[0]?.shipTo.line1).toBe('The "Old" Mill, 2');
	});

	it('may leave out the optional columns', () => {
		const kept = columns.filter(
			(name) =>
				!['placedAt', 'siteId', 'promisedAt', 'customerEmail', 'customerPhone', 'unitPriceMinor'].includes(name),
		);
		const { orders, problems } = parseOrderCsv(`${kept.join(',')}\n${kept.map((name) => goodRow[name]).join(',')}`);
		expect(problems).toEqual([]);
		expect(orders[0]?.customer).toEqual({ name: 'Anna Smith' });
	});

	it('is refused when its header is wrong, with each wrong column named', () => {
		const { orders, problems } = parseOrderCsv(`${header.replace('sku', 'item').replace('town', 'channel')}\n${row()}`);
		expect(orders).toEqual([]);
		expect(problems.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
			'1 channel stands twice in the header',
			'1 item is not a known column',
			'1 town is missing from the header',
			'1 sku is missing from the header',
		]);
	});

	it('is refused in words when it is empty or separated by semicolons', () => {
		expect(parseOrderCsv('').problems[0]?.reason).toBe('the file is empty');
		expect(parseOrderCsv(header.replaceAll(',', ';')).problems[0]?.reason).toContain('semicolons');
	});

	it('is refused as a whole when more than two hundred rows are unreadable', () => {
		const { orders, problems } = parseOrderCsv(file(row(), ...Array.from({ length: 201 }, () => 'not,a,row')));
		expect(orders).toEqual([]);
		expect(problems[0]?.reason).toContain('more than 200 rows');
	});
});

describe('a bad cell', () => {
	const cases: readonly (readonly [column: string, value: string, reason: string])[] = [
		['channel', '', 'is empty'],
		['customerName', '', 'is empty'],
		['quantity', '', 'is empty'],
		['quantity', 'two', 'is not a whole number'],
		['quantity', '1.5', 'is not a whole number'],
		['quantity', '-1', 'is less than 1'],
		['quantity', '0', 'is less than 1'],
		['quantity', '10001', 'is more than 10000'],
		['unitPriceMinor', '-5', 'is less than 0'],
		['unitPriceMinor', '2.95', 'is not a whole number'],
		['placedAt', 'yesterday', 'is not a date and time with its offset, for instance 2026-11-22T14:35:00Z'],
		['placedAt', '2026-02-30T10:00:00Z', 'is not a date and time with its offset, for instance 2026-11-22T14:35:00Z'],
		['promisedAt', '2026-11-22T10:00', 'is not a date and time with its offset, for instance 2026-11-22T14:35:00Z'],
		['method', 'drone', 'is not a known method (ship, pickup)'],
		['siteId', 'S-1479', 'names a site, but only a pickup order has one'],
		['customerEmail', 'anna', 'is not an e-mail address'],
		['country', 'UK1', 'is longer than 2 characters'],
		['country', 'gb', 'is not a country code of two capital letters, for instance GB'],
		['currency', 'gbp', 'is not a currency code of three capital letters, for instance GBP'],
		['customerName', 'x'.repeat(201), 'is longer than 200 characters'],
		['town', 'Lee\u0000ds', 'has a control character'],
	];
	it.each(cases)(
		'in %s (%s) is reported by line, column and reason, and only its order is left out',
		(column, value, reason) => {
			const { orders, problems } = parseOrderCsv(file(row(otherOrder), row({ [column]: value })));
			expect(orders.map((order) => order.externalId)).toEqual(['1002']);
			expect(problems).toEqual([{ line: 3, column, reason, value: value.slice(0, 100) }]);
		},
	);

	it('of bytes that are not UTF-8 is reported', () => {
		const bytes = new TextEncoder()
			.encode(file(row(otherOrder), row({ town: 'Le#ds' })))
			.map((byte) => (byte === 35 ? 0xff : byte));
		const { orders, problems } = parseOrderCsv(bytes);
		expect(orders.map((order) => order.externalId)).toEqual(['1002']);
		expect(problems).toMatchObject([{ line: 3, column: 'town', reason: 'has bytes that are not UTF-8' }]);
	});

	it('that names an unknown product or site is reported when the caller knows them', () => {
		const checks = { isKnownSku: (sku: string) => sku !== 'NONE', isKnownSite: (siteId: string) => siteId !== 'S-0' };
		const { problems } = parseOrderCsv(
			file(row({ sku: 'NONE' }), row({ ...otherOrder, method: 'pickup', siteId: 'S-0' })),
			checks,
		);
		expect(problems.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
			'2 sku is not in the catalog',
			'3 siteId is not a known site',
		]);
	});
});

describe('a bad row', () => {
	it('leaves its order out as a whole', () => {
		const { orders } = parseOrderCsv(file(row(), row({ sku: '22423', quantity: 'x' }), row(otherOrder)));
		expect(orders.map((order) => order.externalId)).toEqual(['1002']);
	});

	it('that contradicts the first row of its order says which line it contradicts', () => {
		const { orders, problems } = parseOrderCsv(file(row(), row({ town: 'York', sku: '22423' })));
		expect(orders).toEqual([]);
		expect(problems).toEqual([
			{ line: 3, column: 'town', reason: 'differs from line 2 of the same order, where it is "Leeds"', value: 'York' },
		]);
	});

	it('with an unclosed quote costs its own order, and not the rest of the file', () => {
		const { orders, problems } = parseOrderCsv(
			file(row(), row().replace('Anna', '"Anna'), row({ ...otherOrder, addressLine1: 'Flat 2, "A"' })),
		);
		expect(orders.map((order) => order.externalId)).toEqual(['1002']);
		expect(problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
			"2 the order is left out, because line 3 can't be read and seems to belong to it",
			'3 a quote is opened and not closed on this line',
		]);
	});

	it('with a cell too many or too few says how many it has', () => {
		const { orders, problems } = parseOrderCsv(file(row(), row().replace('Mill Lane', 'Mill, Lane'), row(otherOrder)));
		expect(orders.map((order) => order.externalId)).toEqual(['1002']);
		expect(problems.find(({ line }) => line === 3)?.reason).toBe('the row has 18 cells, and the header has 17');
	});

	it('that a line break inside a cell has torn apart leaves its order out', () => {
		const torn = row({ sku: '22423', addressLine1: 'Flat 2\n12 Mill Lane\nthe back door' });
		const { orders, problems } = parseOrderCsv(file(row(), torn, row(otherOrder)));
		expect(orders.map((order) => order.externalId)).toEqual(['1002']);
		expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
	});

	it('without its id leaves out the order that it belongs to, which would else be captured without that line', () => {
		const { orders, problems } = parseOrderCsv(file(row(), row(otherOrder), row({ externalId: '', sku: '22423' })));
		expect(orders.map((order) => order.externalId)).toEqual(['1002']);
		expect(problems.map(({ line, column }) => `${line} ${column}`)).toEqual(['2 externalId', '4 externalId']);
	});
});

const text = fc
	.string({ unit: fc.constantFrom(...'abcdefgh ,"é'), minLength: 1, maxLength: 12 })
	.map((made) => `x${made}x`);
const orderRows = fc
	.uniqueArray(
		fc.record({
			id: fc.nat(99999),
			name: text,
			line1: text,
			day: fc.integer({ min: 10, max: 28 }),
			skus: fc.array(fc.nat(50), { minLength: 1, maxLength: 5 }),
		}),
		{
			minLength: 2,
			maxLength: 8,
			selector: ({ id }) => id,
		},
	)
	.map((made) =>
		made.map(({ id, name, line1, day, skus }) =>
			skus.map((sku) => ({
				externalId: String(id),
				placedAt: `2026-11-${day}T09:00:00Z`,
				customerName: `${name}${id}`,
				customerEmail: `c${id}@example.com`,
				customerPhone: `07700 ${id}`,
				addressLine1: `${line1}${id}`,
				town: `Town${id}`,
				postalCode: `P${id}`,
				sku: `SKU${sku}`,
			})),
		),
	);

describe('for any orders', () => {
	it('interleaving their rows in any way gives the same orders', () => {
		fc.assert(
			fc.property(orderRows, fc.infiniteStream(fc.nat(1000)), (rowsByOrder, choices) => {
				const waiting = rowsByOrder.map((rows) => [...rows]);
				const mixed: string[] = [];
				while (waiting.some((rows) => rows.length > 0)) {
					const open = waiting.filter((rows) => rows.length > 0);
					const next = open[(choices.next().value ?? 0) % open.length]?.shift();
					if (next) mixed.push(row(next));
				}
				const together = parseOrderCsv(file(...rowsByOrder.flat().map(row)));
				const apart = parseOrderCsv(file(...mixed));
				const sorted = (result: typeof apart) =>
					result.orders.toSorted((a, b) => Number(a.externalId) - Number(b.externalId));
				expect(apart.problems).toEqual([]);
				expect(sorted(apart)).toEqual(sorted(together));
				expect(apart.orders.length).toBe(rowsByOrder.length);
			}),
		);
	});

	it('one corrupted cell loses no other order, and never lets its own through with a line missing', () => {
		const damage = fc.constantFrom('', '"', 'a"b', '"open', '1,2', 'cut\nhere', '\uFFFD', '\r', '-1', '\u0000');
		fc.assert(
			fc.property(orderRows, fc.nat(), fc.nat(), damage, (rowsByOrder, rowChoice, columnChoice, damaged) => {
				const rows = rowsByOrder.flat();
				const hitRow = rowChoice % rows.length;
				const hitColumn = columnChoice % columns.length;
				const readsAsAnotherId = (hitColumn < 2 && damaged === '-1') || (hitColumn === 0 && damaged.startsWith('cut'));
				fc.pre(!readsAsAnotherId);
				const lines = rows.map((changes, index) => {
					if (index !== hitRow) return row(changes);
					const cells = columns.map((column) =>
						quoted({ ...goodRow, ...changes }[column as keyof typeof changes] ?? ''),
					);
					return cells.with(hitColumn, damaged).join(',');
				});
				const hitId = rows[hitRow]?.externalId;
				const whole = new Map(parseOrderCsv(file(...rows.map(row))).orders.map((order) => [order.externalId, order]));
				const { orders, problems } = parseOrderCsv(file(...lines));
				const others = orders.filter((order) => order.externalId !== hitId);
				expect(others).toEqual([...whole.values()].filter((order) => order.externalId !== hitId));
				const own = orders.find((order) => order.externalId === hitId);
				if (own) expect(own.lines.length).toBe(whole.get(hitId ?? '')?.lines.length);
				else expect(problems.length).toBeGreaterThan(0);
			}),
			{ numRuns: 500 },
		);
	});

	it('arbitrary bytes never throw', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				const start = new TextEncoder().encode(`${header}\n`);
				expect(parseOrderCsv(new Uint8Array([...start, ...bytes])).orders).toEqual([]);
				parseOrderCsv(bytes);
			}),
		);
	});
});
