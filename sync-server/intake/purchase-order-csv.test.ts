import { describe, expect, it } from 'vitest';
import { isPurchaseOrderCsv, parsePurchaseOrderCsv } from './purchase-order-csv.ts';

const header = 'supplierId,number,siteId,expectedOn,sku,quantity,sscc,lot,expiresOn';
const parse = (...rows: readonly string[]) => parsePurchaseOrderCsv([header, ...rows].join('\n'));
const good = 'hull,PO-1,leeds,2026-11-24,A,12,,,';
const sscc = '000000000000000017';

describe('purchase orders in a file', () => {
	it('have one row for each product, and rows for what a logistic unit brings', () => {
		const { captures, firstLines, problems } = parse(
			good,
			`hull,PO-1,leeds,2026-11-24,B,4,${sscc},L1,2027-01-31`,
			`hull,PO-1,leeds,2026-11-24,B,2,${sscc},L2,`,
			'hull,PO-2,london,2026-11-25,A,1,,,',
		);
		expect(problems).toEqual([]);
		expect(firstLines).toEqual([2, 5]);
		expect(captures).toEqual([
			{
				supplierId: 'hull',
				number: 'PO-1',
				siteId: 'leeds',
				expectedOn: '2026-11-24',
				lines: [
					{ sku: 'A', quantity: 12 },
					{ sku: 'B', quantity: 6 },
				],
				announced: [
					{
						sscc,
						lines: [
							{ sku: 'B', quantity: 4, lot: 'L1', expiresOn: '2027-01-31' },
							{ sku: 'B', quantity: 2, lot: 'L2' },
						],
					},
				],
			},
			{
				supplierId: 'hull',
				number: 'PO-2',
				siteId: 'london',
				expectedOn: '2026-11-25',
				lines: [{ sku: 'A', quantity: 1 }],
			},
		]);
	});

	it.each<[string, string, string]>([
		['hull,PO-1,leeds,2026-11-31,B,1,,,', 'expectedOn', 'is not a day'],
		['hull,PO-1,leeds,tomorrow,B,1,,,', 'expectedOn', 'is not a day'],
		['hull,PO-1,leeds,2026-11-24,B,-1,,,', 'quantity', 'is less than 1'],
		['hull,PO-1,leeds,2026-11-24,B,1.5,,,', 'quantity', 'is not a whole number'],
		['hull,PO-1,leeds,2026-11-24,B,999999999,,,', 'quantity', 'is more than'],
		['hull,PO-1,leeds,2026-11-24,B,many,,,', 'quantity', 'is not a whole number'],
		['hull,PO-1,leeds,2026-11-24,,1,,,', 'sku', 'is empty'],
		['hull,PO-1,leeds,2026-11-24,A,1,,,', 'sku', 'stands twice'],
		['hull,PO-1,leeds,2026-11-24,B,1,17,,', 'sscc', 'is not an SSCC'],
		['hull,PO-1,leeds,2026-11-24,B,1,,a lot that is far too long,', 'lot', 'is longer than'],
		['hull,PO-1,leeds,2026-11-24,B,1,,,2026-02-30', 'expiresOn', 'is not a day'],
		['hull,PO-1,london,2026-11-24,B,1,,,', 'siteId', 'differs from'],
		['hull,PO-1,leeds,2026-11-25,B,1,,,', 'expectedOn', 'differs from'],
	])('with the row %s are left out, and it is told by line, column and reason', (row, column, reason) => {
		const { captures, problems } = parse(good, row, 'hull,PO-9,leeds,2026-11-24,A,1,,,');
		expect(captures.map(({ number }) => number)).toEqual(['PO-9']);
		expect(problems).toMatchObject([{ line: 3, column, reason: expect.stringContaining(reason) }]);
	});

	it('are not taken at all when a row can not be read: it may be of any of them', () => {
		const { captures, problems } = parse(good, 'hull,PO-1,"leeds');
		expect(captures).toEqual([]);
		expect(problems.map(({ line }) => line)).toEqual([0, 3]);
	});

	it('need their header', () => {
		expect(parsePurchaseOrderCsv('').problems).toMatchObject([{ reason: 'the file is empty' }]);
		expect(parsePurchaseOrderCsv('supplierId,price').problems.map(({ column }) => column)).toEqual([
			'price',
			'number',
			'siteId',
			'expectedOn',
			'sku',
			'quantity',
		]);
	});

	it('are told from orders by it', () => {
		expect(isPurchaseOrderCsv(new TextEncoder().encode(`\uFEFF${header}\n${good}`))).toBe(true);
		expect(isPurchaseOrderCsv(new TextEncoder().encode('channel,externalId\nsupplierId,1'))).toBe(false);
	});
});
