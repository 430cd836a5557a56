import { describe, expect, it } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import {
	exampleFulfillmentOrder,
	exampleProduct,
	gtins,
	mugLine,
	teaLine,
} from '../../fulfillment/example-fulfillment-order.ts';
import { findWork, pickWork } from './pick-work.ts';

const early = exampleFulfillmentOrder({
	id: 'fo-1',
	number: '1-1',
	orderNumber: '1',
	promisedAt: '2026-11-22T12:00:00Z',
	lines: [teaLine],
});
const late = exampleFulfillmentOrder({ id: 'fo-2', number: '2-1', orderNumber: '2', pickerName: 'Joe Murray' });
const later = exampleFulfillmentOrder({
	id: 'fo-3',
	number: '3-1',
	orderNumber: '3',
	promisedAt: '2026-11-23T12:00:00Z',
	lines: [mugLine],
});
const mug = exampleProduct('MUG', mugLine.name, gtins.mug);

describe('the pick list', () => {
	it('puts the earliest promise first', () => {
		expect(pickWork([later, late, early]).map((work) => work.fulfillmentOrder.id)).toEqual(['fo-1', 'fo-2', 'fo-3']);
	});

	it('keeps what is picked, cancelled or gone out, except units that must be put back', () => {
		const done = exampleFulfillmentOrder({ id: 'fo-4', state: 'picked' });
		const cancelled = exampleFulfillmentOrder({
			id: 'fo-5',
			state: 'cancelled',
			putBack: [{ sku: 'MUG', quantity: 2 }],
		});
		expect(pickWork([done, cancelled])).toMatchObject([{ fulfillmentOrder: { id: 'fo-5' }, toPick: 0, toPutBack: 2 }]);
	});

	it('opens the order whose code is scanned', () => {
		expect(findWork(pickWork([early, late]), readScanCode('ORD-2'), null, 'Leah Hall')).toMatchObject({
			kind: 'found',
			fulfillmentOrder: { id: 'fo-2' },
		});
		expect(findWork(pickWork([early]), readScanCode('ORD-77'), null, 'Leah Hall')).toEqual({ kind: 'not_here' });
	});

	it('opens for a product the first order that needs it and that nobody else has started', () => {
		const code = readScanCode(gtins.mug);
		expect(findWork(pickWork([early, late, later]), code, mug, 'Leah Hall')).toMatchObject({
			fulfillmentOrder: { id: 'fo-3' },
		});
		expect(findWork(pickWork([early, late, later]), code, mug, 'Joe Murray')).toMatchObject({
			fulfillmentOrder: { id: 'fo-2' },
		});
		expect(findWork(pickWork([early, late]), code, mug, 'Leah Hall')).toMatchObject({
			fulfillmentOrder: { id: 'fo-2' },
		});
	});

	it('says that nobody needs a product', () => {
		expect(findWork(pickWork([early]), readScanCode(gtins.mug), mug, 'Leah Hall')).toEqual({
			kind: 'not_needed',
			name: mug.name,
		});
	});
});
