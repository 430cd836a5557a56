import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from './device-client.ts';
import type { DeviceCore } from './device-core.ts';
import type { Replica } from './ports.ts';
import { type MemoryReplica, memoryReplica } from './simulated/memory-replica.ts';
import { type DeviceWorld, newWorld, stage, startDevice, startWorkingDevice } from './simulated/simulated-device.ts';

const unreachable = { kind: 'unreachable', message: 'no answer' } as const;
const work = (number: number, text = 'first') =>
	({ collection: 'work', id: `fo-${number}`, deleted: false, body: { id: `fo-${number}`, text } }) as const;
const product = (number: number) =>
	({ collection: 'catalog', id: `sku-${number}`, deleted: false, body: { id: `sku-${number}` } }) as const;

/** A device with a whole replica of 20 work documents and 20 products, in pages of 3. */
async function loadedDevice(world = newWorld({ pageSize: 3 })) {
	for (let number = 1; number <= 20; number++) {
		world.central.publish('site', work(number));
		world.central.publish('shared', product(number));
	}
	const started = await startWorkingDevice(world);
	await world.clock.pass(1000);
	expect(world.replica.shown).toMatchObject({ number: 1, isComplete: true });
	return { ...started, world };
}

const swaps = (events: readonly DeviceEvent[]) =>
	events.flatMap((event) => (event.kind === 'swapped' ? [event.generation] : []));

async function statesOf(device: DeviceCore) {
	return (await device.operations(100)).map(({ operation, state }) => [operation.seq, state]);
}

/** The replica of a device, as that one is cut off in the middle of filling: nothing can be stored in a new generation any more. */
function stuckAbove(replica: MemoryReplica, generation: number, pages: number): MemoryReplica {
	let left = pages;
	const stuck: Pick<Replica, 'store'> = {
		store: async (number, page) => {
			if (number > generation && left-- <= 0) throw new Error('the power went');
			await replica.store(number, page);
		},
	};
	return Object.setPrototypeOf(stuck, replica) as MemoryReplica;
}

describe('a replica that is loaded anew', () => {
	it('is shown as soon as it is whole, and people work on the old one until then', async () => {
		const { world, device } = await loadedDevice();
		await device.close();
		world.central.restore(20, 'e2');
		world.central.publish('site', work(1, 'second'));
		const slow = { ...world, replica: stuckAbove(world.replica, 1, 4) };
		const { device: again, events } = await startDevice(slow);
		await world.clock.pass(5000);
		expect(await again.status()).toMatchObject({ replicaGeneration: 1, rebuilding: true });
		expect((await again.status()).streams.site).toMatchObject({ epoch: 'e1', position: 20 });
		expect(world.replica.documents.get('work/fo-1')?.body).toMatchObject({ text: 'first' });
		expect(swaps(events)).toEqual([]);
		await again.close();
		const { device: last, events: told } = await startDevice(world);
		await world.clock.pass(5000);
		expect(swaps(told)).toEqual([2]);
		expect(await last.status()).toMatchObject({ replicaGeneration: 2, rebuilding: false, replicaProblem: null });
		expect(world.replica.documents.get('work/fo-1')?.body).toMatchObject({ text: 'second' });
		expect(world.replica.generations).toHaveLength(1);
	});

	it('leaves a full journal alone: what waits goes on waiting, then is sent once', async () => {
		const { world, device } = await loadedDevice();
		world.central.fail(...Array.from({ length: 400 }, () => unreachable));
		world.central.failAlways(unreachable);
		for (let number = 1; number <= 150; number++) await device.record('stage', stage(number));
		await device.close();
		world.replica.changeSchema();
		const { device: again, events } = await startDevice(world);
		await world.clock.pass(60_000);
		expect(await again.status()).toMatchObject({ waiting: 150, replicaGeneration: 1, rebuilding: true });
		expect(await again.operations(0)).toHaveLength(150);
		await again.record('stage', stage(151));
		world.central.fail();
		world.central.failAlways(null);
		await world.clock.pass(7_200_000);
		expect(swaps(events)).toEqual([2]);
		expect(world.central.taken.map(({ seq }) => seq)).toEqual(Array.from({ length: 151 }, (_, index) => index + 1));
		expect((await statesOf(again)).every(([, state]) => state === 'confirmed')).toBe(true);
		expect(await again.status()).toMatchObject({ waiting: 0, rebuilding: false });
		expect(world.replica.shown?.checkpoints.site?.ownSeq).toBe(151);
	});

	it('survives the end of the power after any number of stored pages, with one generation to show', async () => {
		for (let pages = 0; pages <= 16; pages += 1) {
			const { world, device } = await loadedDevice();
			await device.close();
			world.central.restore(20, 'e2');
			const cut = { ...world, replica: stuckAbove(world.replica, 1, pages) };
			const { device: short } = await startDevice(cut);
			await world.clock.pass(3000);
			expect(world.replica.shown).not.toBeNull();
			await short.close();
			const { device: again } = await startDevice(world);
			await world.clock.pass(3000);
			expect(await again.status()).toMatchObject({ replicaGeneration: 2, rebuilding: false });
			expect(world.replica.documents.size).toBe(40);
			await again.close();
		}
	});

	it('begins anew when central moves to yet another epoch while it is being filled', async () => {
		const { world, device } = await loadedDevice();
		await device.close();
		world.central.restore(20, 'e2');
		const { device: short } = await startDevice({ ...world, replica: stuckAbove(world.replica, 1, 3) });
		await world.clock.pass(3000);
		await short.close();
		world.central.restore(10, 'e3');
		const { device: again, events } = await startDevice(world);
		await world.clock.pass(5000);
		expect(swaps(events)).toEqual([3]);
		expect(world.replica.shown?.checkpoints.site).toMatchObject({ epoch: 'e3' });
		expect(world.replica.shown?.checkpoints.shared).toMatchObject({ epoch: 'e3' });
		expect((await again.status()).streams.site).toMatchObject({ epoch: 'e3', position: 10 });
	});
});

describe('a replica that is not what it should be', () => {
	async function restarted(change: (world: DeviceWorld) => DeviceWorld) {
		const { world, device } = await loadedDevice();
		world.central.failAlways(unreachable);
		await device.record('stage', stage(1));
		await device.close();
		const changed = change(world);
		const { device: again, events } = await startDevice(changed);
		await world.clock.pass(1000);
		const found = await again.status();
		world.central.failAlways(null);
		await world.clock.pass(60_000);
		return { found, again, events, world: changed };
	}

	it('is told as lost when the browser has thrown it away, and loaded anew; the journal is whole', async () => {
		const { found, again, events, world } = await restarted((before) => ({ ...before, replica: memoryReplica() }));
		expect(found).toMatchObject({ replicaProblem: 'lost', replicaGeneration: null, rebuilding: true, waiting: 1 });
		expect(swaps(events)).toEqual([2]);
		expect(await again.status()).toMatchObject({ replicaProblem: null, rebuilding: false, waiting: 0 });
		expect(world.replica.documents.size).toBe(40);
		expect(world.replica.documents.get('work/fo-1')?.body).toHaveProperty('from');
		expect(await statesOf(again)).toEqual([[1, 'confirmed']]);
	});

	it('is told as damaged when its own marks are wrong, and loaded anew', async () => {
		const { found, again, world } = await restarted((before) => {
			before.replica.damage();
			return before;
		});
		expect(found).toMatchObject({ replicaProblem: 'damaged', replicaGeneration: null, rebuilding: true, waiting: 1 });
		expect(await again.status()).toMatchObject({ replicaProblem: null, waiting: 0 });
		expect(world.replica.documents.size).toBe(40);
		expect(world.replica.documents.get('work/fo-1')?.body).toHaveProperty('from');
	});

	it('is no problem when it was never complete', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		expect(await device.status()).toMatchObject({ replicaProblem: null, rebuilding: false });
	});

	it('is found by the digest when one row was changed behind its back, and loaded anew', async () => {
		const { world, device, events } = await loadedDevice();
		await world.clock.pass(180_000);
		expect(swaps(events)).toEqual([1]);
		world.replica.falsify('work/fo-7', 3);
		await world.clock.pass(24 * 3_600_000);
		expect(swaps(events)).toEqual([1, 2]);
		const problems = events.flatMap((event) => (event.kind === 'status' ? [event.status.replicaProblem] : []));
		expect(problems).toContain('differs');
		expect(await device.status()).toMatchObject({ replicaGeneration: 2, replicaProblem: null, rebuilding: false });
		expect(world.replica.documents.get('work/fo-7')?.position).toBe(7);
		await world.clock.pass(24 * 3_600_000);
		expect(swaps(events)).toEqual([1, 2]);
	});
});

describe('which of the own operations the documents hold', () => {
	it('is known from the page alone, when the answer to the push never came', async () => {
		const world = newWorld();
		const { device, events } = await startWorkingDevice(world);
		await world.clock.pass(100);
		let lose = true;
		const { push } = world.central;
		world.central.push = async (operations) => {
			const answer = await push(operations);
			return lose ? { ok: false, failure: unreachable } : answer;
		};
		await device.record('stage', stage(1));
		await world.clock.pass(2000);
		expect(await statesOf(device)).toEqual([[1, 'saved']]);
		const stored = events.flatMap((event) => (event.kind === 'stored' && event.stream === 'site' ? [event] : []));
		expect(stored.at(-1)).toMatchObject({ ownSeq: 1, laneId: 'lane-1', changed: [{ id: 'fo-1', deleted: false }] });
		lose = false;
		await world.clock.pass(60_000);
		expect(await statesOf(device)).toEqual([[1, 'confirmed']]);
	});

	it('is told by a page without documents too, soon after the answer', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		await world.clock.pass(100);
		world.central.publish('site', work(1));
		await world.clock.pass(100);
		world.central.judge(() => ({ position: 1 }));
		await device.record('stage', stage(1));
		await world.clock.pass(1000);
		expect(await statesOf(device)).toEqual([[1, 'confirmed']]);
	});

	it('comes back into the projection when a restored backup has lost it, until it is sent again', async () => {
		const world = newWorld();
		const { device, events } = await startWorkingDevice(world);
		for (let number = 1; number <= 3; number++) await device.record('stage', stage(number));
		await world.clock.pass(40_000);
		expect((await statesOf(device)).map(([, state]) => state)).toEqual(Array(3).fill('confirmed'));
		events.splice(0);
		world.central.restore(1, 'e2');
		await world.clock.pass(60_000);
		const order = events.flatMap((event) =>
			event.kind === 'swapped'
				? ['swapped']
				: event.kind === 'operations'
					? event.operations.map((each) => each.state)
					: [],
		);
		expect(order.slice(0, 3)).toEqual(['swapped', 'sent', 'sent']);
		expect((await statesOf(device)).map(([, state]) => state)).toEqual(Array(3).fill('confirmed'));
	});
});
