import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { operationKinds } from '../../../../shared/schema/operation.ts';
import { addUnits, emptyBasket, filledLines } from './basket.ts';
import { capturePayload, emptyCapture } from './capture-draft.ts';
import { nothingTyped, readCustomer } from './read-customer.ts';
import { sampleProduct } from './sample-product.ts';

const ids = { newId: () => '019ac2b4-7c00-7000-8000-0000deadbeef', passCode: () => 'K7M4Q2' };
const site = { id: 'S-1', name: 'York', town: 'York', postalCode: 'YO1 9AA', country: 'GB' };

describe('an order as the desk has taken it', () => {
	it('is a whole operation: lots of one product are one line, and the units of both are ordered', () => {
		const one = addUnits(emptyBasket, sampleProduct('MUG'), 'A-1', { quantity: 2, lot: 'L1' });
		const basket = addUnits(one, sampleProduct('MUG'), 'A-1', { quantity: 1, lot: 'L2' });
		const draft = { ...emptyCapture(ids), basket };
		const payload = capturePayload(draft, filledLines(basket) ?? [], {
			site,
			customer: readCustomer({ ...nothingTyped, name: 'Ann Lee' }, 'pickup', site),
			placedAt: '2026-11-26T10:00:00Z',
			promisedAt: '2026-11-26T12:00:00Z',
			rights: [{ sku: 'MUG', quantity: 3 }],
		});
		expect(Value.Check(operationKinds.capture_order.payload, payload)).toBe(true);
		expect(payload.capture.lines).toEqual([{ sku: 'MUG', quantity: 3, unitPriceMinor: 450 }]);
		expect(payload.goods).toHaveLength(1);
		expect(payload.capture.siteId).toBe('S-1');
	});
});
