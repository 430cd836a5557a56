import { describe, expect, it } from 'vitest';
import { operationHash } from '../domain/operation-hash.ts';
import { newWorld, stage, startDevice, startWorkingDevice } from './simulated/simulated-device.ts';

const unreachable = { kind: 'unreachable', message: 'no answer' } as const;

describe("the device's key", () => {
	it('signs each operation, and its name is under the hash', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		await device.record('stage', stage(1));
		await world.clock.pass(40_000);
		const [operation] = world.central.taken;
		if (operation === undefined) throw new Error('the operation was sent');
		const { keyId } = await world.keys.open();
		expect(operation.keyId).toBe(keyId);
		expect(operation.signature).toMatch(/^[\w-]{86}$/);
		expect(operationHash(operation)).toBe(operation.hash);
		expect(operationHash({ ...operation, keyId: 'another' })).not.toBe(operation.hash);
	});

	it('is made known by enrolling, and not again at a restart', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		await device.record('stage', stage(1));
		await device.close();
		const { device: again } = await startDevice(world);
		await world.clock.pass(40_000);
		expect(world.central.keyIds).toEqual([(await world.keys.open()).keyId]);
		expect((await again.operations(1))[0]?.state).toBe('confirmed');
	});

	it('is made known before anything that it signed is sent, when the store has lost the one before', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		world.central.failAlways(unreachable);
		await device.record('stage', stage(1));
		await device.close();
		world.keys.lose();
		const { device: again } = await startDevice(world);
		expect(await again.record('stage', stage(2))).toMatchObject({ ok: true });
		await world.clock.pass(60_000);
		expect((await again.status()).waiting).toBe(2);
		world.central.failAlways(null);
		world.central.fail(unreachable, unreachable, unreachable, unreachable);
		await world.clock.pass(60_000);
		expect(world.central.taken.map(({ keyId }) => keyId)).toEqual(world.central.keyIds);
		expect(new Set(world.central.keyIds).size).toBe(2);
		expect((await again.operations(10)).map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
	});

	it('is made known again to a central that was restored from a backup, before the lane is sent again', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		await device.record('stage', stage(1));
		await world.clock.pass(40_000);
		world.central.restore(0, 'e2');
		await world.clock.pass(120_000);
		expect(world.central.keyIds).toEqual([(await world.keys.open()).keyId]);
		expect((await device.operations(1))[0]).toMatchObject({ state: 'confirmed', outcome: { outcome: 'applied' } });
	});

	it('holds nothing up at a server of an older release, which knows no keys', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		await device.close();
		world.keys.lose();
		const failure = { kind: 'refused', error: 'not_found', message: 'no such route' } as const;
		const central = {
			...world.central,
			push: world.central.push,
			registerKey: async () => ({ ok: false, failure }) as const,
		};
		const { device: again } = await startDevice({ ...world, central });
		await again.record('stage', stage(1));
		await world.clock.pass(40_000);
		expect((await again.status()).waiting).toBe(0);
	});
});
