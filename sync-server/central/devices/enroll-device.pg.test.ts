import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	addDevice,
	addEnrollmentCode,
	addOrder,
	addSite,
	newTestKey,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../../../test/central-for-tests.ts';
import { addWork } from '../../../test/work-for-tests.ts';
import { takeInOperation } from '../../ingest/take-in-operation.ts';
import { authenticateDevice } from './authenticate-device.ts';
import { enrollDevice } from './enroll-device.ts';

let central: TestCentral;

beforeAll(async () => {
	central = await openTestCentral();
	await addSite(central, 'S-1');
});
afterAll(() => central.close());

const authenticate = (credential: string) =>
	authenticateDevice(central.database.db, central.ingest.clock, `Bearer ${credential}`);

async function enroll(request: { code: string; deviceId?: string; publicKey?: string }, credential?: string) {
	const authorization = credential === undefined ? undefined : `Bearer ${credential}`;
	const enrolled = await enrollDevice(central.ingest, { deviceName: 'Counter', ...request }, authorization);
	return enrolled.ok ? enrolled.answer : enrolled.reason;
}

async function freeze(device: TestDevice): Promise<void> {
	const { pick } = await addWork(central);
	const copy = device.copy();
	await takeInOperation(central.ingest, device, device.write(pick(1)));
	expect(await takeInOperation(central.ingest, copy, copy.write(pick(1)))).toMatchObject({ kind: 'lane_frozen' });
}

test('the same question after a lost answer gets the same device and lane, with a credential that works', async () => {
	const code = await addEnrollmentCode(central, 'S-1');
	const question = { code, deviceId: randomUUID(), publicKey: newTestKey().publicKey };
	const lost = await enroll(question);
	const heard = await enroll(question);
	if (typeof lost === 'string' || typeof heard === 'string') throw new Error('It was refused');
	expect(heard).toMatchObject({ deviceId: question.deviceId, laneId: lost.laneId });
	expect(await authenticate(heard.credential)).toMatchObject({ ok: true, device: { laneId: lost.laneId } });
	expect(await authenticate(lost.credential)).toMatchObject({ ok: false });
	expect(await enroll({ code, deviceId: randomUUID() })).toBe('code_used');
	expect(await enroll({ code })).toBe('code_used');
});

test('a device that shows its key or its old credential keeps its lane', async () => {
	const key = newTestKey();
	const device = await addDevice(central, 'S-1', 'associate', { key });
	const byKey = await addDevice(central, 'S-1', 'associate', { key, before: { deviceId: device.deviceId } });
	const byCredential = await addDevice(central, 'S-1', 'associate', { key: newTestKey(), before: byKey });
	for (const again of [byKey, byCredential]) {
		expect(again).toMatchObject({ deviceId: device.deviceId, laneId: device.laneId });
	}
});

test('naming the device of somebody else gets no hold of it: a new device and lane, and the real one works on', async () => {
	const device = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	for (const key of [undefined, newTestKey()]) {
		const thief = await addDevice(central, 'S-1', 'associate', {
			...(key === undefined ? {} : { key }),
			before: { deviceId: device.deviceId, credential: 'x'.repeat(43) },
		});
		expect(thief.deviceId).not.toBe(device.deviceId);
		expect(thief.laneId).not.toBe(device.laneId);
	}
	expect(await authenticate(device.credential)).toMatchObject({ ok: true, device: { laneId: device.laneId } });
});

test('a device of a release without keys that lost its credential keeps its lane, as it always did', async () => {
	const device = await addDevice(central, 'S-1');
	const again = await addDevice(central, 'S-1', 'associate', { before: { deviceId: device.deviceId } });
	expect(again).toMatchObject({ deviceId: device.deviceId, laneId: device.laneId });
});

test('of two machines with the disk of one device, whichever enrolls gets an identity of its own, and the old one is refused', async () => {
	const key = newTestKey();
	const device = await addDevice(central, 'S-1', 'associate', { key });
	await freeze(device);
	expect(await authenticate(device.credential)).toMatchObject({ ok: true });
	const machines = [
		await addDevice(central, 'S-1', 'associate', { key, before: device }),
		await addDevice(central, 'S-1', 'associate', { key, before: device }),
	];
	const ids = new Set([device, ...machines].map(({ deviceId }) => deviceId));
	const lanes = new Set([device, ...machines].map(({ laneId }) => laneId));
	expect([ids.size, lanes.size]).toEqual([3, 3]);
	for (const { lastSeq, credential } of machines) {
		expect(lastSeq).toBe(0);
		expect(await authenticate(credential)).toMatchObject({ ok: true });
	}
	expect(await authenticate(device.credential)).toEqual({ ok: false, reason: 'revoked' });
});

test('a lost answer that gave a new identity is given again until it has arrived, and then to nobody else', async () => {
	const key = newTestKey();
	const device = await addDevice(central, 'S-1', 'associate', { key });
	await freeze(device);
	const question = {
		code: await addEnrollmentCode(central, 'S-1'),
		deviceId: device.deviceId,
		publicKey: key.publicKey,
	};
	const lost = await enroll(question, device.credential);
	const heard = await enroll(question, device.credential);
	if (typeof lost === 'string' || typeof heard === 'string') throw new Error('It was refused');
	expect(heard).toMatchObject({ deviceId: lost.deviceId, laneId: lost.laneId });
	expect(await authenticate(heard.credential)).toMatchObject({ ok: true });
	expect(await enroll(question, device.credential)).toBe('code_used');
});

test('a device that a restored backup does not know gets its device and lane back, and what it had sent is taken in again', async () => {
	const key = newTestKey();
	const device = await addDevice(central, 'S-1', 'associate', { key });
	const { pick, order, fulfillmentOrder } = await addWork(central);
	const operations = [device.write(pick(1)), device.write(pick(2))];
	for (const operation of operations) await takeInOperation(central.ingest, device, operation);
	const restored = await openTestCentral();
	try {
		await addSite(restored, 'S-1');
		await addOrder(restored, { order, fulfillmentOrder });
		const { deviceId, laneId } = device;
		const code = await addEnrollmentCode(restored, 'S-1');
		const request = { code, deviceName: 'Counter', deviceId, laneId, publicKey: key.publicKey };
		const enrolled = await enrollDevice(restored.ingest, request);
		expect(enrolled).toMatchObject({ ok: true, answer: { deviceId, laneId, lastSeq: 0 } });
		for (const operation of operations) {
			expect(await takeInOperation(restored.ingest, { deviceId, laneId, siteId: 'S-1' }, operation)).toMatchObject({
				outcome: { outcome: 'applied' },
			});
		}
		const stranger = {
			code: await addEnrollmentCode(restored, 'S-1'),
			deviceName: 'x',
			deviceId: randomUUID(),
			laneId,
		};
		const other = await enrollDevice(restored.ingest, stranger);
		expect(other.ok && other.answer.laneId !== laneId).toBe(true);
	} finally {
		await restored.close();
	}
});
