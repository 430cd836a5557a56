import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import type { DeviceClient } from '../../../shared/device/device-client.ts';
import { DeviceCore } from '../../../shared/device/device-core.ts';
import { lazyReplica } from '../../../shared/device/lazy-replica.ts';
import type { DeviceClock } from '../../../shared/device/ports.ts';
import { simulatedRandom } from '../../../shared/device/simulated/clock.ts';
import { type DeviceWorld, newWorld, quickPins } from '../../../shared/device/simulated/simulated-device.ts';
import { sampleOrder } from '../../../shared/domain/sample-order.ts';
import { type ConnectedReplica, connectToReplica } from './connected-replica.ts';
import { openShownGeneration } from './generation-reader.ts';
import { deleteDatabase, openAsItIs } from './replica-database.ts';
import { type OpenReplica, openReplica } from './replica-store.ts';

const siteId = 'site-1';
const unreachable = { kind: 'unreachable', message: 'no answer' } as const;
const { order, fulfillmentOrder } = sampleOrder([{ sku: 'MUG', quantity: 5 }]);
const workOf = (picker: string) => ({
	collection: 'work' as const,
	id: fulfillmentOrder.id,
	deleted: false,
	body: { ...fulfillmentOrder, siteId, pickerName: picker },
});

/** IndexedDB answers by the real time, so this device lives in it. */
const clock: DeviceClock = {
	wallMs: () => Date.now(),
	monotonicMs: () => performance.now(),
	sleep: (milliseconds, signal) =>
		new Promise((resolve) => {
			if (signal.aborted) return resolve();
			const done = () => {
				clearTimeout(timer);
				resolve();
			};
			const timer = setTimeout(done, milliseconds);
			signal.addEventListener('abort', done);
		}),
};

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of opened.splice(0).reverse()) await close();
});

interface Running {
	readonly core: DeviceCore;
	readonly window: ConnectedReplica;
	stop(): Promise<void>;
}

/** A device over the real replica, with a window beside it. */
async function start(world: DeviceWorld, schema?: string): Promise<Running> {
	let replica: OpenReplica | null = null;
	const core = await DeviceCore.open({
		folder: world.disk,
		secrets: world.secrets,
		keys: world.keys,
		central: world.central,
		openReplica: () => {
			const ready = openReplica(siteId, schema).then((each) => {
				replica = each;
				return each;
			});
			return lazyReplica(() => ready, siteId);
		},
		clock,
		random: simulatedRandom(opened.length + 1),
		pins: quickPins,
	});
	if ((await core.status()).enrolled === null) await core.enroll('GOOD-CODE', 'Counter 1');
	await core.signIn('ada', '1234');
	const client: Pick<DeviceClient, 'subscribe' | 'operations' | 'status'> = {
		subscribe: (listener) => core.subscribe(listener),
		operations: (limit) => core.operations(limit),
		status: () => core.status(),
	};
	const window = await connectToReplica({
		client,
		siteId,
		openShown: () => openShownGeneration(siteId, openAsItIs),
		pause,
		onChange: () => undefined,
	});
	let isStopped = false;
	const stop = async () => {
		if (isStopped) return;
		isStopped = true;
		await window.close();
		await core.close();
		await replica?.close();
	};
	opened.push(stop);
	return { core, window, stop };
}

const pickOne = {
	fulfillmentOrderId: fulfillmentOrder.id,
	orderId: order.id,
	lineId: fulfillmentOrder.lines[0]?.lineId ?? '',
	sku: 'MUG',
	quantity: 1,
};
const pickedIn = ({ window }: Running) =>
	window.live.one('fulfillment_order', fulfillmentOrder.id)?.lines[0]?.quantities.picked;
const until = (isSo: () => void | Promise<void>) => vi.waitFor(isSo, { timeout: 15_000, interval: 20 });

test('a changed schema and a wiped disk: people see their waiting work over the old documents, then over the new ones', async () => {
	const world = newWorld();
	world.central.publish('site', workOf('Old'), { collection: 'orders', id: order.id, deleted: false, body: order });
	world.central.publish('shared', { collection: 'catalog', id: 'MUG', deleted: false, body: { id: 'MUG' } });
	const first = await start(world);
	await until(() => expect(first.window.reader?.number).toBe(1));
	world.central.failAlways(unreachable);
	for (let unit = 0; unit < 3; unit += 1) await first.core.record('pick', pickOne);
	expect(pickedIn(first)).toBe(3);
	await first.stop();

	world.central.publish('site', workOf('New'));
	const updated = await start(world, 'ffffffff');
	expect(updated.window.reader?.number).toBe(1);
	expect(pickedIn(updated)).toBe(3);
	await until(async () =>
		expect(await updated.core.status()).toMatchObject({ waiting: 3, replicaGeneration: 1, rebuilding: true }),
	);
	// Documents come down again while pushes still fail: the queue is as long as it was.
	world.central.push = async () => ({ ok: false, failure: unreachable });
	world.central.failAlways(null);
	await updated.core.retryNow();
	await until(() => expect(updated.window.reader?.number).toBe(2));
	expect(updated.window.live.one('fulfillment_order', fulfillmentOrder.id)?.pickerName).toBe('New');
	expect(pickedIn(updated)).toBe(3);
	await until(async () =>
		expect(await updated.core.status()).toMatchObject({ waiting: 3, replicaGeneration: 2, rebuilding: false }),
	);
	await updated.stop();

	for (const { name = '' } of await indexedDB.databases()) await deleteDatabase(name);
	world.central.failAlways(unreachable);
	const wiped = await start(world, 'ffffffff');
	expect(wiped.window.reader).toBeNull();
	await until(async () =>
		expect(await wiped.core.status()).toMatchObject({ replicaProblem: 'lost', waiting: 3, rebuilding: true }),
	);
	world.central.failAlways(null);
	await wiped.core.retryNow();
	await until(() => expect(wiped.window.reader?.number).toBe(3));
	expect(pickedIn(wiped)).toBe(3);
	await until(async () =>
		expect(await wiped.core.status()).toMatchObject({ replicaProblem: null, waiting: 3, rebuilding: false }),
	);
});
