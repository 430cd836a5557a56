import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printGtin, readScanCode } from '../../../../shared/codes/index.ts';
import {
	exampleFulfillmentOrder,
	exampleProduct,
	gtins,
	mugLine,
	soapLine,
	teaLine,
} from '../../fulfillment/example-fulfillment-order.ts';
import { type Box, emptyBox } from './box.ts';
import { judgePackScan, type PackScan } from './judge-pack-scan.ts';

const withPicked = (line: typeof mugLine, units: number, packed = 0) => ({
	...line,
	quantities: { ...line.quantities, toPick: 0, picked: units, packed, short: line.ordered - units - packed },
});
const current = exampleFulfillmentOrder({
	state: 'picked',
	lines: [withPicked(mugLine, 2), withPicked(teaLine, 1), withPicked(soapLine, 0)],
});
const catalog = [exampleProduct('BOOK', 'A book', gtins.stranger)];

function read(text: string): PackScan {
	const code = readScanCode(text);
	const product = code.kind === 'product' ? (catalog.find((each) => code.gtins.includes(each.gtin)) ?? null) : null;
	return { code, text, product };
}
const judge = (text: string, box: Box = emptyBox, fulfillmentOrder = current) =>
	judgePackScan(fulfillmentOrder, box, read(text));

describe('a scan into the box', () => {
	it('puts the right item in and says how many more are to come', () => {
		expect(judge(gtins.mug)).toMatchObject({
			verdict: { kind: 'right_item', moreOfLine: 1, moreOfOrder: 2 },
			box: { l1: 1 },
		});
	});

	it('says when everything that was picked is in the box', () => {
		expect(judge(gtins.tea, { l1: 2 })).toMatchObject({ verdict: { kind: 'all_in_box' }, box: { l1: 2, l2: 1 } });
	});

	it('refuses a unit more than was picked, in this box or in one before', () => {
		expect(judge(gtins.mug, { l1: 2 })).toMatchObject({ verdict: { kind: 'surplus_unit' }, box: { l1: 2 } });
		const second = exampleFulfillmentOrder({
			state: 'picked',
			lines: [withPicked(mugLine, 0, 2), withPicked(teaLine, 1)],
		});
		expect(judge(gtins.mug, emptyBox, second).verdict).toMatchObject({ kind: 'surplus_unit' });
	});

	it('tells an item of the order that was never picked from a stranger', () => {
		expect(judge(gtins.soap).verdict).toMatchObject({ kind: 'not_picked', line: { lineId: 'l3' } });
		expect(judge(gtins.stranger).verdict).toEqual({ kind: 'wrong_item', scanned: 'A book' });
	});

	it('names unknown codes, wrong check digits and other orders for what they are', () => {
		expect(judge('4000417025005').verdict).toEqual({ kind: 'unknown_product', code: '4000417025005' });
		expect(judge('5012345678901').verdict).toMatchObject({ kind: 'unknown_code', reason: 'wrong_check_digit' });
		expect(judge('JJD0001').verdict).toMatchObject({ kind: 'unknown_code', reason: 'not_a_code' });
		expect(judge('ORD-1042').verdict).toEqual({ kind: 'this_order' });
		expect(judge('ORD-7').verdict).toEqual({ kind: 'other_order', number: '7' });
		expect(judge('LOC-A-1').verdict).toEqual({ kind: 'location' });
		expect(judge('PASS-AB12CD').verdict).toEqual({ kind: 'customer_pass' });
	});

	it('puts nothing into a box for an order that was cancelled', () => {
		expect(judge(gtins.mug, emptyBox, { ...current, state: 'cancelled' })).toEqual({
			verdict: { kind: 'stopped' },
			box: emptyBox,
			units: [],
		});
	});

	it('whatever is scanned in whatever order, the box never holds more than was picked', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...Object.values(gtins), '?', 'ORD-1')), (texts) => {
				const box = texts.reduce((before, text) => judge(text, before).box, emptyBox);
				for (const line of current.lines) {
					const scans = texts.filter((text) => line.gtins.some((gtin) => printGtin(gtin) === text)).length;
					expect(box[line.lineId] ?? 0).toBe(Math.min(line.quantities.picked, scans));
				}
			}),
		);
	});
});
