import { describe, expect, it } from 'vitest';
import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import { exampleFulfillmentOrder, mugLine, teaLine } from '../../fulfillment/example-fulfillment-order.ts';
import { lastPickToUndo } from './last-pick.ts';

let seq = 0;
function operation(type: 'pick' | 'undo_pick', lineId: string, sku: string, quantity = 1): JournaledOperation {
	seq++;
	return {
		operation: {
			opId: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
			deviceId: 'd',
			laneId: 'l',
			seq,
			type,
			v: 1,
			payload: { fulfillmentOrderId: 'fo-1042', orderId: 'o-1042', lineId, sku, quantity },
			basis: { epoch: 'e', position: 0 },
			actor: { associateId: 'a', name: 'Leah Hall' },
			grant: null,
			occurredAt: { wall: '2026-11-22T15:00:00Z', monotonicMs: seq, bootId: 'b', serverOffsetMs: null },
			previousHash: '',
			hash: '0'.repeat(64),
		},
		state: 'saved',
		outcome: null,
	};
}
const picked = (line: typeof mugLine, units: number) => ({
	...line,
	quantities: { ...line.quantities, toPick: line.ordered - units, picked: units },
});

describe('undoing the last pick', () => {
	it('takes back the newest pick of this order', () => {
		const journal = [operation('pick', 'l2', 'TEA'), operation('pick', 'l1', 'MUG')];
		const current = exampleFulfillmentOrder({ lines: [picked(mugLine, 1), picked(teaLine, 1)] });
		expect(lastPickToUndo(journal, current)).toMatchObject({ lineId: 'l2', sku: 'TEA', quantity: 1 });
	});

	it('goes one step further back each time', () => {
		const first = [operation('undo_pick', 'l2', 'TEA'), operation('pick', 'l2', 'TEA'), operation('pick', 'l1', 'MUG')];
		const current = exampleFulfillmentOrder({ lines: [picked(mugLine, 1), teaLine] });
		expect(lastPickToUndo(first, current)).toMatchObject({ lineId: 'l1', quantity: 1 });
		const second = [operation('undo_pick', 'l1', 'MUG'), ...first];
		expect(lastPickToUndo(second, exampleFulfillmentOrder())).toBeNull();
	});

	it('takes back a pick that follows an undo', () => {
		const journal = [
			operation('pick', 'l1', 'MUG'),
			operation('undo_pick', 'l1', 'MUG'),
			operation('pick', 'l1', 'MUG'),
		];
		const current = exampleFulfillmentOrder({ lines: [picked(mugLine, 1)] });
		expect(lastPickToUndo(journal, current)).toMatchObject({ lineId: 'l1', quantity: 1 });
	});

	it('leaves alone what another order has, and what is packed by now', () => {
		const journal = [operation('pick', 'l1', 'MUG')];
		expect(lastPickToUndo(journal, exampleFulfillmentOrder({ id: 'fo-9', lines: [picked(mugLine, 1)] }))).toBeNull();
		expect(lastPickToUndo(journal, exampleFulfillmentOrder())).toBeNull();
	});
});
