import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import {
	answerGrade,
	answerReason,
	type CounterGoods,
	emptyCounter,
	putDown,
	returnLines,
	setApart,
	takeOff,
	unitsOnCounter,
} from './counter-goods.ts';
import { judgeReturnScan } from './judge-return-scan.ts';
import { overCounted, refundFor } from './refund.ts';
import { afterReturn, gtinOf, sampleSale } from './sample-sale.ts';

const mug = '5012345678900';
const jar = '12345670';
const gtinsOfSku = new Map([mug, jar].map((sku) => [sku, [gtinOf(sku)]]));
const sale = sampleSale([
	{ sku: mug, quantity: 2, minor: 625 },
	{ sku: jar, quantity: 1, minor: 199 },
]);
const line = (id: string, sku: string) => ({ id, sku });

test('the refund is what the units on the counter cost', () => {
	const goods = putDown(putDown(emptyCounter, line('line-1', mug)), line('line-2', jar));
	expect(refundFor(sale, emptyCounter)).toEqual({ minor: 0, currency: 'GBP' });
	expect(refundFor(sale, goods)).toEqual({ minor: 824, currency: 'GBP' });
});

test('units that another device took back meanwhile are not paid twice, and are named', () => {
	const two = putDown(putDown(emptyCounter, line('line-1', mug)), line('line-1', mug));
	const { order } = afterReturn(sale, [
		{ lineId: 'line-1', sku: mug, quantity: 1, reason: 'unwanted', grade: 'as_new', disposition: 'restock' },
	]);
	expect(refundFor(order, two)).toEqual({ minor: 625, currency: 'GBP' });
	expect(overCounted(order, two)).toEqual(['line-1']);
	expect(overCounted(sale, two)).toEqual([]);
});

const step = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(mug, jar, '4006381333931').map((code) => ({ kind: 'scan', code }) as const) },
	fc.nat(5).map((group) => ({ kind: 'take_off', group }) as const),
	fc.nat(5).map((group) => ({ kind: 'set_apart', group }) as const),
	fc.constant({ kind: 'settle' } as const),
	fc.constant({ kind: 'elsewhere' } as const),
);

test('over any sequence of scans and returns, here and elsewhere, never more comes back or is paid back than was sold', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
			let order = sale;
			let counter: CounterGoods = emptyCounter;
			let paid = 0;
			for (const each of steps) {
				if (each.kind === 'take_off') counter = takeOff(counter, each.group);
				if (each.kind === 'set_apart') counter = setApart(counter, each.group);
				if (each.kind === 'scan') {
					const judged = judgeReturnScan(readScanCode(each.code), { order, counter, gtinsOfSku });
					if (judged.kind === 'unit') counter = judged.counter;
				}
				if (each.kind === 'elsewhere') {
					const back = { reason: 'other', grade: 'opened', disposition: 'quarantine' } as const;
					const result = afterReturn(order, [{ lineId: 'line-1', sku: mug, quantity: 1, ...back }]);
					order = result.order;
					paid += result.refundMinor;
				}
				if (each.kind === 'settle' && overCounted(order, counter).length === 0) {
					for (const { id } of counter.groups)
						counter = answerGrade(answerReason(counter, id, 'unwanted'), id, 'as_new');
					const lines = returnLines(counter);
					if (lines === null) continue;
					const told = refundFor(order, counter);
					const result = afterReturn(order, lines);
					expect(result.refundMinor).toBe(told.minor);
					expect(result.exceptions).toBe(0);
					order = result.order;
					paid += result.refundMinor;
					counter = emptyCounter;
				}
				if (each.kind !== 'elsewhere' && overCounted(order, counter).length === 0)
					expect(unitsOnCounter(counter)).toBeLessThanOrEqual(
						order.lines.reduce((sum, one) => sum + one.withCustomer, 0),
					);
				expect(order.lines.every((one) => one.returned <= one.ordered && one.withCustomer >= 0)).toBe(true);
				expect(paid).toBeLessThanOrEqual(2 * 625 + 199);
			}
		}),
	);
});
