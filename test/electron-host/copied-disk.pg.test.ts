import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type DeviceHost, openDeviceHost } from '../../electron/device-host.ts';
import type { DeviceClient, DeviceStatus } from '../../shared/device/device-client.ts';
import { remoteDevice } from '../../shared/device/remote-device-client.ts';
import { answerReplicaCall } from '../../shared/device/remote-replica.ts';
import { type MemoryReplica, memoryReplica } from '../../shared/device/simulated/memory-replica.ts';
import { type RunningServer, startServer } from '../../sync-server/main.ts';
import { createDemoDatabase } from '../demo-database.ts';
import type { TestDatabase } from '../postgres-for-tests.ts';

let folder = '';
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'backstock-copied-disk-'));
	database = await createDemoDatabase();
	server = await startServer({
		databaseUrl: database.url,
		port: 0,
		dataFolder: join(folder, 'server'),
		rendererFolder: join(folder, 'renderer'),
		log: () => undefined,
	});
}, 120_000);
afterAll(async () => {
	await server.stop();
	await database.drop();
	await rm(folder, { recursive: true, force: true });
});

interface Machine {
	readonly host: DeviceHost;
	readonly client: DeviceClient;
	readonly replica: MemoryReplica;
}

let calls = 0;

/** The shell's device over this folder, against this address, with a page of its own. */
async function openMachine(name: string, serverAddress = server.url): Promise<Machine> {
	const replica = memoryReplica();
	const dataFolder = join(folder, name);
	const host = await openDeviceHost({ dataFolder, serverAddress, keychain: null, say: () => undefined });
	const page = remoteDevice(
		(call) => void host.call(call).then((reply) => page.receive(reply)),
		() => `0198c1f2-0000-7000-8000-${String(++calls).padStart(12, '0')}`,
	);
	host.attach({
		sendEvents: (events) => page.receive(events),
		callReplica: async (call) => host.replicaReplied(await answerReplicaCall(async () => replica, call)),
	});
	return { host, client: page.client, replica };
}

const until = (client: DeviceClient, is: (status: DeviceStatus) => boolean) =>
	vi.waitFor(
		async () => {
			const status = await client.status();
			if (!is(status)) throw new Error(JSON.stringify({ ...status, associates: status.associates.length }));
			return status;
		},
		{ timeout: 60_000, interval: 100 },
	);

async function appliedOf(opIds: readonly string[]) {
	const connection = new pg.Client({ connectionString: database.url });
	await connection.connect();
	const found = await connection.query<{ readonly op_id: string; readonly signed: boolean }>(
		"SELECT op_id, signed FROM operation WHERE op_id = ANY($1::uuid[]) AND outcome = 'applied'",
		[opIds],
	);
	await connection.end();
	return found.rows;
}

const unusedAddress = 'http://127.0.0.1:9';

it('two machines with one disk: each gets an identity of its own, and the work of both arrives once', async () => {
	const first = await openMachine('first');
	await first.client.enroll('LEEDS-1', 'Counter 1');
	const [person] = (await first.client.status()).associates;
	if (person === undefined) throw new Error('the store has associates');
	await first.client.signIn(person.id, '1111');
	await until(first.client, ({ streams }) =>
		[streams.site, streams.shared].every((each) => each && each.position === each.head),
	);
	const order = [...first.replica.documents.values()].find(({ collection }) => collection === 'work')?.body as {
		readonly id: string;
		readonly orderId: string;
	};
	const picking = { fulfillmentOrderId: order.id, orderId: order.orderId };
	const start = async ({ client }: Machine) => {
		const result = await client.record('start_picking', picking);
		if (!result.ok) throw new Error(result.message);
		return result.operation.operation.opId;
	};
	const opIds = [await start(first)];
	await until(first.client, ({ waiting }) => waiting === 0);
	await first.host.close();

	// Cut off, the device makes two operations; then its disk is copied, and both machines go on.
	const alone = await openMachine('first', unusedAddress);
	opIds.push(await start(alone), await start(alone));
	await alone.host.close();
	await cp(join(folder, 'first'), join(folder, 'second'), { recursive: true });
	for (const name of ['first', 'second']) {
		const machine = await openMachine(name, unusedAddress);
		opIds.push(await start(machine));
		await machine.host.close();
	}

	const [one, other] = [await openMachine('first'), await openMachine('second')];
	const frozen = ({ connection }: DeviceStatus) => connection.kind === 'lane_frozen';
	await vi.waitFor(
		async () => {
			const both = [await one.client.status(), await other.client.status()];
			expect(both.some(frozen)).toBe(true);
		},
		{ timeout: 60_000, interval: 100 },
	);
	for (const [machine, code] of [
		[other, 'LEEDS-2'],
		[one, 'LEEDS-3'],
	] as const) {
		expect(await machine.client.enroll(code, `Counter ${code}`)).toEqual({ ok: true });
		await until(machine.client, ({ waiting, connection }) => waiting === 0 && connection.kind === 'online');
	}
	const ids = [await one.client.status(), await other.client.status()].map(({ enrolled }) => enrolled?.deviceId);
	expect(new Set(ids).size).toBe(2);
	const stored = await appliedOf(opIds);
	expect(stored.map(({ op_id }) => op_id).sort()).toEqual(opIds.toSorted());
	expect(stored.every(({ signed }) => signed)).toBe(true);
	await one.host.close();
	await other.host.close();
}, 180_000);
