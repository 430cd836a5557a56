import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printGtin, readScanCode } from '../../../../shared/codes/index.ts';
import { applyStatement } from '../../../../shared/domain/apply-statement.ts';
import type { AnyStatement } from '../../../../shared/domain/decision.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import {
	exampleFulfillmentOrder,
	exampleLine,
	exampleProduct,
	gtins,
	mugLine,
	soapLine,
	teaLine,
} from '../../fulfillment/example-fulfillment-order.ts';
import { serialTakenFor } from '../../fulfillment/scanned-identity.ts';
import { type JudgedPickScan, judgePickScan, type PickScan } from './judge-pick-scan.ts';

const catalog: readonly Product[] = [
	exampleProduct('MUG', mugLine.name, gtins.mug),
	exampleProduct('TEA', teaLine.name, gtins.tea),
	exampleProduct('SOAP', soapLine.name, gtins.soap),
	exampleProduct('BOOK', 'A book', gtins.stranger),
];

const today = '2026-11-22';

function scan(
	fulfillmentOrder: FulfillmentOrder,
	text: string,
	chosenLineId: string | null = null,
	more: Partial<PickScan> = {},
): JudgedPickScan {
	const code = readScanCode(text);
	const product = code.kind === 'product' ? (catalog.find((each) => code.gtins.includes(each.gtin)) ?? null) : null;
	return judgePickScan(fulfillmentOrder, { code, text, product, today, ...more }, chosenLineId);
}

/** The FO after the operation, by the domain itself. */
function after(fulfillmentOrder: FulfillmentOrder, judged: JudgedPickScan): FulfillmentOrder {
	if (judged.operation === null) return fulfillmentOrder;
	const statement = {
		opId: '00000000-0000-7000-8000-000000000001',
		...judged.operation,
		actorName: 'Leah Hall',
		at: '2026-11-22T15:00:00Z',
	} as AnyStatement;
	const result = applyStatement({ siteId: fulfillmentOrder.siteId, fulfillmentOrder }, statement);
	if (result.outcome === 'refused') throw new Error(result.reason);
	return result.subject.fulfillmentOrder ?? fulfillmentOrder;
}

const short = (line: typeof mugLine, reason: 'not_found' | 'damaged', quantity: number) => ({
	...line,
	quantities: { ...line.quantities, toPick: line.quantities.toPick - quantity, short: quantity },
	shorts: [{ reason, quantity }],
});

describe('a scan while picking', () => {
	it('counts the right item and says how many more its line needs', () => {
		const { verdict, operation } = scan(exampleFulfillmentOrder(), gtins.mug);
		expect(verdict).toMatchObject({ kind: 'right_item', moreOfLine: 1, moreOfOrder: 3 });
		expect(operation).toEqual({
			type: 'pick',
			payload: {
				fulfillmentOrderId: 'fo-1042',
				orderId: 'o-1042',
				lineId: 'l1',
				sku: 'MUG',
				quantity: 1,
				scannedCode: gtins.mug,
			},
		});
	});

	it('counts an item of another line of the same order for that line, wherever the picker stands', () => {
		const { verdict, operation } = scan(exampleFulfillmentOrder(), gtins.soap, 'l2');
		expect(verdict).toMatchObject({ kind: 'right_item', line: { lineId: 'l3' } });
		expect(operation?.payload).toMatchObject({ lineId: 'l3', sku: 'SOAP' });
	});

	it('counts two identical scans as two units, and the third is one too many', () => {
		const start = exampleFulfillmentOrder({ lines: [mugLine, teaLine] });
		const first = scan(start, gtins.mug);
		const one = after(start, first);
		const second = scan(one, gtins.mug);
		const two = after(one, second);
		const third = scan(two, gtins.mug);
		expect(first.verdict).toMatchObject({ kind: 'right_item', moreOfLine: 1 });
		expect(second.verdict).toMatchObject({ kind: 'right_item', moreOfLine: 0, moreOfOrder: 1 });
		expect(third).toMatchObject({ verdict: { kind: 'surplus_unit', line: { lineId: 'l1' } }, operation: null });
	});

	it('says when the last unit completes the order', () => {
		const { verdict, operation } = scan(exampleFulfillmentOrder({ lines: [teaLine] }), gtins.tea);
		expect(verdict).toMatchObject({ kind: 'order_complete', line: { lineId: 'l2' } });
		expect(operation?.type).toBe('pick');
	});

	it('names both what was scanned and what is wanted when the item is wrong, and records nothing', () => {
		expect(scan(exampleFulfillmentOrder(), gtins.stranger)).toMatchObject({
			verdict: { kind: 'wrong_item', scanned: 'A book', wanted: { lineId: 'l2' } },
			operation: null,
		});
	});

	it('knows an item by a code that the catalog learned after the order was taken', () => {
		const relabeled = { ...exampleProduct('MUG', mugLine.name, gtins.mug), otherGtins: ['09780201379624'] };
		const code = readScanCode(gtins.stranger);
		const judged = judgePickScan(exampleFulfillmentOrder(), { code, text: gtins.stranger, product: relabeled, today });
		expect(judged.operation?.payload).toMatchObject({ lineId: 'l1', sku: 'MUG' });
	});

	it('fills the line that the picker chose first when two lines want the same item', () => {
		const twice = exampleFulfillmentOrder({ lines: [mugLine, exampleLine({ lineId: 'l9', bin: 'Z-1-1' })] });
		expect(scan(twice, gtins.mug).operation?.payload).toMatchObject({ lineId: 'l1' });
		expect(scan(twice, gtins.mug, 'l9').operation?.payload).toMatchObject({ lineId: 'l9' });
	});

	it('tells a code that no product has from one that is no product code', () => {
		expect(scan(exampleFulfillmentOrder(), '4000417025005').verdict).toEqual({
			kind: 'unknown_product',
			code: '4000417025005',
		});
		expect(scan(exampleFulfillmentOrder(), 'HELLO').verdict).toMatchObject({
			kind: 'unknown_code',
			code: 'HELLO',
			reason: 'not_a_code',
		});
	});

	it('says that a check digit is wrong instead of guessing the product', () => {
		expect(scan(exampleFulfillmentOrder(), '5012345678901')).toMatchObject({
			verdict: { kind: 'unknown_code', reason: 'wrong_check_digit' },
			operation: null,
		});
	});

	it('tells this order from another', () => {
		expect(scan(exampleFulfillmentOrder(), 'ord-1042').verdict).toEqual({ kind: 'this_order' });
		expect(scan(exampleFulfillmentOrder(), 'ORD-1043').verdict).toEqual({ kind: 'other_order', number: '1043' });
	});

	it('says whether this is the right bin', () => {
		const start = exampleFulfillmentOrder();
		expect(scan(start, 'LOC-A-2-1').verdict).toMatchObject({ kind: 'right_bin', line: { lineId: 'l2' } });
		expect(scan(start, 'LOC-B-1-1').verdict).toMatchObject({ kind: 'right_bin', line: { lineId: 'l3' } });
		expect(scan(start, 'LOC-C-1-1').verdict).toMatchObject({
			kind: 'wrong_bin',
			scanned: 'C-1-1',
			wanted: { lineId: 'l2' },
		});
	});

	it('leaves a customer’s pass to the handover', () => {
		expect(scan(exampleFulfillmentOrder(), 'PASS-AB12CD')).toEqual({
			verdict: { kind: 'customer_pass' },
			operation: null,
		});
	});

	it('takes the count of a full tray only where so many are needed', () => {
		const dozen = exampleFulfillmentOrder({ lines: [exampleLine({ ordered: 12, toPick: 12 }), teaLine] });
		const tray = '(02)05012345678900(37)12';
		expect(scan(dozen, tray).operation?.payload).toMatchObject({ quantity: 12 });
		expect(scan(exampleFulfillmentOrder(), tray)).toMatchObject({
			verdict: { kind: 'too_many_units', units: 12, needed: 2 },
			operation: null,
		});
	});

	it('counts a unit again that was reported missing and has turned up', () => {
		const start = exampleFulfillmentOrder({ state: 'picking', lines: [short(mugLine, 'not_found', 2), teaLine] });
		const judged = scan(start, gtins.mug);
		expect(judged.verdict).toMatchObject({ kind: 'found_after_short', stillMissing: 1 });
		expect(after(start, judged).lines[0]?.quantities).toMatchObject({ short: 1, picked: 1 });
	});

	it('does not count a unit that was reported damaged', () => {
		const start = exampleFulfillmentOrder({ state: 'picking', lines: [short(mugLine, 'damaged', 2), teaLine] });
		expect(scan(start, gtins.mug)).toMatchObject({ verdict: { kind: 'reported_unsellable' }, operation: null });
	});

	it('puts back a unit that the order wants no more', () => {
		const cancelled = exampleFulfillmentOrder({
			state: 'cancelled',
			lines: [{ ...mugLine, quantities: { ...mugLine.quantities, toPick: 0, cancelled: 2 } }],
			putBack: [{ sku: 'MUG', quantity: 2 }],
		});
		const judged = scan(cancelled, gtins.mug);
		expect(judged.verdict).toMatchObject({ kind: 'put_back', bin: 'A-12-3', more: 1 });
		expect(after(cancelled, judged).putBack).toEqual([{ sku: 'MUG', quantity: 1 }]);
	});

	it('picks a needed unit before it puts one back', () => {
		const both = exampleFulfillmentOrder({ putBack: [{ sku: 'MUG', quantity: 1 }] });
		expect(scan(both, gtins.mug).operation?.type).toBe('pick');
	});

	it('never picks for an order that is cancelled or gone', () => {
		for (const state of ['cancelled', 'declined', 'shipped', 'packed', 'ready', 'handed_over'] as const) {
			expect(scan(exampleFulfillmentOrder({ state }), gtins.mug)).toEqual({
				verdict: { kind: 'not_to_pick', state },
				operation: null,
			});
		}
	});

	it('whatever is scanned in whatever order, never counts more units than are needed', () => {
		const texts = fc.constantFrom(...Object.values(gtins), 'ORD-1042', 'LOC-A-2-1', '5012345678901', '?');
		fc.assert(
			fc.property(fc.array(texts, { maxLength: 30 }), (scans) => {
				let current = exampleFulfillmentOrder();
				for (const text of scans) current = after(current, scan(current, text));
				for (const line of current.lines) {
					const own = scans.filter((text) => line.gtins.some((gtin) => printGtin(gtin) === text)).length;
					expect(line.quantities.picked).toBe(Math.min(line.ordered, own));
				}
				expect(current.putBack).toEqual([]);
			}),
		);
	});
});

describe('a code that tells lot, date or serial number', () => {
	const mug = `01${gtins.mug.padStart(14, '0')}`;
	const withSerial = (serial: string) => `]d2${mug}21${serial}`;
	const taken = (fulfillmentOrders: readonly FulfillmentOrder[], own: FulfillmentOrder): Partial<PickScan> => ({
		serialTakenFor: (sku, serial) => serialTakenFor(fulfillmentOrders, own, sku, serial),
	});

	it('says with the pick which unit it is', () => {
		const { operation, verdict } = scan(exampleFulfillmentOrder(), `(01)${mug.slice(2)}(17)270331(10)L-7`);
		expect(operation?.payload).toMatchObject({ sku: 'MUG', quantity: 1, lot: 'L-7', expiresOn: '2027-03-31' });
		expect(verdict).toMatchObject({ kind: 'right_item', identity: { lot: 'L-7' } });
		expect(scan(exampleFulfillmentOrder(), gtins.mug).operation?.payload).not.toHaveProperty('lot');
	});

	it('counts a serial number once, for this order or for another one that has its goods here', () => {
		const first = exampleFulfillmentOrder();
		const then = after(first, scan(first, withSerial('S-1'), null, taken([], first)));
		expect(then.named).toEqual([{ sku: 'MUG', quantity: 1, serials: ['S-1'] }]);
		expect(scan(then, withSerial('S-1'), null, taken([then], then))).toMatchObject({
			verdict: { kind: 'serial_twice', serial: 'S-1', number: '1042' },
			operation: null,
		});
		expect(scan(then, withSerial('S-2'), null, taken([then], then)).operation?.payload).toMatchObject({
			serials: ['S-2'],
		});
		const other = exampleFulfillmentOrder({ id: 'fo-1043', orderNumber: '1043' });
		expect(scan(other, withSerial('S-1'), null, taken([then, other], other)).verdict).toMatchObject({
			kind: 'serial_twice',
			number: '1042',
		});
		const shipped = { ...then, state: 'shipped' } as const;
		expect(scan(other, withSerial('S-1'), null, taken([shipped, other], other)).operation).not.toBeNull();
	});

	it('of a full line says that the unit was taken, and brings it back when that is to be done', () => {
		const full = exampleFulfillmentOrder({
			lines: [{ ...mugLine, ordered: 1, quantities: { ...mugLine.quantities, toPick: 0, picked: 1 } }, teaLine],
			named: [{ sku: 'MUG', quantity: 1, serials: ['S-1'] }],
		});
		expect(scan(full, withSerial('S-1'), null, taken([full], full)).verdict.kind).toBe('serial_twice');
		const tooMany = { ...full, putBack: [{ sku: 'MUG', quantity: 1 }] };
		expect(scan(tooMany, withSerial('S-1'), null, taken([tooMany], tooMany)).operation).toMatchObject({
			type: 'put_back',
			payload: { serials: ['S-1'] },
		});
	});

	it('does not count what has expired before somebody says so; the last good day is good', () => {
		const text = `(01)${mug.slice(2)}(17)261121(10)L-7`;
		expect(scan(exampleFulfillmentOrder(), text)).toMatchObject({
			verdict: { kind: 'expired', expiresOn: '2026-11-21', lot: 'L-7' },
			operation: null,
		});
		expect(scan(exampleFulfillmentOrder(), text, null, { takesExpired: true }).operation?.payload).toMatchObject({
			lot: 'L-7',
			expiresOn: '2026-11-21',
		});
		expect(scan(exampleFulfillmentOrder(), `]d2${mug}17261122`).operation).not.toBeNull();
	});

	it('takes the day of a lot from the books where the code names none', () => {
		const text = `]d2${mug}10L-7`;
		const known = { lotExpiresOn: '2026-11-01' };
		expect(scan(exampleFulfillmentOrder(), text, null, known).verdict.kind).toBe('expired');
		expect(scan(exampleFulfillmentOrder(), text).operation).not.toBeNull();
	});

	it('of several units names no serial number', () => {
		const several = exampleFulfillmentOrder();
		expect(scan(several, `]d2${mug}302\x1d21S-1`).operation?.payload).not.toHaveProperty('serials');
	});
});
