import { expect, it } from 'vitest';
import { printGtin, readScanCode } from '../../../../shared/codes/index.ts';
import { exampleFulfillmentOrder, gtins, mugLine } from '../../fulfillment/example-fulfillment-order.ts';
import { boxOf, type ScannedUnit } from './box.ts';
import { judgePackScan } from './judge-pack-scan.ts';

const pickedMugs = { ...mugLine, quantities: { ...mugLine.quantities, toPick: 0, picked: 2 } };
const current = exampleFulfillmentOrder({
	state: 'picked',
	lines: [pickedMugs],
	named: [{ sku: 'MUG', quantity: 2, lot: 'L1', expiresOn: '2027-01-01' }],
});
const gtin = printGtin(gtins.mug).padStart(14, '0');
const judge = (more: string, scanned: readonly ScannedUnit[] = [], fulfillmentOrder = current, takesOther = false) => {
	const text = `(01)${gtin}${more}`;
	const scan = { code: readScanCode(text), text, product: null, scanned, takesOther };
	return judgePackScan(fulfillmentOrder, boxOf(scanned), scan);
};

it('a unit of the lot that was picked goes into the box with its lot and last good day', () => {
	expect(judge('(17)270101(10)L1')).toMatchObject({
		verdict: { kind: 'right_item' },
		units: [{ lineId: 'l1', lot: 'L1', expiresOn: '2027-01-01' }],
	});
	expect(judge('')).toMatchObject({ verdict: { kind: 'right_item' }, units: [{ lineId: 'l1' }] });
});

it('a unit of another lot stays out until somebody says otherwise, and is told with what was picked', () => {
	expect(judge('(10)L9')).toMatchObject({
		verdict: { kind: 'other_unit', identity: { lot: 'L9' }, picked: [{ lot: 'L1' }] },
		box: {},
		units: [],
	});
	expect(judge('(10)L9', [], current, true)).toMatchObject({ box: { l1: 1 }, units: [{ lineId: 'l1', lot: 'L9' }] });
});

it('each picked unit is packed once: of two lots, the second unit of one is another one', () => {
	const both = { ...current, named: ['L1', 'L2'].map((lot) => ({ sku: 'MUG', quantity: 1, lot })) };
	const inBox = [{ lineId: 'l1', lot: 'L1' }];
	expect(judge('(10)L1', inBox, both)).toMatchObject({ verdict: { kind: 'other_unit', picked: [{ lot: 'L2' }] } });
	expect(judge('(10)L2', inBox, both)).toMatchObject({ verdict: { kind: 'all_in_box' } });
	const packed = { id: 'p-1', lines: [], named: [{ sku: 'MUG', quantity: 1, lot: 'L1' }], weightGrams: 1 };
	const second = { ...both, packages: [{ ...packed, trackingNumber: null, shippedAt: '2026-11-22T10:00:00Z' }] };
	expect(
		judge('(10)L1', [], {
			...second,
			lines: [{ ...pickedMugs, quantities: { ...pickedMugs.quantities, picked: 1, packed: 1 } }],
		}).verdict.kind,
	).toBe('other_unit');
});

it('where nobody named what was picked, any lot may be it', () => {
	const { named: _named, ...unnamed } = current;
	expect(judge('(10)L9', [], unnamed).verdict.kind).toBe('right_item');
	const partly = { ...current, named: [{ sku: 'MUG', quantity: 1, lot: 'L1' }] };
	expect(judge('(10)L9', [], partly).verdict.kind).toBe('right_item');
	expect(judge('(10)L9', [{ lineId: 'l1', lot: 'L9' }], partly).verdict.kind).toBe('other_unit');
});

it('a serial number goes into a box once, and must be one that was picked', () => {
	const named = ['s1', 's2'].map((serial) => ({ sku: 'MUG', quantity: 1, serials: [serial] }));
	const bySerial = { ...current, named };
	expect(judge('(21)s1', [], bySerial)).toMatchObject({ units: [{ serials: ['s1'] }] });
	expect(judge('(21)s1', [{ lineId: 'l1', serials: ['s1'] }], bySerial).verdict).toMatchObject({
		kind: 'serial_twice',
		serial: 's1',
	});
	expect(judge('(21)s9', [], bySerial).verdict).toMatchObject({
		kind: 'other_unit',
		picked: named.map(({ serials }) => ({ serials })),
	});
});
