import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOperation } from '../../shared/domain/read-operation.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import {
	addDevice,
	addSite,
	newTestKey,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { addWork } from '../../test/work-for-tests.ts';
import { checkLedger } from '../central/inventory/stock-ledger.ts';
import { siteStream } from '../database/documents.ts';
import { type Ingest, takeInOperation } from './take-in-operation.ts';

let central: TestCentral;
/** A server of the release before picks were known. */
let older: Ingest;

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
	await addSite(central, 'S-2');
	older = {
		...central.ingest,
		readOperation: (envelope) =>
			envelope.type === 'pick' ? { ok: false, reason: 'unknown_type' } : readOperation(envelope),
	};
});
afterAll(() => central.close());

async function outcomeOf(device: TestDevice, operation: OperationEnvelope, ingest = central.ingest) {
	const taken = await takeInOperation(ingest, device, operation);
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	return taken.outcome;
}

async function exceptionOf(id: string, siteId = 'S-1') {
	const { body } = await central.database.db
		.selectFrom('stream_document')
		.select('body')
		.where('stream_id', '=', siteStream(siteId))
		.where('document_id', '=', id)
		.executeTakeFirstOrThrow();
	return body;
}

const retryOf = ({ opId }: OperationEnvelope) => ({
	type: 'retry_operation',
	payload: { exceptionId: `${opId}-1`, operationId: opId },
});

test('what an older server kept applies once after its update, under its own id, with its author and time, however often it is asked for', async () => {
	const manager = await addDevice(central, 'S-1', 'manager', { key: newTestKey() });
	const other = await addDevice(central, 'S-1', 'manager');
	const author = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked, sku, order } = await addWork(central);
	const operation = author.write(pick(2));
	const later = author.write({ type: 'stage', payload: { orderId: 'x', fulfillmentOrderId: 'y', location: 'Z' } });
	expect(await outcomeOf(author, operation, older)).toMatchObject({ outcome: 'quarantined', reason: 'unknown_type' });
	await outcomeOf(author, later, older);
	expect(await outcomeOf(manager, manager.write(retryOf(operation)), older)).toMatchObject({
		outcome: 'refused',
		reason: 'still_not_possible',
	});
	expect(await exceptionOf(`${operation.opId}-1`)).toMatchObject({ state: 'open' });
	expect(await picked()).toBe(0);

	const asked = await Promise.all([
		outcomeOf(manager, manager.write(retryOf(operation))),
		outcomeOf(other, other.write(retryOf(operation))),
	]);
	expect(asked.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'refused']);
	expect(asked.find(({ outcome }) => outcome === 'refused')?.reason).toBe('already_resolved');
	expect(await picked()).toBe(2);
	expect(await exceptionOf(`${operation.opId}-1`)).toMatchObject({
		state: 'resolved',
		resolvedBy: 'Ada manager',
		appliedLater: true,
	});
	const movements = await central.database.db
		.selectFrom('movement')
		.select(['operation_id', 'actor_name', 'quantity', 'recorded_at'])
		.where('sku', '=', sku)
		.where('reason', '=', 'units_picked')
		.execute();
	expect(movements).toMatchObject([{ operation_id: operation.opId, actor_name: 'Ada associate', quantity: 2 }]);
	const { timeline } = (await exceptionOf(order.id)) as typeof order;
	for (const entry of timeline) expect(entry.actorName).not.toBe('Ada manager');

	const again = await outcomeOf(author, operation);
	expect(again).toMatchObject({ outcome: 'applied', exceptions: [] });
	expect('reason' in again).toBe(false);
	expect(await picked()).toBe(2);
	const positions = await central.database.db
		.selectFrom('operation')
		.select('position')
		.where('lane_id', '=', author.laneId)
		.orderBy('seq')
		.execute();
	expect(positions.map(({ position }) => position)).toEqual(
		positions.map(({ position }) => position).sort((a, b) => a - b),
	);
	expect(await checkLedger(central.database.db)).toEqual([]);
});

test('what contradicts the plan when it applies at last opens its exceptions beside the closed one', async () => {
	const manager = await addDevice(central, 'S-1', 'manager');
	const { pick } = await addWork(central, 1);
	const operation = manager.write(pick(2));
	await outcomeOf(manager, operation, older);
	expect(await outcomeOf(manager, manager.write(retryOf(operation)))).toMatchObject({ outcome: 'applied' });
	expect(await exceptionOf(`${operation.opId}-2`)).toMatchObject({ exceptionKind: 'surplus_pick', state: 'open' });
	expect((await outcomeOf(manager, operation)).exceptions).toContain('surplus_pick');
});

test('what nobody signed, what is damaged, and what still says nothing is not applied by asking again', async () => {
	const manager = await addDevice(central, 'S-1', 'manager');
	const author = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked } = await addWork(central);
	const bad = [
		{ ...author.write(pick(1)), signature: 'A'.repeat(86) },
		{ ...author.write(pick(1)), payload: { changed: true } },
		author.write({ type: 'teleport', payload: {} }),
		author.write({ type: 'pick', payload: { ...(pick(1).payload as object), orderId: 'none' } }),
	];
	for (const operation of bad) {
		expect(await outcomeOf(author, operation)).toMatchObject({ outcome: 'quarantined' });
		const retry = await outcomeOf(manager, manager.write(retryOf(operation)));
		expect(retry).toMatchObject({ outcome: 'refused', reason: 'still_not_possible' });
		expect(await exceptionOf(`${operation.opId}-1`)).toMatchObject({ state: 'open' });
	}
	expect(await picked()).toBe(0);
});

test('only who may, at the site of the operation, has it judged again', async () => {
	const author = await addDevice(central, 'S-1');
	const elsewhere = await addDevice(central, 'S-2', 'manager');
	const manager = await addDevice(central, 'S-1', 'manager');
	const { pick, picked } = await addWork(central);
	const operation = author.write(pick(1));
	await outcomeOf(author, operation, older);
	expect(await outcomeOf(author, author.write(retryOf(operation)))).toMatchObject({ reason: 'role_not_allowed' });
	expect(await outcomeOf(elsewhere, elsewhere.write(retryOf(operation)))).toMatchObject({ reason: 'other_site' });
	const another = author.write(pick(1));
	await outcomeOf(author, another, older);
	const mixed = { exceptionId: `${operation.opId}-1`, operationId: another.opId };
	const retry = manager.write({ type: 'retry_operation', payload: mixed });
	expect(await outcomeOf(manager, retry)).toMatchObject({ outcome: 'refused', reason: 'not_found' });
	expect(await picked()).toBe(0);
});

test('a manager who is asked sees by whom and with what words, at high priority', async () => {
	const author = await addDevice(central, 'S-1');
	const { pick } = await addWork(central, 1);
	const surplus = author.write(pick(2));
	await outcomeOf(author, surplus);
	const payload = { exceptionId: `${surplus.opId}-1`, note: 'Whose is the second one?' };
	expect(await exceptionOf(payload.exceptionId)).toMatchObject({ priority: 'normal' });
	const asked = await outcomeOf(author, author.write({ type: 'ask_manager', payload }));
	expect(asked).toMatchObject({ outcome: 'applied', exceptions: [] });
	expect(await exceptionOf(payload.exceptionId)).toMatchObject({
		priority: 'high',
		state: 'open',
		askedBy: 'Ada associate',
		note: payload.note,
	});
});

test('what somebody sets aside is recorded and changes no document', async () => {
	const author = await addDevice(central, 'S-1');
	const strange = author.write({ type: 'teleport', payload: {} });
	const { position } = await outcomeOf(author, strange);
	const payload = { operationId: strange.opId, reason: 'Scanned by mistake' };
	const aside = author.write({ type: 'set_aside', payload });
	expect(await outcomeOf(author, aside)).toMatchObject({ outcome: 'applied', exceptions: [], position });
	const told = await central.database.db
		.selectFrom('domain_event')
		.select('body')
		.where('op_id', '=', aside.opId)
		.execute();
	expect(told).toMatchObject([{ body: { kind: 'set_aside', ...payload } }]);
});
