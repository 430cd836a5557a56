import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enroll, openForBusiness } from './device-work.ts';
import { copyDisk, flipByte } from './disk-accidents.ts';
import { EventQueue } from './event-queue.ts';
import { checkExactlyOnce, comeToRest } from './final-checks.ts';
import { readableOperations } from './lost-operations.ts';
import { beginningMs, type Machine } from './machine.ts';
import { type MemoryPostgres, openMemoryPostgres } from './memory-postgres.ts';
import { ownProcess } from './owned-process.ts';
import { perform } from './perform.ts';
import { type Seeded, seeded } from './seeded.ts';
import { openWorld, type World } from './world.ts';

let postgres: MemoryPostgres;
beforeAll(async () => {
	postgres = await openMemoryPostgres();
}, 120_000);
afterAll(() => postgres.close());

/** A device at work, until central has answered a first sale; backed up before a second one that is answered too. */
async function withTwoSales(tell: (world: World, machine: Machine, sales: readonly string[]) => Promise<void>) {
	const queue = new EventQueue();
	const seed = 1;
	await ownProcess(
		seed,
		() => beginningMs + queue.nowMs,
		async () => {
			const world = await openWorld({ seed, devices: 1, sites: 1, steps: 0 }, postgres, queue, null);
			const [machine] = world.machines;
			if (machine === undefined) throw new Error('The world has no machine.');
			await openForBusiness(world);
			const first = await sell(world, machine);
			await happen(world, 'back_up');
			const second = await sell(world, machine);
			try {
				await tell(world, machine, [first, second]);
			} finally {
				for (const each of world.machines) each.stop(1);
				await world.central.close();
			}
		},
	);
}

async function sell(world: World, machine: Machine): Promise<string> {
	const payload = {
		saleId: `0197${world.promised.size}000-0000-7000-8000-000000000000`,
		lines: [{ sku: 'A', quantity: 1 }],
		rights: [],
	};
	const recorded = machine.record({ type: 'sell', payload, words: 'sells 1 × A' });
	await world.queue.passUntil(world.queue.nowMs + 30_000);
	const result = await recorded;
	if (!result?.ok) throw new Error(`Nothing was sold: ${result?.reason}`);
	const { operation } = result.operation;
	world.promised.set(operation.opId, { operation, machine });
	return operation.opId;
}

const happen = (world: World, kind: 'back_up' | 'restore') => perform(world, { afterMs: 0, kind, whose: 0, roll: 0 });

/** A byte of this operation's record changes. */
async function damage(world: World, machine: Machine, opId: string): Promise<void> {
	for (let place = 0; place < 1; place += 0.001) {
		const tried = await machine.disk.copy();
		await tried.flip(place);
		if ((await readableOperations(tried)).has(opId)) continue;
		const random: Seeded = { ...seeded('damage'), fraction: () => place };
		await flipByte(world, machine, random);
		return;
	}
	throw new Error('No byte of the operation was found.');
}

const forget = async (world: World, opId: string) =>
	void (await world.postgres.db.deleteFrom('operation').where('op_id', '=', opId).execute());
const isAtCentral = async (world: World, opId: string) =>
	(await world.postgres.db.selectFrom('operation').select('op_id').where('op_id', '=', opId).execute()).length === 1;

describe('an operation may be missing', () => {
	it('when its record was damaged and the restored backup lacks it', async () => {
		await withTwoSales(async (world, machine, [first = '', second = '']) => {
			await damage(world, machine, second);
			await happen(world, 'restore');
			await comeToRest(world);
			expect([await isAtCentral(world, first), await isAtCentral(world, second)]).toEqual([true, false]);
			await checkExactlyOnce(world);
		});
	});

	it('when the restored backup lacked it before its record was damaged', async () => {
		await withTwoSales(async (world, machine, [, second = '']) => {
			machine.stop(1);
			await happen(world, 'restore');
			await damage(world, machine, second);
			await comeToRest(world);
			expect(await isAtCentral(world, second)).toBe(false);
			await checkExactlyOnce(world);
		});
	});
});

describe('an operation may not be missing', () => {
	it('when its record was damaged, but the restored backup has it', async () => {
		await withTwoSales(async (world, machine, [first = '']) => {
			await damage(world, machine, first);
			await happen(world, 'restore');
			await comeToRest(world);
			await checkExactlyOnce(world);
			await forget(world, first);
			await expect(checkExactlyOnce(world)).rejects.toMatchObject({ invariant: 'exactly_once' });
		});
	});

	it('when the restored backup lacks it, but another operation’s record was damaged', async () => {
		await withTwoSales(async (world, machine, [first = '', second = '']) => {
			await damage(world, machine, first);
			await happen(world, 'restore');
			await comeToRest(world);
			expect(await isAtCentral(world, second)).toBe(true);
			await forget(world, second);
			await expect(checkExactlyOnce(world)).rejects.toMatchObject({ invariant: 'exactly_once' });
		});
	});

	it('when all machines that have it left the lane in which it was answered', async () => {
		await withTwoSales(async (world, machine, [, second = '']) => {
			await copyDisk(world, machine, seeded('with its key', 1));
			// Both go on in one lane, which is frozen; each gets another one.
			for (const each of world.machines) await sell(world, each);
			for (const each of world.machines) {
				await enroll(world, each);
				await world.queue.passUntil(world.queue.nowMs + 60_000);
			}
			await happen(world, 'restore');
			await comeToRest(world);
			expect(await isAtCentral(world, second)).toBe(true);
			await checkExactlyOnce(world);
		});
	});

	it('when it was damaged on one disk, and another has a copy', async () => {
		await withTwoSales(async (world, machine, [, second = '']) => {
			await copyDisk(world, machine, seeded('with its key', 1));
			await damage(world, machine, second);
			await happen(world, 'restore');
			await comeToRest(world);
			expect(await isAtCentral(world, second)).toBe(true);
			await forget(world, second);
			await expect(checkExactlyOnce(world)).rejects.toMatchObject({ invariant: 'exactly_once' });
		});
	});
});
