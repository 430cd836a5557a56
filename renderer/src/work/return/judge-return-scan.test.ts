import { describe, expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { sampleOrder } from '../../../../shared/domain/sample-order.ts';
import { type CounterGoods, emptyCounter, putDown } from './counter-goods.ts';
import { judgeLineByHand, judgeReturnScan } from './judge-return-scan.ts';
import { afterReturn, gtinOf, sampleSale } from './sample-sale.ts';

const mug = '5012345678900';
const jar = '12345670';
const gtinsOfSku = new Map([mug, jar].map((sku) => [sku, [gtinOf(sku)]]));
const sale = sampleSale([
	{ sku: mug, quantity: 2 },
	{ sku: jar, quantity: 1 },
]);
const scan = (text: string, counter: CounterGoods = emptyCounter, order = sale) =>
	judgeReturnScan(readScanCode(text), { order, counter, gtinsOfSku });
const mugs = (count: number) =>
	Array.from({ length: count }).reduce<CounterGoods>(
		(goods) => putDown(goods, { id: 'line-1', sku: mug }),
		emptyCounter,
	);

describe('a product that was sold', () => {
	test('is put on the counter, one by one', () => {
		expect(scan(mug)).toMatchObject({ kind: 'unit', count: 1, of: 2, counter: { groups: [{ quantity: 1 }] } });
		expect(scan(mug, mugs(1))).toMatchObject({ kind: 'unit', count: 2, of: 2, counter: { groups: [{ quantity: 2 }] } });
	});
	test('is never counted more often than it was sold', () =>
		expect(scan(mug, mugs(2))).toMatchObject({ kind: 'more_than_sold', of: 2 }));
	test('can not come back twice', () => {
		const { order } = afterReturn(sale, [
			{ lineId: 'line-2', sku: jar, quantity: 1, reason: 'unwanted', grade: 'opened', disposition: 'quarantine' },
		]);
		expect(scan(jar, emptyCounter, order)).toMatchObject({ kind: 'all_returned', line: { returned: 1 } });
	});
	test('on two lines fills one after the other', () => {
		const twice = sampleSale([
			{ sku: mug, quantity: 1 },
			{ sku: mug, quantity: 1 },
		]);
		expect(scan(mug, mugs(1), twice)).toMatchObject({ kind: 'unit', line: { line: { id: 'line-2' } } });
	});
});

test('a product that the customer never got is refused, and said so', () => {
	const { order } = sampleOrder([{ sku: mug, quantity: 2 }], 'pickup');
	expect(scan(mug, emptyCounter, order)).toMatchObject({ kind: 'never_sold' });
});

test('a product of another order is wrong, and never counted', () =>
	expect(scan('4006381333931')).toEqual({ kind: 'wrong_product', gtins: ['04006381333931'] }));

test('the receipt says whether this is its order', () => {
	expect(scan('ORD-1042')).toEqual({ kind: 'right_order' });
	expect(scan('ORD-7')).toEqual({ kind: 'other_order', number: '7' });
});

test('shelves, passes and unreadable codes are no goods', () => {
	expect(scan('LOC-PU-01')).toEqual({ kind: 'not_a_product', scanned: 'location' });
	expect(scan('PASS-K7M4Q2')).toEqual({ kind: 'not_a_product', scanned: 'pass' });
	expect(scan('??')).toEqual({ kind: 'unreadable', text: '??' });
});

test('a unit whose code can not be read is judged as one that was scanned', () => {
	const scene = { order: sale, counter: mugs(1), gtinsOfSku };
	expect(judgeLineByHand('line-1', scene)).toMatchObject({ kind: 'unit', count: 2 });
	expect(judgeLineByHand('line-1', { ...scene, counter: mugs(2) })).toMatchObject({ kind: 'more_than_sold' });
});

describe('a unit with a serial number', () => {
	const code = (serial: string) => readScanCode(`(01)${gtinOf(mug)}(21)${serial}`);
	const { fulfillmentOrder } = sampleOrder([{ sku: mug, quantity: 2 }]);
	const given = (...serials: string[]) => [
		{ ...fulfillmentOrder, orderId: sale.id, named: [{ sku: mug, quantity: serials.length, serials }] },
	];
	const judge = (serial: string, counter: CounterGoods = emptyCounter, fulfillmentOrders = given('S-1', 'S-2')) =>
		judgeReturnScan(code(serial), { order: sale, counter, gtinsOfSku, fulfillmentOrders });

	test('lies on the counter once', () => {
		const first = judge('S-1');
		if (first.kind !== 'unit') throw new Error(first.kind);
		expect(first).toMatchObject({ isOtherUnit: false, counter: { groups: [{ serials: ['S-1'] }] } });
		expect(judge('S-1', first.counter)).toMatchObject({ kind: 'serial_twice', serial: 'S-1' });
	});
	test('that the order was not given is told; where not all of them are known, nobody can say', () => {
		expect(judge('S-9')).toMatchObject({ kind: 'unit', isOtherUnit: true });
		expect(judge('S-9', emptyCounter, given('S-1'))).toMatchObject({ kind: 'unit', isOtherUnit: false });
	});
});
