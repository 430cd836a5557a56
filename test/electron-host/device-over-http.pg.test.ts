import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DeviceHost, openDeviceHost } from '../../electron/device-host.ts';
import type { DeviceMethod, ReplicaCall } from '../../shared/device/bridge-messages.ts';
import type { DeviceClient, DeviceEvent, DeviceStatus } from '../../shared/device/device-client.ts';
import { remoteDevice } from '../../shared/device/remote-device-client.ts';
import { answerReplicaCall } from '../../shared/device/remote-replica.ts';
import { memoryReplica } from '../../shared/device/simulated/memory-replica.ts';
import { type RunningServer, startServer } from '../../sync-server/main.ts';
import { createDemoDatabase } from '../demo-database.ts';
import type { TestDatabase } from '../postgres-for-tests.ts';

/** The shell's main process without Electron's runtime: its device over the real disk, the real network and the real server. */
describe("the shell's device", () => {
	let folder = '';
	let database: TestDatabase;
	let server: RunningServer;
	let port = 0;
	const said: string[] = [];
	const replica = memoryReplica();
	const heard: DeviceEvent[] = [];

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'backstock-device-'));
		database = await createDemoDatabase();
		server = await start(0);
		port = Number(new URL(server.url).port);
	}, 120_000);
	afterAll(async () => {
		await server.stop();
		await database.drop();
		await rm(folder, { recursive: true, force: true });
	});

	function start(onPort: number): Promise<RunningServer> {
		return startServer({
			databaseUrl: database.url,
			port: onPort,
			dataFolder: join(folder, 'server'),
			rendererFolder: join(folder, 'renderer'),
			log: () => undefined,
		});
	}

	/** A page that reaches the host as the preload does: by messages that survive a structured clone. */
	async function openPage(): Promise<{ host: DeviceHost; client: DeviceClient }> {
		const host = await openDeviceHost({
			dataFolder: join(folder, 'device'),
			serverAddress: server.url,
			keychain: null,
			say: (line) => said.push(line),
		});
		let count = 0;
		const page = remoteDevice(
			(call) => void host.call(structuredClone(call)).then((reply) => page.receive(structuredClone(reply))),
			() => `0198c1f2-0000-7000-8000-${Date.now().toString(16).slice(-8)}${String(++count).padStart(4, '0')}`,
		);
		host.attach({
			sendEvents: (events) => page.receive(structuredClone(events)),
			callReplica: async (call: ReplicaCall) =>
				host.replicaReplied(structuredClone(await answerReplicaCall(async () => replica, structuredClone(call)))),
		});
		page.client.subscribe((event) => heard.push(event));
		return { host, client: page.client };
	}

	const until = async (client: DeviceClient, is: (status: DeviceStatus) => boolean) =>
		vi.waitFor(
			async () => {
				const status = await client.status();
				if (!is(status)) throw new Error(JSON.stringify({ ...status, associates: status.associates.length }));
				return status;
			},
			{ timeout: 45_000, interval: 50 },
		);

	it('enrolls, signs in, replicates its site, and works through the death of the server and its own restart', async () => {
		const { host, client } = await openPage();
		expect(await client.enroll('NOSUCH-1', 'Counter 1')).toMatchObject({ ok: false, reason: 'wrong_code' });
		expect(await client.enroll('LEEDS-1', 'Counter 1')).toEqual({ ok: true });
		const { associates, enrolled } = await client.status();
		const [person] = associates;
		if (person === undefined || enrolled === null) throw new Error('the store has associates');
		expect(await client.signIn(person.id, '9999')).toMatchObject({ ok: false, reason: 'wrong_pin' });
		expect(await client.signIn(person.id, '1111')).toMatchObject({ ok: true, signedIn: { checkedByCentral: true } });
		await until(client, ({ connection, streams }) => {
			const isWhole = [streams.site, streams.shared].every((each) => each !== null && each.position === each.head);
			return connection.kind === 'online' && isWhole;
		});
		const orders = [...replica.documents.values()].filter(({ collection }) => collection === 'work');
		expect(orders.length).toBeGreaterThan(0);
		expect(orders.every(({ body }) => (body as { siteId: string }).siteId === enrolled.siteId)).toBe(true);

		const order = orders[0]?.body as { id: string; orderId: string };
		const picking = { fulfillmentOrderId: order.id, orderId: order.orderId };
		const stateOf = async (device: DeviceClient) => (await device.operations(10)).map(({ state }) => state);
		expect(await client.record('start_picking', picking)).toMatchObject({ ok: true });
		await vi.waitFor(async () => expect(await stateOf(client)).toEqual(['confirmed']), { timeout: 20_000 });

		await server.stop();
		expect(await client.record('start_picking', picking)).toMatchObject({ ok: true, operation: { state: 'saved' } });
		await until(client, ({ connection }) => connection.kind === 'cut_off');
		await client.signOut();
		await host.close();

		const { host: again, client: restarted } = await openPage();
		expect((await restarted.status()).waiting).toBe(1);
		expect(await restarted.signIn(person.id, '1111')).toMatchObject({
			ok: true,
			signedIn: { checkedByCentral: false },
		});
		expect(await restarted.record('start_picking', picking)).toMatchObject({ ok: true });
		server = await start(port);
		await restarted.retryNow();
		await until(restarted, ({ waiting, connection }) => waiting === 0 && connection.kind === 'online');
		await vi.waitFor(async () => expect(await stateOf(restarted)).toEqual(['confirmed', 'confirmed', 'confirmed']), {
			timeout: 20_000,
		});
		const exported = new TextDecoder().decode(await restarted.exportJournal());
		expect(exported).toContain('"start_picking"');
		expect(exported).toContain('-acks.log');
		await again.close();
		expect(said.join()).toContain('No keychain');
	}, 120_000);

	it('refuses what is no call, and answers a wrong argument with an error instead of dying', async () => {
		const { host } = await openPage();
		await expect(host.call({ kind: 'call', id: 'a', method: 'constructor', args: [] })).rejects.toThrow('no call');
		await expect(host.call('status')).rejects.toThrow('no call');
		const call = (method: DeviceMethod, ...args: readonly unknown[]) =>
			host.call({ kind: 'call', id: 'b', method, args });
		expect(await call('record', 'drop_everything', {}, 'id')).toMatchObject({ ok: false, error: 'no such operation' });
		expect(await call('signIn', 7, null)).toMatchObject({ ok: false });
		host.replicaReplied({ kind: 'replica_reply' });
		await host.close();
	});
});
