import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceCore } from './device-core.ts';
import { Journal } from './journal.ts';
import type { MemoryDisk } from './simulated/memory-journal-folder.ts';
import {
	type DeviceWorld,
	memorySecrets,
	newWorld,
	stage,
	startDevice,
	startWorkingDevice,
} from './simulated/simulated-device.ts';

const unreachable = { kind: 'unreachable', message: 'no answer' } as const;

/** A device whose lane central froze, with two answered operations and these many that wait. */
async function frozenDevice(waiting: number) {
	const world = newWorld();
	const { device } = await startWorkingDevice(world);
	for (const number of [1, 2]) await device.record('stage', stage(number));
	await world.clock.pass(40_000);
	world.central.freezeLane();
	const made: string[] = [];
	for (let number = 3; number < 3 + waiting; number++) {
		const result = await device.record('stage', stage(number));
		if (result.ok) made.push(result.operation.operation.opId);
	}
	await world.clock.pass(40_000);
	return { world, device, made };
}

async function copyOf(world: DeviceWorld): Promise<DeviceWorld> {
	const secrets = memorySecrets();
	await secrets.write((await world.secrets.read()) ?? '');
	return { ...world, disk: world.disk.afterPowerCut(1), secrets };
}

const sentAfter = (world: DeviceWorld, count: number) => world.central.taken.slice(count).map(({ opId }) => opId);
const laneOf = async (device: DeviceCore) => (await device.operations(1))[0]?.operation.laneId;

describe('a device whose lane was frozen', () => {
	it('gets another lane by enrolling again, and sends there under the same ids what it had not sent', async () => {
		const { world, device, made } = await frozenDevice(5);
		expect((await device.status()).connection.kind).toBe('lane_frozen');
		const before = (await device.status()).enrolled?.deviceId;
		expect(await device.enroll('GOOD-CODE', 'Counter 1')).toEqual({ ok: true });
		expect((await device.status()).enrolled?.deviceId).not.toBe(before);
		await world.clock.pass(40_000);
		expect(sentAfter(world, 2)).toEqual(made);
		expect(world.central.taken.slice(2).map(({ laneId, seq }) => [laneId, seq])).toEqual(
			[1, 2, 3, 4, 5].map((seq) => ['lane-2', seq]),
		);
		expect((await device.operations(10)).map(({ state }) => state)).toEqual(Array(5).fill('confirmed'));
	});

	it('keeps who did it and when, and records in the new lane from then on', async () => {
		const { world, device } = await frozenDevice(1);
		const [before] = await device.operations(1);
		await device.enroll('GOOD-CODE', 'Counter 1');
		const [after] = await device.operations(1);
		const { actor, occurredAt, payload, grant, basis } = before?.operation ?? {};
		expect(after?.operation).toMatchObject({ actor, occurredAt, payload, grant, basis });
		await device.record('stage', stage(9));
		await world.clock.pass(40_000);
		expect(world.central.taken.map(({ seq }) => seq)).toEqual([1, 2, 1, 2]);
		expect(await laneOf(device)).toBe('lane-2');
	});

	it('tells the windows of what was carried over, and that what the old lane had sent is pulled', async () => {
		const world = newWorld();
		// Its effects are in no page yet.
		world.central.judge(() => ({ position: 9 }));
		const { device, events } = await startWorkingDevice(world);
		await device.record('stage', stage(1));
		await world.clock.pass(40_000);
		world.central.freezeLane();
		await device.record('stage', stage(2));
		await world.clock.pass(1000);
		expect((await device.operations(2)).map(({ state }) => state)).toEqual(['saved', 'sent']);
		events.length = 0;
		await device.enroll('GOOD-CODE', 'Counter 1');
		const told = () =>
			events
				.flatMap((event) => (event.kind === 'operations' ? event.operations : []))
				.map(({ operation: { laneId, seq }, state }) => [laneId, seq, state]);
		expect(told()).toEqual([['lane-2', 1, 'saved']]);
		await world.clock.pass(40_000);
		expect(told()).toContainEqual(['lane-1', 1, 'confirmed']);
	});

	it('lists what lanes before have sent until it is pulled, through every enrollment meanwhile', async () => {
		const world = newWorld();
		world.central.judge(({ seq }) => (seq === 1 ? { exceptions: ['exception-1'] } : {}));
		let isPulled = true;
		const pull: typeof world.central.pull = (...args) =>
			isPulled ? world.central.pull(...args) : Promise.resolve({ ok: false, failure: unreachable });
		const { device, events } = await startWorkingDevice({ ...world, central: { ...world.central, pull } });
		isPulled = false;
		for (const number of [1, 2]) await device.record('stage', stage(number));
		const sent = [
			['lane-1', 2, 'sent'],
			['lane-1', 1, 'sent'],
		];
		const listed = async () =>
			(await device.operations(10)).map(({ operation: { laneId, seq }, state }) => [laneId, seq, state]);
		for (let enrollments = 0; enrollments < 3; enrollments += 1) {
			await world.clock.pass(40_000);
			expect(await listed()).toEqual(sent);
			world.central.freezeLane();
			await device.enroll('GOOD-CODE', 'Counter 1');
		}
		events.length = 0;
		isPulled = true;
		await world.clock.pass(80_000);
		expect(await listed()).toEqual([]);
		const told = events.flatMap((event) => (event.kind === 'operations' ? event.operations : []));
		expect(told.map(({ operation: { seq }, state }) => [seq, state])).toEqual([
			[1, 'needs_attention'],
			[2, 'confirmed'],
		]);
	});

	it('leaves the old lane on the disk, and does not carry it over again', async () => {
		const { world, device } = await frozenDevice(3);
		await device.enroll('GOOD-CODE', 'Counter 1');
		await world.clock.pass(40_000);
		await device.enroll('GOOD-CODE', 'Counter 1');
		await device.close();
		const { device: again } = await startDevice(world);
		await world.clock.pass(40_000);
		expect(await again.operations(100)).toHaveLength(3);
		expect((await world.disk.list()).filter((name) => name.startsWith('lane-lane-1-')).length).toBeGreaterThan(0);
	});

	it('takes the new lane up again when it loses its identity', async () => {
		const { world, device } = await frozenDevice(3);
		await device.enroll('GOOD-CODE', 'Counter 1');
		const { enrolled } = await device.status();
		world.central.failAlways(unreachable);
		await device.close();
		world.central.failAlways(null);
		const { device: again } = await startWorkingDevice({ ...world, secrets: memorySecrets() });
		expect((await again.status()).enrolled?.deviceId).toBe(enrolled?.deviceId);
		await world.clock.pass(40_000);
		expect(world.central.taken).toHaveLength(5);
	});

	it('carries over what two copies of one disk had in common only once', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		world.central.failAlways(unreachable);
		for (const number of [1, 2]) await device.record('stage', stage(number));
		const copy = await copyOf(world);
		const { device: twin } = await startDevice(copy);
		await device.record('stage', stage(3));
		await twin.record('stage', stage(4));
		world.central.failAlways(null);
		await world.clock.pass(60_000);
		const kinds = [(await device.status()).connection.kind, (await twin.status()).connection.kind];
		expect(kinds).toContain('lane_frozen');
		for (const each of [twin, device]) {
			await each.enroll('GOOD-CODE', 'Counter 1');
			await world.clock.pass(60_000);
		}
		const orders = world.central.taken.map(({ payload }) => (payload as { orderId: string }).orderId);
		expect(orders.sort()).toEqual(['order-1', 'order-2', 'order-3', 'order-4']);
		for (const each of [device, twin]) expect((await each.status()).waiting).toBe(0);
	});

	it('sends again what lanes before had an answer to, once, when central is restored from a backup that lacks it', async () => {
		const { world, device, made } = await frozenDevice(1);
		const answered = world.central.taken.map(({ opId }) => opId);
		await device.enroll('GOOD-CODE', 'Counter 1');
		await world.clock.pass(40_000);
		expect(world.central.arrived.map(({ opId }) => opId)).toEqual([...answered, ...made]);
		world.central.restore(1, 'e2');
		await world.clock.pass(80_000);
		expect(new Set(world.central.taken.map(({ opId }) => opId))).toEqual(new Set([...answered, ...made]));
		expect((await device.status()).waiting).toBe(0);
		const { length } = world.central.arrived;
		await device.close();
		await startDevice(world);
		await world.clock.pass(80_000);
		expect(world.central.arrived).toHaveLength(length);
	});

	it('loses and doubles nothing when the power goes at any byte of the carrying over', async () => {
		const cutAndGoOn = async (cut: number, kept: number) => {
			const { world, device, made } = await frozenDevice(4);
			world.disk.cutPowerAfter(cut);
			await device.enroll('GOOD-CODE', 'Counter 1');
			await world.clock.pass(50);
			let disk: MemoryDisk = world.disk.afterPowerCut(kept);
			// The second attempt is cut as well.
			disk.cutPowerAfter(cut >> 1);
			await startDevice({ ...world, disk });
			disk = disk.afterPowerCut(kept);
			const { device: again } = await startDevice({ ...world, disk });
			await world.clock.pass(40_000);
			expect(sentAfter(world, 2)).toEqual(made);
			const places = world.central.arrived.filter(({ laneId }) => laneId === 'lane-2').map(({ seq }) => seq);
			expect(Math.max(...places)).toBe(4);
			expect((await again.status()).waiting).toBe(0);
		};
		await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 6000 }), fc.constantFrom(0, 0.5, 1), cutAndGoOn), {
			numRuns: 150,
			examples: [0, 1, 11, 12, 13, 800, 1600].map((cut) => [cut, 1] as [number, number]),
		});
	});

	it('carries its half-filled forms over too', async () => {
		const { world, device } = await frozenDevice(0);
		await device.close();
		const start = { seq: 0, hash: '' };
		const old = await Journal.open({ folder: world.disk, laneId: 'lane-1', start });
		await old.saveDraft('return-1', { lines: 2 });
		await old.close();
		const { device: again } = await startDevice(world);
		await again.enroll('GOOD-CODE', 'Counter 1');
		await again.close();
		const carried = await Journal.open({ folder: world.disk, laneId: 'lane-2', start });
		expect([...carried.drafts]).toEqual([['return-1', { lines: 2 }]]);
	});
});
