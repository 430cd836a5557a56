import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { Operation, OperationEnvelope } from '../../shared/schema/operation.ts';
import {
	addDevice,
	addSite,
	newTestKey,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../test/central-for-tests.ts';
import { addWork } from '../../test/work-for-tests.ts';
import { realClock } from '../clock.ts';
import { siteStream } from '../database/documents.ts';
import { takeInOperation } from './take-in-operation.ts';

let central: TestCentral;
let minutesLater = 0;

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
});
afterAll(() => central.close());

async function take(device: TestDevice, operation: OperationEnvelope) {
	const clock = { now: () => realClock.now().add({ minutes: minutesLater }) };
	return takeInOperation({ ...central.ingest, clock }, device, operation);
}

/** What the people of the site see about a device. */
async function told({ deviceId }: TestDevice): Promise<readonly ExceptionCase[]> {
	const rows = await central.database.db
		.selectFrom('stream_document')
		.select('body')
		.where('stream_id', '=', siteStream('S-1'))
		.where('collection', '=', 'meta')
		.orderBy('position')
		.execute();
	const documents = rows.map(({ body }) => body as ExceptionCase);
	return documents.filter((body) => body.kind === 'exception' && body.deviceId === deviceId);
}

test("a gap that the device closes at once is nobody's business; one that it keeps passing over is told once, and closes all the same", async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked } = await addWork(central, 9);
	const [first, second, third] = [device.write(pick(1)), device.write(pick(1)), device.write(pick(1))];
	expect(await take(device, second)).toEqual({ kind: 'gap', expectedSeq: 1 });
	expect(await take(device, first)).toMatchObject({ kind: 'outcome' });
	expect(await told(device)).toEqual([]);

	expect(await take(device, third)).toEqual({ kind: 'gap', expectedSeq: 2 });
	for (minutesLater = 1; minutesLater < 9; minutesLater += 1) {
		expect(await take(device, third)).toEqual({ kind: 'gap', expectedSeq: 2 });
	}
	expect(await told(device)).toMatchObject([
		{ priority: 'high', state: 'open', problem: 'gap', operationSeq: 2, operationId: third.opId },
	]);
	for (const operation of [second, third]) expect(await take(device, operation)).toMatchObject({ kind: 'outcome' });
	expect(await picked()).toBe(3);
});

test('an operation that was edited on its way or on the disk is an exception, with and without a hash that fits', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked } = await addWork(central, 9);
	const edited = { ...device.write(pick(1)), payload: pick(9).payload };
	expect(await take(device, edited)).toMatchObject({ outcome: { outcome: 'quarantined', reason: 'hash_mismatch' } });
	const again = device.copy();
	const real = device.write(pick(1));
	const resealed = { ...again.write(pick(9)), signature: real.signature } as OperationEnvelope;
	expect(await take(device, resealed)).toMatchObject({ outcome: { reason: 'signature_mismatch' } });
	expect(await take(device, real)).toMatchObject({ kind: 'lane_frozen' });
	const problems = (await told(device)).map(({ problem, priority }) => [problem, priority]);
	expect(problems).toEqual([
		['hash_mismatch', 'high'],
		['signature_mismatch', 'high'],
		['lane_frozen', 'high'],
	]);
	expect(await picked()).toBe(0);
});

test('a chain that was cut and continued elsewhere is an exception, and what contradicts it is kept', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick } = await addWork(central, 9);
	await take(device, device.write(pick(1)));
	const other = device.write(pick(1), { previousHash: 'f'.repeat(64) });
	expect(await take(device, other)).toMatchObject({ kind: 'lane_frozen' });
	expect(await told(device)).toMatchObject([{ problem: 'lane_frozen', operationId: other.opId }]);
	const kept = await central.database.db
		.selectFrom('conflicting_operation')
		.select('body')
		.where('lane_id', '=', device.laneId)
		.execute();
	expect(kept.map(({ body }) => body)).toEqual([other]);
});

test('an operation over which central itself fails is set aside with a person told, and what comes after it is applied', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const { pick, picked } = await addWork(central, 9);
	const [first, second] = [device.write(pick(1)), device.write(pick(1))];
	// As a reader would that lets too much through.
	const readOperation = (envelope: OperationEnvelope) => {
		const operation = { ...envelope, type: 'pack' };
		return { ok: true as const, operation: operation as unknown as Operation };
	};
	const said: string[] = [];
	const failing = {
		...central.ingest,
		log: (line: string) => void said.push(line),
		readOperation,
	};
	expect(await takeInOperation(failing, device, first)).toMatchObject({
		outcome: { outcome: 'quarantined', reason: 'central_fault' },
	});
	expect(said.join()).toContain(first.opId);
	expect(await takeInOperation(central.ingest, device, first)).toMatchObject({ outcome: { outcome: 'quarantined' } });
	expect(await takeInOperation(central.ingest, device, second)).toMatchObject({ outcome: { outcome: 'applied' } });
	expect(await picked()).toBe(1);
	expect(await told(device)).toMatchObject([{ exceptionKind: 'operation_quarantined', problem: 'central_fault' }]);
});
