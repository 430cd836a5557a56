import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOrder } from '../../shared/domain/sample-order.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import { siteBuckets } from '../../shared/schema/stock-position.ts';
import { addDevice, addOrder, addSite, openTestCentral, type TestCentral } from '../../test/central-for-tests.ts';
import { checkLedger } from '../central/inventory/stock-ledger.ts';
import { takeInOperation } from './take-in-operation.ts';

let central: TestCentral;
let run = 0;

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
});
afterAll(() => central.close());

type Step = { readonly device: 0 | 1; readonly line: 0 | 1; readonly type: string; readonly quantity: number };

const step: fc.Arbitrary<Step> = fc.record({
	device: fc.constantFrom(0, 1),
	line: fc.constantFrom(0, 1),
	type: fc.constantFrom(
		...['start_picking', 'pick', 'pick', 'pick', 'undo_pick', 'short', 'pack', 'ship', 'stage', 'hand_over'],
		...['put_back', 'return', 'cancel', 'decline', 'count', 'print_label', 'edit_address'],
	),
	quantity: fc.integer({ min: 1, max: 4 }),
});

function contentOf(
	{ type, quantity, line: index }: Step,
	{ order, fulfillmentOrder }: ReturnType<typeof sampleOrder>,
	turn: number,
) {
	const target = { fulfillmentOrderId: fulfillmentOrder.id, orderId: order.id };
	const line = fulfillmentOrder.lines[index];
	const units = { lineId: line?.lineId ?? '', sku: line?.sku ?? '', quantity };
	const returned = { ...units, reason: 'unwanted', grade: 'as_new', disposition: 'restock' };
	const payloads: Record<string, object> = {
		start_picking: target,
		pick: { ...target, ...units },
		undo_pick: { ...target, ...units },
		short: { ...target, ...units, reason: quantity > 2 ? 'not_found' : 'damaged' },
		pack: { ...target, packageId: `package-${quantity}`, lines: [units], weightGrams: 100 },
		ship: { ...target, packageId: `package-${quantity}`, trackingNumber: 'T1' },
		stage: { ...target, location: 'PU-01' },
		hand_over: { ...target, lines: [units], identityCheck: 'photo_id', collectedBy: 'Ada' },
		put_back: { ...target, sku: units.sku, quantity },
		return: {
			returnId: `return-${order.id}-${turn}`,
			orderId: order.id,
			orderNumber: order.number,
			lines: [returned],
			refund: { minor: 0, currency: 'GBP' },
		},
		cancel: { ...target, reason: 'asked' },
		decline: { ...target, reason: 'too busy' },
		count: { countId: `count-${turn}`, sku: units.sku, posts: 'at_once', scans: [{ expected: 3, counted: quantity }] },
		print_label: { ...target, packageId: `package-${quantity}`, shipTo: order.shipTo },
		edit_address: { orderId: order.id, shipTo: { ...order.shipTo, line1: `${turn} Hill Road` } },
	};
	return { type, payload: payloads[type] };
}

async function stateOf(orderId: string, skus: readonly string[]) {
	const { db } = central.database;
	const positions = await db.selectFrom('stock_position').selectAll().where('sku', 'in', skus).orderBy('sku').execute();
	const order = await db.selectFrom('customer_order').select('body').where('id', '=', orderId).execute();
	const work = await db.selectFrom('fulfillment_order').select('body').where('order_id', '=', orderId).execute();
	const stream = await db.selectFrom('stream').select('head').where('id', '=', 'site:S-1').execute();
	return { positions, order, work, stream };
}

test('after any operations of two devices at once the ledger balances, a bucket below zero has its exception, and sending any of it again changes nothing', async () => {
	const devices = [await addDevice(central, 'S-1', 'manager'), await addDevice(central, 'S-1', 'manager')];
	const sequences = fc.array(step, { minLength: 1, maxLength: 25 });
	await fc.assert(
		fc.asyncProperty(sequences, fc.constantFrom('ship', 'pickup'), async (steps, method) => {
			run += 1;
			const skus = [`a-${run}`, `b-${run}`];
			const sample = sampleOrder(
				[
					{ sku: `a-${run}`, quantity: 3 },
					{ sku: `b-${run}`, quantity: 2 },
				],
				method,
				`R${run}`,
			);
			await addOrder(central, sample);
			const lanes = devices.map((device, index) =>
				steps.flatMap((one, turn): OperationEnvelope[] =>
					one.device === index ? [device.write(contentOf(one, sample, turn))] : [],
				),
			);
			const send = async (index: number) => {
				const device = devices[index];
				if (device === undefined) throw new Error('There are two devices');
				const outcomes = [];
				for (const operation of lanes[index] ?? []) {
					const taken = await takeInOperation(central.ingest, device, operation);
					expect(taken.kind).toBe('outcome');
					if (taken.kind === 'outcome') outcomes.push(taken.outcome);
				}
				return outcomes;
			};
			const outcomes = await Promise.all([send(0), send(1)]);
			expect(outcomes.flat().filter(({ outcome }) => outcome === 'quarantined')).toEqual([]);
			expect(await checkLedger(central.database.db)).toEqual([]);

			const before = await stateOf(sample.order.id, skus);
			const belowZero = before.positions.filter((position) => siteBuckets.some((bucket) => position[bucket] < 0));
			const exceptions = await central.database.db
				.selectFrom('exception_case')
				.select('body')
				.where('site_id', '=', 'S-1')
				.execute();
			const told = new Set(
				exceptions.flatMap(({ body }) => (body.exceptionKind === 'stock_below_zero' ? [body.sku] : [])),
			);
			for (const { sku } of belowZero) expect(told).toContain(sku);

			expect(await Promise.all([send(0), send(1)])).toEqual(outcomes);
			expect(await stateOf(sample.order.id, skus)).toEqual(before);
		}),
		{ numRuns: 40 },
	);
});
