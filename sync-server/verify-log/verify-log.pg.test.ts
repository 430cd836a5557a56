import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operationHash } from '../../shared/domain/operation-hash.ts';
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
import { takeInOperation } from '../ingest/take-in-operation.ts';
import { type LogFault, verifyLog } from './verify-log.ts';

let central: TestCentral;

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
});
afterAll(() => central.close());

async function take(device: TestDevice, operation: OperationEnvelope) {
	const taken = await takeInOperation(central.ingest, device, operation);
	if (taken.kind !== 'outcome') throw new Error(JSON.stringify(taken));
	return taken.outcome;
}

/** A lane of five signed picks. */
async function addLane() {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick } = await addWork(central, 9);
	const operations = Array.from({ length: 5 }, () => device.write(pick(1)));
	for (const operation of operations) await take(device, operation);
	return { device, operations };
}

async function verify() {
	const faults: LogFault[] = [];
	const figures = await verifyLog(central.database.db, (fault) => faults.push(fault));
	expect(figures.faults).toBe(faults.length);
	return { figures, faults };
}

async function faultsOf({ laneId }: TestDevice) {
	const { faults } = await verify();
	return faults.filter((fault) => fault.laneId === laneId).map(({ seq, what }) => `${seq}: ${what}`);
}

const run = (statement: RawBuilder<unknown>) => statement.execute(central.database.db);
const command = join(import.meta.dirname, 'verify-log-command.ts');
const runCommand = () =>
	promisify(execFile)(process.execPath, [command], { env: { ...process.env, DATABASE_URL: central.url } }).then(
		({ stdout }) => ({ stdout, code: 0 }),
		({ stdout, code }: { stdout: string; code: number }) => ({ stdout, code }),
	);

test('a history with signed, unsigned, quarantined, damaged, repeated and retried work has no fault, and one line says so', async () => {
	const { device, operations } = await addLane();
	await take(device, device.write({ type: 'teleport', payload: { to: 'Mars\0' } }));
	const damaged = device.write({ type: 'pick', payload: {} });
	await take(device, { ...damaged, payload: { changed: true } });
	await take(device, { ...device.write({ type: 'pick', payload: {} }), signature: 'A'.repeat(86) });
	await take(device, device.write({ type: 'x'.repeat(300), payload: {} }));
	await take(device, device.write({ type: 'teleport', payload: {} }, { v: 9999 }));
	const old = await addDevice(central, 'S-1', 'manager');
	const { pick } = await addWork(central, 9);
	await take(old, old.write(pick(1)));
	const elsewhere = old.write(pick(1));
	await takeInOperation(
		{ ...central.ingest, readOperation: () => ({ ok: false, reason: 'unknown_type' }) },
		old,
		elsewhere,
	);
	const retry = { exceptionId: `${elsewhere.opId}-1`, operationId: elsewhere.opId };
	expect(await take(old, old.write({ type: 'retry_operation', payload: retry }))).toMatchObject({ outcome: 'applied' });
	const again = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	for (const operation of operations) await take(again, again.carryOver(operation));
	await take(again, again.write(pick(1)));
	const { figures, faults } = await verify();
	expect(faults).toEqual([]);
	expect(figures).toMatchObject({ lanes: 3, operations: 19, repeated: 5, faults: 0 });
	const { stdout, code } = await runCommand();
	expect(code).toBe(0);
	expect(stdout).toMatch(/^3 lanes, 19 operations, \d+ signed, 5 carried over, 0 faults \(\d+\.\d s\)\n$/m);
});

test('an edited payload is found, also when the hash beside it was made to fit', async () => {
	const { device, operations } = await addLane();
	const second = operations[1];
	if (second === undefined) throw new Error('There are five');
	const edited = { ...second, payload: { ...(second.payload as object), quantity: 3 } };
	await run(sql`UPDATE operation SET body = ${JSON.stringify(edited)} WHERE op_id = ${second.opId}`);
	expect(await faultsOf(device)).toEqual(['2: its content was changed: it does not give its hash']);
	const hash = operationHash(edited);
	const body = JSON.stringify({ ...edited, hash });
	await run(sql`UPDATE operation SET body = ${body}, hash = ${hash} WHERE op_id = ${second.opId}`);
	expect(await faultsOf(device)).toEqual([
		'2: no key of its device has signed it',
		'3: it does not follow the operation before it',
	]);
});

test('a forged signature is found, though the whole chain behind it was made anew', async () => {
	const { device, operations } = await addLane();
	let previousHash = '';
	for (const [index, operation] of operations.entries()) {
		const payload = index === 0 ? { ...(operation.payload as object), quantity: 2 } : operation.payload;
		const content = { ...operation, payload, previousHash };
		const hash = operationHash(content);
		const body = JSON.stringify({ ...content, hash });
		await run(sql`UPDATE operation SET body = ${body}, hash = ${hash} WHERE op_id = ${operation.opId}`);
		previousHash = hash;
	}
	await run(sql`UPDATE lane SET last_hash = ${previousHash} WHERE id = ${device.laneId}`);
	expect(await faultsOf(device)).toEqual([1, 2, 3, 4, 5].map((seq) => `${seq}: no key of its device has signed it`));
});

test('a signature that was taken out is found behind the first that is there', async () => {
	const { device, operations } = await addLane();
	const last = operations.at(-1);
	if (last === undefined) throw new Error('There are five');
	const { signature: _signature, keyId: _keyId, ...bare } = last;
	const hash = operationHash(bare);
	const body = JSON.stringify({ ...bare, hash });
	await run(sql`UPDATE operation SET body = ${body}, hash = ${hash}, signed = false WHERE op_id = ${last.opId}`);
	await run(sql`UPDATE lane SET last_hash = ${hash} WHERE id = ${device.laneId}`);
	expect(await faultsOf(device)).toEqual(['5: no key of its device has signed it']);
});

test('a deleted row is found in the middle and at the end, with its effects', async () => {
	const { device, operations } = await addLane();
	const [, , third, , fifth] = operations;
	await run(sql`DELETE FROM operation WHERE op_id = ${third?.opId}`);
	expect(await faultsOf(device)).toEqual(['4: number 3 before it is missing']);
	await run(sql`DELETE FROM operation WHERE op_id = ${fifth?.opId}`);
	expect(await faultsOf(device)).toEqual([
		'4: number 3 before it is missing',
		'5: the lane ends here, but nothing is kept after number 4',
	]);
	const { faults } = await verify();
	for (const gone of [third, fifth]) {
		const what = `operation ${gone?.opId} has moved 1 units of stock and is not kept`;
		expect(faults).toContainEqual({ laneId: null, seq: null, what });
	}
	await run(sql`DELETE FROM lane WHERE id = ${device.laneId}`);
	expect(await faultsOf(device)).toEqual([1, 2, 4].map((seq) => `${seq}: its lane is not there`));
});

test('a swapped order is found, by the numbers in the content and by the chain', async () => {
	const { device, operations } = await addLane();
	const [, second, third] = operations;
	await run(sql`UPDATE operation SET seq = 1000 WHERE op_id = ${second?.opId}`);
	await run(sql`UPDATE operation SET seq = 2 WHERE op_id = ${third?.opId}`);
	await run(sql`UPDATE operation SET seq = 3 WHERE op_id = ${second?.opId}`);
	expect(await faultsOf(device)).toEqual([
		'2: it does not follow the operation before it',
		'2: it says that its number is 3',
		'3: it does not follow the operation before it',
		'3: it says that its number is 2',
		'4: it does not follow the operation before it',
	]);
});

test('columns, outcomes, repeated work, keys and movements that were changed are found', async () => {
	const { device, operations } = await addLane();
	const [first, second, third, fourth] = operations;
	if (first === undefined) throw new Error('There are five');
	await run(sql`UPDATE operation SET type = 'put_back' WHERE op_id = ${first.opId}`);
	await run(sql`UPDATE operation SET outcome = 'refused' WHERE op_id = ${second?.opId}`);
	await run(sql`UPDATE operation SET signed = false WHERE op_id = ${third?.opId}`);
	await run(sql`UPDATE operation SET device_id = 'other', v = 7 WHERE op_id = ${fourth?.opId}`);
	const faults = await faultsOf(device);
	expect(faults.slice(0, 4)).toEqual([
		'1: it is kept as put_back, and is another kind',
		'3: it is signed, and not marked so',
		'4: it is kept under another device than wrote it',
		'4: it is kept as version 7, and is another one',
	]);
	expect(faults).toContain('2: it is refused and has moved 1 units of stock');

	const again = await addDevice(central, 'S-1');
	const carried = again.carryOver(first);
	await take(again, carried);
	const changed = { ...carried, payload: {} };
	const hash = operationHash(changed);
	const body = JSON.stringify({ ...changed, hash });
	await run(sql`UPDATE repeated_operation SET body = ${body}, hash = ${hash} WHERE lane_id = ${again.laneId}`);
	await run(sql`UPDATE lane SET last_hash = ${hash} WHERE id = ${again.laneId}`);
	expect(await faultsOf(again)).toEqual(['1: it says something else than the one it repeats']);

	await run(sql`UPDATE device_key SET public_key = ${newTestKey().publicKey} WHERE device_id = ${device.deviceId}`);
	await run(sql`UPDATE movement SET quantity = 8 WHERE operation_id = ${fourth?.opId}`);
	const { faults: all } = await verify();
	const beside = all.flatMap(({ laneId, what }) => (laneId === null ? [what] : []));
	expect(beside).toContainEqual(expect.stringMatching(/^key \w{32} of device .* has another name than its content$/));
	expect(beside).toContainEqual(
		expect.stringMatching(/^the stock of sku-\d+ at S-1 is not what its movements add up to$/),
	);
	const { stdout, code } = await runCommand();
	expect(code).toBe(1);
	expect(stdout).toContain(`Lane ${device.laneId}, operation 1: it is kept as put_back, and is another kind.\n`);
});

test('a lane longer than what is read at once is walked in pieces', async () => {
	const device = await addDevice(central, 'S-1');
	const { db } = central.database;
	const note = { type: 'set_aside', payload: { operationId: randomUUID(), reason: 'seen' } };
	const operations = Array.from({ length: 2500 }, () => device.write(note));
	for (let start = 0; start < operations.length; start += 500) {
		const rows = operations.slice(start, start + 500).map((operation) => ({
			op_id: operation.opId,
			lane_id: device.laneId,
			device_id: device.deviceId,
			seq: operation.seq,
			type: operation.type,
			v: 1,
			body: JSON.stringify(operation),
			hash: operation.hash,
			outcome: 'applied' as const,
			reason: null,
			exceptions: '[]',
			position: 0,
			verified: true,
			received_at: operation.occurredAt.wall,
		}));
		await db.insertInto('operation').values(rows).execute();
	}
	const last = operations.at(-1);
	await db
		.updateTable('lane')
		.set({ last_seq: operations.length, last_hash: last?.hash ?? '' })
		.where('id', '=', device.laneId)
		.execute();
	expect(await faultsOf(device)).toEqual([]);
	await run(sql`DELETE FROM operation WHERE lane_id = ${device.laneId} AND seq BETWEEN 1000 AND 1002`);
	expect(await faultsOf(device)).toEqual(['1003: numbers 1000 to 1002 are missing']);
});
