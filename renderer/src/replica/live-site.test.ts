import { describe, expect, test } from 'vitest';
import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import type { FulfillmentOrder } from '../../../shared/schema/fulfillment-order.ts';
import type { OperationType, PayloadOf } from '../../../shared/schema/operation.ts';
import type { Order } from '../../../shared/schema/order.ts';
import { openLiveSite } from './live-site.ts';

const siteId = 'S-1';
const price = { minor: 500, currency: 'GBP' };

function orderOf(number: string): Order {
	return {
		id: `O-${number}`,
		number,
		channel: 'web',
		externalId: number,
		placedAt: '2026-11-22T08:00:00Z',
		promisedAt: '2026-11-22T17:00:00Z',
		method: 'pickup',
		customer: { name: 'Ada Byron' },
		shipTo: { line1: '1 High Street', town: 'Leeds', postalCode: 'LS1', country: 'GB' },
		currency: 'GBP',
		lines: [
			{
				id: 'l1',
				sku: 'MUG',
				name: 'Mug',
				unitPrice: price,
				ordered: 2,
				open: 2,
				short: 0,
				cancelled: 0,
				withCustomer: 0,
				returned: 0,
				unassigned: 0,
			},
		],
		fulfillments: [
			{ fulfillmentOrderId: `F-${number}`, number: `${number}-1`, siteId, siteName: 'Leeds', method: 'pickup' },
		],
		timeline: [],
	};
}

function fulfillmentOf(number: string): FulfillmentOrder {
	return {
		id: `F-${number}`,
		kind: 'fulfillment_order',
		number: `${number}-1`,
		orderId: `O-${number}`,
		orderNumber: number,
		siteId,
		method: 'pickup',
		state: 'assigned',
		promisedAt: '2026-11-22T17:00:00Z',
		customer: { name: 'Ada Byron' },
		shipTo: { line1: '1 High Street', town: 'Leeds', postalCode: 'LS1', country: 'GB' },
		passCode: 'ABC123',
		lines: [
			{
				lineId: 'l1',
				sku: 'MUG',
				name: 'Mug',
				gtins: ['05012345678900'],
				bin: 'A-1-1',
				unitPrice: price,
				unitWeightGrams: 300,
				ordered: 2,
				quantities: { toPick: 2, picked: 0, packed: 0, staged: 0, shipped: 0, handedOver: 0, short: 0, cancelled: 0 },
				shorts: [],
			},
		],
		packages: [],
		stagedAt: null,
		putBack: [],
		pickerName: null,
	};
}

function operated<T extends OperationType>(
	seq: number,
	type: T,
	payload: PayloadOf<T>,
	state: JournaledOperation['state'] = 'saved',
): JournaledOperation {
	return {
		operation: {
			opId: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
			deviceId: 'D-1',
			laneId: 'L-1',
			seq,
			type,
			v: 1,
			payload,
			basis: { epoch: 'e', position: 0 },
			actor: { associateId: 'P-1', name: 'Leah Hall' },
			grant: null,
			occurredAt: { wall: '2026-11-22T10:00:00Z', monotonicMs: 1, bootId: 'b', serverOffsetMs: 0 },
			previousHash: '',
			hash: '0'.repeat(64),
		},
		state,
		outcome: null,
	};
}

const pickOf = (number: string, quantity = 1): PayloadOf<'pick'> => ({
	fulfillmentOrderId: `F-${number}`,
	orderId: `O-${number}`,
	lineId: 'l1',
	sku: 'MUG',
	quantity,
});

function siteWith(...numbers: readonly string[]) {
	const site = openLiveSite(siteId);
	site.confirm(
		numbers.flatMap((number) => [
			{ collection: 'work' as const, id: `F-${number}`, document: fulfillmentOf(number) },
			{ collection: 'orders' as const, id: `O-${number}`, document: orderOf(number) },
		]),
	);
	return site;
}

function refused(journaled: JournaledOperation): JournaledOperation {
	const { opId, seq } = journaled.operation;
	const outcome = { opId, seq, outcome: 'refused' as const, reason: 'not_found', exceptions: [], position: 3 };
	return { ...journaled, state: 'needs_attention', outcome };
}

const pickedOf = (document: FulfillmentOrder | null) => document?.lines[0]?.quantities.picked;

describe('a site’s documents with unconfirmed work on top', () => {
	test('a saved pick is seen at once, and listeners are told', () => {
		const site = siteWith('1001');
		let told = 0;
		site.subscribe(() => told++);
		site.operate([operated(1, 'pick', pickOf('1001'))]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
		expect(told).toBe(1);
	});

	test('no number flickers back: the pick leaves only after the page that carries it', () => {
		const site = siteWith('1001');
		const pick = operated(1, 'pick', pickOf('1001'));
		site.operate([pick]);
		site.operate([{ ...pick, state: 'sent' }]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
		const shown = site.one('fulfillment_order', 'F-1001');
		if (shown === null) throw new Error('The fulfillment order is gone');
		site.confirm([{ collection: 'work', id: 'F-1001', document: shown }], { laneId: 'L-1', ownSeq: 1 });
		site.operate([{ ...pick, state: 'confirmed' }]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
	});

	test('a pick is never seen twice, not even in the moment in which the page that carries it is stored', () => {
		const site = siteWith('1001');
		const pick = operated(1, 'pick', pickOf('1001'));
		const outcome = { opId: pick.operation.opId, seq: 1, outcome: 'applied' as const, exceptions: [], position: 7 };
		const seen: unknown[] = [];
		site.subscribe(() => seen.push(pickedOf(site.one('fulfillment_order', 'F-1001'))));
		site.operate([pick]);
		site.operate([{ ...pick, state: 'sent', outcome }]);
		const carried = site.one('fulfillment_order', 'F-1001');
		if (carried === null) throw new Error('The fulfillment order is gone');
		site.confirm([{ collection: 'work', id: 'F-1001', document: carried }], { laneId: 'L-1', ownSeq: 1 });
		site.operate([{ ...pick, state: 'confirmed', outcome }]);
		expect(seen).toEqual([1, 1]);
		expect(site.one('fulfillment_order', 'F-1001')?.putBack).toEqual([]);
	});

	test('a refusal takes the optimistic effect back, and nothing else', () => {
		const site = siteWith('1001');
		const cancel = operated(2, 'cancel', { fulfillmentOrderId: 'F-1001', orderId: 'O-1001', reason: 'wrong' });
		site.operate([operated(1, 'pick', pickOf('1001')), cancel]);
		expect(site.one('fulfillment_order', 'F-1001')?.state).toBe('cancelled');
		site.operate([refused(cancel)]);
		expect(site.one('fulfillment_order', 'F-1001')?.state).toBe('picking');
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
	});

	test('an empty queue shows exactly what is confirmed', () => {
		const site = siteWith('1001');
		const before = site.one('fulfillment_order', 'F-1001');
		const pick = operated(1, 'pick', pickOf('1001'));
		site.operate([pick]);
		site.operate([refused(pick)]);
		expect(site.one('fulfillment_order', 'F-1001')).toBe(before);
	});

	test('operations are laid over in the order of their lane, however they come', () => {
		const [site, other] = [siteWith('1001'), siteWith('1001')];
		const operations = [
			operated(1, 'start_picking', { fulfillmentOrderId: 'F-1001', orderId: 'O-1001' }),
			operated(2, 'pick', pickOf('1001', 2)),
			operated(3, 'stage', { fulfillmentOrderId: 'F-1001', orderId: 'O-1001', location: 'PU-01' }),
		];
		site.operate(operations);
		for (const operation of operations.toReversed()) other.operate([operation]);
		expect(site.one('fulfillment_order', 'F-1001')?.state).toBe('ready');
		expect(other.one('fulfillment_order', 'F-1001')).toEqual(site.one('fulfillment_order', 'F-1001'));
	});

	test('an operation leaves other orders’ documents the very same objects', () => {
		const site = siteWith('1001', '1002');
		const before = site.one('fulfillment_order', 'F-1002');
		const exceptions = site.all('exception');
		site.operate([operated(1, 'pick', pickOf('1001'))]);
		expect(site.one('fulfillment_order', 'F-1002')).toBe(before);
		expect(site.all('exception')).toBe(exceptions);
	});

	test('a list is the same array until one of its documents changes', () => {
		const site = siteWith('1001');
		const before = site.all('fulfillment_order');
		expect(site.all('fulfillment_order')).toBe(before);
		site.operate([operated(1, 'pick', pickOf('1001'))]);
		expect(site.all('fulfillment_order')).not.toBe(before);
	});

	test('an order that left the site takes its projection with it', () => {
		const site = siteWith('1001');
		const pick = operated(1, 'pick', pickOf('1001'));
		site.operate([pick]);
		site.confirm([{ collection: 'work', id: 'F-1001', document: null }]);
		expect(site.one('fulfillment_order', 'F-1001')).toBeNull();
		expect(site.withoutEffect()).toEqual(new Set([pick.operation.opId]));
	});

	test('an operation of a newer version changes nothing, and is named', () => {
		const site = siteWith('1001');
		const pick = operated(1, 'pick', pickOf('1001'));
		site.operate([{ ...pick, operation: { ...pick.operation, type: 'teleport' } }]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(0);
		expect(site.withoutEffect().size).toBe(1);
	});

	test('a return that waits is listed with the confirmed ones', () => {
		const site = siteWith('1001');
		site.operate([
			operated(1, 'return', {
				returnId: 'R-1',
				orderId: 'O-1001',
				orderNumber: '1001',
				lines: [{ lineId: 'l1', sku: 'MUG', quantity: 1, reason: 'unwanted', grade: 'as_new', disposition: 'restock' }],
				refund: price,
			}),
		]);
		expect(site.all('return').map(({ id }) => id)).toEqual(['R-1']);
	});

	test('an operation that the documents hold already is not laid over them, whatever is told of it afterwards', () => {
		const site = siteWith('1001');
		const pick = operated(1, 'pick', pickOf('1001'));
		site.confirm([], { laneId: 'L-1', ownSeq: 1 });
		for (const state of ['saved', 'sent', 'confirmed'] as const) site.operate([{ ...pick, state }]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(0);
		site.operate([operated(2, 'pick', pickOf('1001'))]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
	});

	test('documents that hold one lane say nothing of the operations of another', () => {
		const site = siteWith('1001');
		site.confirm([], { laneId: 'L-old', ownSeq: 5 });
		site.operate([operated(1, 'pick', pickOf('1001'))]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
	});

	test('what is carried over into another lane comes after what the lane before had sent', () => {
		const site = siteWith('1001');
		const target = { fulfillmentOrderId: 'F-1001', orderId: 'O-1001' };
		site.operate([{ ...operated(7, 'pick', pickOf('1001', 2)), state: 'sent' }]);
		const carried = operated(1, 'stage', { ...target, location: 'PU-01' });
		site.operate([{ ...carried, operation: { ...carried.operation, laneId: 'L-new' } }]);
		expect(site.one('fulfillment_order', 'F-1001')?.state).toBe('ready');
	});

	test('an operation of a lane before leaves with the first documents after it is told to be confirmed, never before them', () => {
		for (const isReadFirst of [true, false]) {
			const site = siteWith('1001');
			const pick = operated(1, 'pick', pickOf('1001'));
			site.operate([{ ...pick, state: 'sent' }]);
			site.confirm([], { laneId: isReadFirst ? 'L-new' : 'L-1', ownSeq: 0 });
			site.operate([{ ...pick, state: 'confirmed' }]);
			expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
			site.confirm([], { laneId: 'L-new', ownSeq: 0 });
			expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(0);
		}
	});

	test('an operation that is first heard of in its last state is in the documents already', () => {
		const site = siteWith('1001');
		site.confirm([], { laneId: 'L-1', ownSeq: 0 });
		for (const state of ['confirmed', 'needs_attention'] as const)
			site.operate([{ ...operated(1, 'pick', pickOf('1001')), state }]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(0);
	});

	test('an operation that central has confirmed stays until the page that holds it is shown here', () => {
		const site = siteWith('1001');
		const pick = operated(1, 'pick', pickOf('1001'));
		const outcome = { opId: pick.operation.opId, seq: 1, outcome: 'applied' as const, exceptions: [], position: 7 };
		site.operate([pick]);
		site.operate([{ ...pick, state: 'confirmed', outcome }]);
		expect(pickedOf(site.one('fulfillment_order', 'F-1001'))).toBe(1);
	});
});
