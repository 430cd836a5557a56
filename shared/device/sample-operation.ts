import { sealOperation } from '../domain/operation-hash.ts';
import type { OperationEnvelope } from '../schema/operation.ts';
import type { LaneEnd } from './journal.ts';

/** For tests: an operation with this number's id, at the end of its lane. */
export function sampleOperation(number: number): (end: LaneEnd) => OperationEnvelope {
	return (end) =>
		sealOperation({
			opId: `0198c1f2-0000-7000-8000-${String(number).padStart(12, '0')}`,
			deviceId: 'device-1',
			laneId: 'lane-1',
			seq: end.seq + 1,
			type: 'stage',
			v: 1,
			payload: { fulfillmentOrderId: 'fo-1', orderId: 'order-1', location: `A-${number} ÄÖ` },
			basis: { epoch: 'e1', position: 0 },
			actor: { associateId: 'associate-1', name: 'Ada' },
			grant: null,
			occurredAt: { wall: '2026-11-22T17:55:00Z', monotonicMs: number, bootId: 'boot-1', serverOffsetMs: null },
			previousHash: end.hash,
		});
}
