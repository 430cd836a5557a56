import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealOperation } from '../../shared/domain/operation-hash.ts';
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
import { registerKey } from '../central/devices/device-key.ts';
import { siteStream } from '../database/documents.ts';
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

async function isMarkedSigned({ opId }: OperationEnvelope): Promise<boolean> {
	const { db } = central.database;
	const row = await db.selectFrom('operation').select('signed').where('op_id', '=', opId).executeTakeFirstOrThrow();
	return row.signed;
}

const mismatch = { outcome: 'quarantined', reason: 'signature_mismatch', exceptions: ['operation_quarantined'] };

test('what the key of its device signed is applied and marked as signed; what an old release did not sign is applied and not marked', async () => {
	const { pick, picked } = await addWork(central);
	const signing = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const old = await addDevice(central, 'S-1');
	const [signed, unsigned] = [signing.write(pick(1)), old.write(pick(1))];
	expect(await outcomeOf(signing, signed)).toMatchObject({ outcome: 'applied' });
	expect(await outcomeOf(old, unsigned)).toMatchObject({ outcome: 'applied' });
	expect(await Promise.all([signed, unsigned].map(isMarkedSigned))).toEqual([true, false]);
	expect(await picked()).toBe(2);
});

test('an operation that somebody else signed, or signed for another content, is kept and not applied, and a person is told', async () => {
	const { pick, picked } = await addWork(central, 9);
	const key = newTestKey();
	const device = await addDevice(central, 'S-1', 'associate', { key });
	const stranger = newTestKey();
	const good = device.write(pick(1));
	expect(await outcomeOf(device, good)).toMatchObject({ outcome: 'applied' });
	const forgeries = [
		(real: OperationEnvelope) => ({ ...real, signature: stranger.sign(real.hash) }),
		(real: OperationEnvelope) => ({ ...real, signature: good.signature }),
		({ signature: _none, ...real }: OperationEnvelope) => real,
		(real: OperationEnvelope) => {
			const other = sealOperation({ ...real, keyId: stranger.keyId });
			return { ...other, signature: stranger.sign(other.hash) };
		},
		({ signature: _signature, keyId: _keyId, ...real }: OperationEnvelope) => sealOperation(real),
	];
	let previousHash = good.hash;
	for (const forge of forgeries) {
		const forged = forge(device.write(pick(1), { previousHash })) as OperationEnvelope;
		expect(await outcomeOf(device, forged)).toMatchObject(mismatch);
		expect(await isMarkedSigned(forged)).toBe(false);
		const told = await central.database.db
			.selectFrom('stream_document')
			.select('body')
			.where('stream_id', '=', siteStream('S-1'))
			.where('document_id', '=', `${forged.opId}-1`)
			.executeTakeFirstOrThrow();
		expect(told.body).toMatchObject({ priority: 'high', plan: expect.stringContaining('did not sign it') });
		previousHash = forged.hash;
	}
	expect(await outcomeOf(device, device.write(pick(1), { previousHash }))).toMatchObject({ outcome: 'applied' });
	expect(await picked()).toBe(2);
});

test('a device that was updated with a full queue sends what it wrote unsigned, then signs; after that nothing comes unsigned', async () => {
	const { pick } = await addWork(central, 9);
	const device = await addDevice(central, 'S-1');
	const queued = [device.write(pick(1)), device.write(pick(1))];
	const key = newTestKey();
	const now = central.ingest.clock.now().toString();
	expect(await registerKey(central.database.db, { ...device, ...key, now })).toBe(key.keyId);
	const bare = device.write(pick(1), { keyId: key.keyId });
	const signed = { ...bare, signature: key.sign(bare.hash) };
	for (const operation of [...queued, signed]) {
		expect(await outcomeOf(device, operation)).toMatchObject({ outcome: 'applied' });
	}
	expect(await outcomeOf(device, device.write(pick(1)))).toMatchObject(mismatch);
});

test('a device whose key store was lost registers a new key; what the old key signed is still its own', async () => {
	const { pick } = await addWork(central, 9);
	const [first, second] = [newTestKey(), newTestKey()];
	const device = await addDevice(central, 'S-1', 'associate', { key: first });
	const queued = device.write(pick(1));
	const now = central.ingest.clock.now().toString();
	for (let twice = 0; twice < 2; twice += 1) await registerKey(central.database.db, { ...device, ...second, now });
	const bare = sealOperation({ ...device.write(pick(1)), keyId: second.keyId });
	expect(await outcomeOf(device, queued)).toMatchObject({ outcome: 'applied' });
	expect(await outcomeOf(device, { ...bare, signature: second.sign(bare.hash) })).toMatchObject({ outcome: 'applied' });
});

test("a device's key vouches for that device alone", async () => {
	const { pick } = await addWork(central);
	const key = newTestKey();
	await addDevice(central, 'S-1', 'associate', { key });
	const other = await addDevice(central, 'S-1', 'associate', { key: newTestKey() });
	const bare = other.write(pick(1), {});
	const resealed = sealOperation({ ...bare, keyId: key.keyId });
	expect(await outcomeOf(other, { ...resealed, signature: key.sign(resealed.hash) })).toMatchObject(mismatch);
});
