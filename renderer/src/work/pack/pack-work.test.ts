import { describe, expect, it } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { sampleOrder } from '../../../../shared/domain/sample-order.ts';
import { exampleFulfillmentOrder, gtins, mugLine } from '../../fulfillment/example-fulfillment-order.ts';
import { findPackWork, packStep, packWork } from './pack-work.ts';

const pickedLine = { ...mugLine, quantities: { ...mugLine.quantities, toPick: 0, picked: 2 } };
const picked = exampleFulfillmentOrder({ state: 'picked', lines: [pickedLine] });
const closed = { id: 'p-1', lines: [], weightGrams: 500, trackingNumber: null, shippedAt: null };

describe('the pack list', () => {
	it('holds what is picked or packed and goes out by carrier', () => {
		const states = ['assigned', 'picking', 'picked', 'packed', 'shipped', 'cancelled'] as const;
		const all = states.map((state) => exampleFulfillmentOrder({ id: state, state }));
		expect(packWork(all).map((work) => work.fulfillmentOrder.id)).toEqual(['picked', 'packed']);
		expect(packWork([{ ...picked, method: 'pickup' }])).toEqual([]);
	});

	it('tells of a label whose address holds no more, until a new one is printed', () => {
		const { shipTo } = picked;
		const label = { shipTo, printedAt: '2026-11-22T14:00:00Z' };
		const labeled = exampleFulfillmentOrder({ state: 'packed', packages: [{ ...closed, label }] });
		const order = { ...sampleOrder([]).order, id: labeled.orderId, shipTo };
		const edited = { ...order, shipTo: { ...shipTo, line1: '7 Hill Road' } };
		expect(packWork([labeled], [order])[0]?.voidLabels).toBe(0);
		expect(packWork([labeled], [edited])[0]?.voidLabels).toBe(1);
		const anew = { ...labeled, packages: [{ ...closed, label: { ...label, shipTo: edited.shipTo } }] };
		expect(packWork([anew], [edited])[0]?.voidLabels).toBe(0);
	});

	it('opens by the order’s code or by an item that is still outside of a box', () => {
		const work = packWork([picked]);
		expect(findPackWork(work, readScanCode('ORD-1042'), null)?.id).toBe('fo-1042');
		expect(findPackWork(work, readScanCode(gtins.mug), null)?.id).toBe('fo-1042');
		expect(findPackWork(work, readScanCode(gtins.tea), null)).toBeNull();
	});
});

describe('the packer’s next step', () => {
	it('is the box, then its label, and only then the next box', () => {
		expect(packStep(picked)).toBe('pack');
		expect(packStep({ ...picked, packages: [closed] })).toBe('label');
		const gone = { ...closed, trackingNumber: 'X', shippedAt: '2026-11-22T15:00:00Z' };
		expect(packStep({ ...picked, packages: [gone] })).toBe('pack');
		expect(packStep({ ...picked, state: 'shipped', packages: [gone] })).toBe('done');
	});

	it('is to stop when the order is cancelled, and to wait while it is being picked', () => {
		expect(packStep({ ...picked, state: 'cancelled', packages: [closed] })).toBe('stopped');
		expect(packStep(exampleFulfillmentOrder({ state: 'picking' }))).toBe('still_picking');
	});
});
