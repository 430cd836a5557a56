import { expect, test } from 'vitest';
import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import { sealOperation } from './operation-hash.ts';
import { project } from './projection.ts';
import { sampleOrder } from './sample-order.ts';

test('an operation that the documents do not allow changes nothing, is named, and stops none after it', () => {
	const { order, fulfillmentOrder: whole } = sampleOrder([{ sku: 'mug', quantity: 2 }]);
	const { lines: _lines, ...broken } = whole;
	const documents = {
		fulfillmentOrder: (id: string) => (id === 'broken' ? (broken as FulfillmentOrder) : whole),
		order: () => order,
		returnCase: () => undefined,
		exceptionCase: () => undefined,
		stockDocument: () => undefined,
	};
	const pick = (fulfillmentOrderId: string, seq: number) =>
		sealOperation({
			opId: `01932f00-0000-7000-8000-00000000000${seq}`,
			deviceId: 'd',
			laneId: 'l',
			seq,
			type: 'start_picking',
			v: 1,
			payload: { fulfillmentOrderId, orderId: order.id },
			basis: { epoch: '', position: 0 },
			actor: { associateId: 'a', name: 'Ada' },
			grant: null,
			occurredAt: { wall: '2026-11-22T10:00:00Z', monotonicMs: 0, bootId: 'b', serverOffsetMs: 0 },
			previousHash: '',
		});
	const overlay = project(whole.siteId, documents, [pick('broken', 1), pick(whole.id, 2)]);
	expect(overlay.withoutEffect).toEqual(['01932f00-0000-7000-8000-000000000001']);
	expect(overlay.fulfillmentOrders.get(whole.id)?.state).toBe('picking');
});
