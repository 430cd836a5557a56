import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from './device-client.ts';
import type { DeviceCore } from './device-core.ts';
import {
	type DeviceWorld,
	memorySecrets,
	newWorld,
	stage,
	startDevice,
	startWorkingDevice,
} from './simulated/simulated-device.ts';

const unreachable = { kind: 'unreachable', message: 'no answer' } as const;

async function statesOf(device: DeviceCore) {
	return (await device.operations(100)).map(({ operation, state }) => [operation.seq, state]);
}

describe('the device core', () => {
	it('records only for somebody who is signed in on an enrolled device', async () => {
		const world = newWorld();
		const { device } = await startDevice(world);
		expect(await device.record('stage', stage(1))).toMatchObject({ ok: false, reason: 'not_enrolled' });
		expect(await device.enroll('BAD-CODE', 'Counter 1')).toMatchObject({ ok: false, reason: 'wrong_code' });
		expect(await device.enroll('GOOD-CODE', 'Counter 1')).toEqual({ ok: true });
		expect(await device.record('stage', stage(1))).toMatchObject({ ok: false, reason: 'not_signed_in' });
		await device.signIn('ada', '1234');
		expect(await device.record('stage', stage(1))).toMatchObject({ ok: true, operation: { state: 'saved' } });
	});

	it('calls an operation confirmed when its effects are pulled, not when the answer comes', async () => {
		const world = newWorld();
		const { device, events } = await startWorkingDevice(world);
		await device.record('stage', stage(1));
		await world.clock.pass(40_000);
		expect(await statesOf(device)).toEqual([[1, 'confirmed']]);
		const told = events
			.flatMap((event) => (event.kind === 'operations' ? event.operations : []))
			.map(({ state }) => state);
		expect(told[0]).toBe('saved');
		expect(told.at(-1)).toBe('confirmed');
		const order = events.filter(({ kind }) => kind !== 'status');
		const confirmed = order.findIndex(
			(event) => event.kind === 'operations' && event.operations[0]?.state === 'confirmed',
		);
		const stored = order.findIndex((event) => event.kind === 'stored' && event.stream === 'site');
		expect(stored).toBeGreaterThanOrEqual(0);
		expect(stored).toBeLessThan(confirmed);
	});

	it('leaves an operation in the projection until the page that carries its effects is stored', async () => {
		const world = newWorld();
		world.central.judge(() => ({ position: 3 }));
		const { device } = await startWorkingDevice(world);
		await device.record('stage', stage(1));
		await world.clock.pass(40_000);
		expect((await device.status()).waiting).toBe(0);
		expect(await statesOf(device)).toEqual([[1, 'sent']]);
		const more = { collection: 'work', deleted: false, body: {} } as const;
		world.central.publish('site', { ...more, id: 'fo-8' }, { ...more, id: 'fo-9' });
		await world.clock.pass(1000);
		expect(await statesOf(device)).toEqual([[1, 'confirmed']]);
	});

	it('goes on working without central, over a restart, and sends everything once when central is back', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		world.central.failAlways(unreachable);
		await device.record('stage', stage(1));
		await world.clock.pass(60_000);
		expect((await device.status()).connection.kind).toBe('cut_off');
		await device.close();
		const { device: again } = await startDevice(world);
		expect((await again.status()).signedIn?.name).toBe('Ada');
		await again.record('stage', stage(2));
		await world.clock.pass(3_600_000);
		expect((await again.status()).waiting).toBe(2);
		world.central.failAlways(null);
		await world.clock.pass(60_000);
		expect(await statesOf(again)).toEqual([
			[2, 'confirmed'],
			[1, 'confirmed'],
		]);
		expect(world.central.taken.map(({ seq }) => seq)).toEqual([1, 2]);
		expect((await again.status()).connection.kind).toBe('online');
	});

	it('sends under the same id again when an answer was lost, and central keeps it once', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		await world.clock.pass(100);
		world.central.fail('answer_lost');
		await device.record('stage', stage(1));
		await world.clock.pass(60_000);
		expect(world.central.arrived.length).toBeGreaterThan(world.central.taken.length);
		expect(world.central.taken).toHaveLength(1);
		expect(await statesOf(device)).toEqual([[1, 'confirmed']]);
	});

	it('records once what a page asks for twice under one id', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		const id = '0198c1f2-0000-7000-8000-000000000001';
		const [first, second] = await Promise.all([
			device.record('stage', stage(1), id),
			device.record('stage', stage(1), id),
		]);
		const third = await device.record('stage', stage(1), id);
		expect([first, second, third].map((result) => result.ok && result.operation.operation.seq)).toEqual([1, 1, 1]);
		await device.close();
		const { device: again } = await startDevice(world);
		await again.record('stage', stage(1), id);
		expect(await again.operations(10)).toHaveLength(1);
	});

	it('fills central up again after a restore from a backup, from the journal', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		for (let number = 1; number <= 5; number++) await device.record('stage', stage(number));
		await world.clock.pass(40_000);
		world.central.restore(2, 'e2');
		await device.record('stage', stage(6));
		await world.clock.pass(120_000);
		expect(world.central.taken.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
		expect((await device.status()).streams.site?.epoch).toBe('e2');
		expect((await statesOf(device)).map(([, state]) => state)).toEqual(Array(6).fill('confirmed'));
	});

	it('fills a restored central up again when the device has nothing new to send, over a restart too', async () => {
		for (const restarts of [false, true]) {
			const world = newWorld();
			const { device } = await startWorkingDevice(world);
			for (let number = 1; number <= 5; number++) await device.record('stage', stage(number));
			await world.clock.pass(40_000);
			if (restarts) await device.close();
			world.central.restore(2, 'e2');
			const running = restarts ? (await startDevice(world)).device : device;
			await world.clock.pass(120_000);
			expect(world.central.taken.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
			expect((await statesOf(running)).map(([, state]) => state)).toEqual(Array(5).fill('confirmed'));
			const sent = world.central.arrived.length;
			await world.clock.pass(600_000);
			expect(world.central.arrived.length).toBe(sent);
		}
	});

	it('goes on filling a restored central up when the device was restarted in the middle', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		for (let number = 1; number <= 5; number++) await device.record('stage', stage(number));
		await world.clock.pass(40_000);
		world.central.restore(2, 'e2');
		const takesNothing: DeviceWorld = {
			...world,
			central: { ...world.central, push: async () => ({ ok: false, failure: unreachable }) },
		};
		await device.close();
		const { device: second } = await startDevice(takesNothing);
		await world.clock.pass(120_000);
		await second.close();
		await startDevice(world);
		await world.clock.pass(120_000);
		expect(world.central.taken.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
	});

	it('shows a refusal, and a fact that opened an exception once its effects are pulled', async () => {
		const world = newWorld();
		world.central.judge(({ seq }) =>
			seq === 1 ? { outcome: 'refused', reason: 'already_shipped' } : { exceptions: ['second_handover'] },
		);
		const { device } = await startWorkingDevice(world);
		await device.record('stage', stage(1));
		await device.record('stage', stage(2));
		await world.clock.pass(40_000);
		expect(await statesOf(device)).toEqual([
			[2, 'needs_attention'],
			[1, 'needs_attention'],
		]);
		expect((await device.operations(10))[1]?.outcome?.reason).toBe('already_shipped');
	});

	it('says that the disk is full, records nothing, and mends itself when there is room', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		world.disk.leaveRoomFor(30);
		expect(await device.record('stage', stage(1))).toEqual({ ok: false, reason: 'storage', message: 'storage_full' });
		expect((await device.status()).storageProblem).toBe('storage_full');
		expect(await device.operations(10)).toEqual([]);
		world.disk.leaveRoomFor(Number.POSITIVE_INFINITY);
		expect(await device.record('stage', stage(1))).toMatchObject({ ok: true });
		expect((await device.status()).storageProblem).toBeNull();
	});

	it('opens a journal that it could not mend for want of room as soon as there is some, and then sends what waits', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		world.central.failAlways(unreachable);
		await device.record('stage', stage(1));
		await device.close();
		const name = (await world.disk.list()).find((each) => each.endsWith('000001.log')) ?? '';
		const file = await world.disk.open(name);
		await file.append(Uint8Array.of(1, 2, 3));
		await file.close();
		world.disk.leaveRoomFor(30);
		const { device: again } = await startDevice(world);
		expect((await again.status()).storageProblem).toBe('storage_full');
		expect(await again.record('stage', stage(2))).toMatchObject({ ok: false, message: 'storage_full' });
		world.disk.leaveRoomFor(Number.POSITIVE_INFINITY);
		world.central.failAlways(null);
		expect(await again.record('stage', stage(2))).toMatchObject({ ok: true });
		expect((await again.status()).storageProblem).toBeNull();
		await world.clock.pass(60_000);
		expect(world.central.taken.map(({ seq }) => seq)).toEqual([1, 2]);
	});

	it('fills the place of a damaged record with the news of its loss, so that the lane goes on', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		world.central.failAlways(unreachable);
		for (let number = 1; number <= 3; number++) await device.record('stage', stage(number));
		await device.close();
		const file = (await world.disk.list()).find((name) => name.endsWith('000001.log')) ?? '';
		world.disk.damage(file, Math.floor(world.disk.sizeOf(file) / 2));
		world.central.failAlways(null);
		const { device: again } = await startDevice(world);
		await world.clock.pass(60_000);
		expect(world.central.taken.map(({ seq, type }) => [seq, type])).toEqual([
			[1, 'stage'],
			[2, 'unreadable_record'],
			[3, 'stage'],
		]);
		expect((await again.status()).recovery).toMatchObject([{ what: 'damaged_middle' }]);
	});

	it('fills the place of an answered record that is damaged when a central restored from an older backup asks for it', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		for (let number = 1; number <= 4; number++) await device.record('stage', stage(number));
		await world.clock.pass(60_000);
		await device.close();
		const file = (await world.disk.list()).find((name) => name.endsWith('000001.log')) ?? '';
		world.disk.damage(file, Math.floor(world.disk.sizeOf(file) * 0.4));
		world.central.restore(1, 'e2');
		await startDevice(world);
		await world.clock.pass(600_000);
		expect(world.central.taken.map(({ seq, type }) => [seq, type])).toEqual([
			[1, 'stage'],
			[2, 'unreadable_record'],
			[3, 'stage'],
			[4, 'stage'],
		]);
	});

	it('pulls page by page to the head, and says aloud when a stream goes back', async () => {
		const world = newWorld({ pageSize: 3 });
		for (let number = 1; number <= 10; number++) {
			world.central.publish('shared', { collection: 'catalog', id: `sku-${number}`, deleted: false, body: {} });
		}
		const { device, events } = await startWorkingDevice(world);
		await world.clock.pass(1000);
		const pages = events.filter((event): event is Extract<DeviceEvent, { kind: 'stored' }> => event.kind === 'stored');
		expect(pages.filter(({ stream }) => stream === 'shared').map(({ position }) => position)).toEqual([3, 6, 9, 10]);
		expect((await device.status()).streams.shared).toEqual({ epoch: 'e1', position: 10, head: 10 });
		world.central.pretendPosition(4);
		await device.retryNow();
		await world.clock.pass(50);
		expect((await device.status()).connection).toMatchObject({ kind: 'slow' });
		expect((await device.status()).streams.shared?.position).toBe(10);
	});

	it('takes its lane up again, with what was not sent, when it lost its identity', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		const before = (await device.status()).enrolled?.deviceId;
		world.central.failAlways(unreachable);
		await device.record('stage', stage(1));
		await device.close();
		world.central.failAlways(null);
		const { device: again } = await startWorkingDevice({ ...world, secrets: memorySecrets() });
		expect((await again.status()).enrolled?.deviceId).toBe(before);
		await world.clock.pass(40_000);
		expect(await statesOf(again)).toEqual([[1, 'confirmed']]);
	});

	it('tells after a start how far its documents are: a tab that was told less reads them anew', async () => {
		const world = newWorld();
		for (let number = 1; number <= 300; number++) {
			world.central.publish('site', { collection: 'work', id: `fo-${number}`, deleted: false, body: {} });
		}
		const { device } = await startWorkingDevice(world);
		await world.clock.pass(1000);
		await device.close();
		world.central.failAlways(unreachable);
		const { device: again } = await startDevice(world);
		await world.clock.pass(1000);
		expect(await again.status()).toMatchObject({ replicaGeneration: 1, streams: { site: { position: 300 } } });
	});

	it('stops sending when the lane is frozen or the credential is bad, says so, and deletes nothing', async () => {
		for (const kind of ['credential', 'lane_frozen'] as const) {
			const world = newWorld();
			const { device } = await startWorkingDevice(world);
			await world.clock.pass(100);
			world.central.fail({ kind, message: 'a person must look' });
			await device.record('stage', stage(1));
			await world.clock.settle();
			expect((await device.status()).connection).toMatchObject({ kind });
			expect((await device.status()).waiting).toBe(1);
			await device.enroll('GOOD-CODE', 'Counter 1');
			await world.clock.pass(40_000);
			expect(world.central.taken).toHaveLength(1);
			expect(await statesOf(device)).toEqual([[1, 'confirmed']]);
		}
	});

	it('says that an order of another site is here only when it is stored', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		const order = { id: 'order-9', number: '4711' };
		world.central.hold('4711', order);
		const bringing = device.bringOrder('4711');
		await world.clock.pass(1000);
		expect(await bringing).toEqual({ ok: true, orderId: 'order-9' });
		expect(await device.bringOrder('4711')).toEqual({ ok: true, orderId: 'order-9' });
		expect(world.replica.documents.get('orders/order-9')?.body).toEqual(order);
	});

	it('asks central a question for who is signed in, and tells central that is away from one that refuses', async () => {
		const world = newWorld();
		const { device: newcomer } = await startDevice(world);
		const question = { lines: [{ sku: 'A' }] };
		expect(await newcomer.ask('availability', question)).toMatchObject({ ok: false, reason: 'refused' });
		const { device } = await startWorkingDevice(world);
		expect(await device.ask('availability', question)).toMatchObject({ ok: true, answer: { availability: [] } });
		expect(world.central.asked).toMatchObject([{ kind: 'availability', question, grant: expect.any(String) }]);
		for (const kind of ['unreachable', 'unavailable'] as const) {
			world.central.fail({ kind, message: 'not now' });
			expect(await device.ask('availability', question)).toMatchObject({ ok: false, reason: 'unreachable' });
		}
		world.central.fail({ kind: 'refused', error: 'invalid', message: 'no' });
		expect(await device.ask('availability', question)).toEqual({ ok: false, reason: 'refused', message: 'no' });
	});

	it('tells an order that nobody knows from one that nobody can be asked for, and never waits without end', async () => {
		const world = newWorld();
		const { device } = await startDevice(world);
		expect(await device.bringOrder('4711')).toMatchObject({ ok: false, reason: 'refused' });
		const { device: working } = await startWorkingDevice(world);
		expect(await working.bringOrder('4711')).toMatchObject({ ok: false, reason: 'unknown_order' });
		world.central.failAlways(unreachable);
		expect(await working.bringOrder('4711')).toMatchObject({ ok: false, reason: 'unreachable' });
		world.central.failAlways(null);
		await world.clock.pass(45_000);
		world.central.fail({ kind: 'refused', error: 'too_many_attempts', message: 'wait' });
		expect(await working.bringOrder('4711')).toMatchObject({ ok: false, reason: 'refused' });
		world.central.hold('4711', { id: 'order-9' });
		world.central.pretendPosition(0);
		const bringing = working.bringOrder('4711');
		await world.clock.pass(11_000);
		expect(await bringing).toMatchObject({ ok: false, reason: 'unreachable' });
	});
});
