import { v7 } from 'uuid';
import { sealOperation } from '../../shared/domain/operation-hash.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { OperationEnvelope, OperationType } from '../../shared/schema/operation.ts';

/** Where a device's operations begin, and in whose name. */
export interface LaneOfDevice {
	readonly deviceId: string;
	readonly laneId: string;
	readonly associateId: string;
	readonly associateName: string;
	readonly grant: string | null;
}

interface Said {
	readonly type: OperationType;
	readonly payload: object;
}

/** What an associate does with one FO that is shipped: start, pick each line, pack, ship. */
function workOn({ id, orderId, lines }: FulfillmentOrder): readonly Said[] {
	const target = { fulfillmentOrderId: id, orderId };
	const units = lines.map(({ lineId, sku, ordered }) => ({ lineId, sku, quantity: ordered }));
	const packageId = v7();
	return [
		{ type: 'start_picking', payload: target },
		...units.map((line): Said => ({ type: 'pick', payload: { ...target, ...line } })),
		{ type: 'pack', payload: { ...target, packageId, lines: units, weightGrams: 1200 } },
		{ type: 'ship', payload: { ...target, packageId, trackingNumber: `BENCH-${packageId}` } },
	];
}

/** The sealed operations of a device that works on these FOs, one after the other, from the beginning of its lane. */
export function operationsOf(
	lane: LaneOfDevice,
	work: readonly FulfillmentOrder[],
	count: number,
): readonly OperationEnvelope[] {
	const bootId = v7();
	const operations: OperationEnvelope[] = [];
	for (const { type, payload } of work.flatMap(workOn).slice(0, count)) {
		const seq = operations.length + 1;
		operations.push(
			sealOperation({
				opId: v7(),
				deviceId: lane.deviceId,
				laneId: lane.laneId,
				seq,
				type,
				v: 1,
				payload,
				basis: { epoch: '', position: 0 },
				actor: { associateId: lane.associateId, name: lane.associateName },
				grant: lane.grant,
				occurredAt: { wall: Temporal.Now.instant().toString(), monotonicMs: seq, bootId, serverOffsetMs: 0 },
				previousHash: operations.at(-1)?.hash ?? '',
			}),
		);
	}
	if (operations.length < count)
		throw new Error(`The FOs give work for ${operations.length} operations, not ${count}.`);
	return operations;
}
