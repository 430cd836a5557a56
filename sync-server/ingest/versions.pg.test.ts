import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import {
	addDevice,
	addSite,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { addWork } from '../../test/work-for-tests.ts';
import { takeInOperation } from './take-in-operation.ts';

let central: TestCentral;

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
});
afterAll(() => central.close());

async function outcomeOf(device: TestDevice, operation: OperationEnvelope) {
	const taken = await takeInOperation(central.ingest, device, operation);
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	return taken.outcome;
}

const golden = join(import.meta.dirname, '..', '..', 'shared', 'domain', 'golden');

/** They are about documents that are not this site's, or not as far yet; that central can say so, shows that it has read them. */
const shownReading: ReadonlySet<string> = new Set([
	'not_found',
	'not_fulfilled_here',
	'count_not_submitted',
	'unknown_site',
]);

test('central understands an operation of every version of every kind that was ever released', async () => {
	const device = await addDevice(central, 'S-1', 'manager');
	for (const name of readdirSync(golden)) {
		const { type, v, payload }: OperationEnvelope = JSON.parse(readFileSync(join(golden, name), 'utf8'));
		const { reason } = await outcomeOf(device, device.write({ type, payload }, { v }));
		expect([name, reason === undefined || shownReading.has(reason)]).toEqual([name, true]);
	}
});

test('a handover and a return as the first release wrote them are applied as what they mean today', async () => {
	const device = await addDevice(central, 'S-1');
	const { pick, target, sku, order, fulfillmentOrder } = await addWork(central, 2);
	await outcomeOf(device, device.write(pick(2)));
	const lines = [{ lineId: 'line-1', sku, quantity: 2 }];
	const handOver = { ...target, lines, identityCheck: 'photo_id', collectedBy: 'Ada' };
	const handedOver = device.write({ type: 'hand_over', payload: handOver }, { v: 1 });
	expect(await outcomeOf(device, handedOver)).toMatchObject({ outcome: 'applied', exceptions: [] });
	const back = { lineId: 'line-1', sku, quantity: 1, reason: 'unwanted', grade: 'as_new', disposition: 'restock' };
	const returned = {
		returnId: randomUUID(),
		orderId: order.id,
		orderNumber: order.number,
		lines: [back],
		refund: { minor: 0, currency: 'GBP' },
	};
	expect(await outcomeOf(device, device.write({ type: 'return', payload: returned }, { v: 1 }))).toMatchObject({
		outcome: 'applied',
		exceptions: [],
	});
	const { body } = await central.database.db
		.selectFrom('fulfillment_order')
		.select('body')
		.where('id', '=', fulfillmentOrder.id)
		.executeTakeFirstOrThrow();
	expect(body.lines[0]?.quantities).toMatchObject({ handedOver: 2 });
});
