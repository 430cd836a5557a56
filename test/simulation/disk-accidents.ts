import { noteTaken, readableOperations } from './lost-operations.ts';
import { Machine } from './machine.ts';
import type { Seeded } from './seeded.ts';
import type { SimulatedDisk } from './simulated-disk.ts';
import { startLater, startMachine } from './start-machine.ts';
import { tell, type World } from './world.ts';

const mostMachines = 10;

/** The disk of a machine, with its key or without, is copied into another one, and both go on. */
export async function copyDisk(world: World, machine: Machine, random: Seeded): Promise<void> {
	if (world.machines.length >= mostMachines || machine.core === null || machine.disk.isPowerless) return;
	const name = `device ${world.machines.length + 1}`;
	const hasKey = random.chance(0.5);
	tell(
		world,
		`the disk of ${machine.name} is copied ${hasKey ? 'with its key' : 'without its key'}: the copy is ${name}`,
	);
	world.figures.clones += 1;
	const disk = await machine.disk.copy();
	await noteFork(world, disk);
	const { siteId } = machine;
	const copy = new Machine({ ...world.machineParts, name, siteId, disk, ...(hasKey ? { keyOf: machine.keyOf } : {}) });
	world.machines.push(copy);
	await startMachine(world, copy);
}

/** Somebody puts an older image of its own disk back; what was made since, and is nowhere else, has gone with the disk. */
export async function restoreImage(world: World, machine: Machine, random: Seeded): Promise<void> {
	const images = world.images.get(machine) ?? [];
	if (images.length === 0 || random.chance(0.5)) {
		if (machine.disk.isPowerless) return;
		tell(world, `an image of the disk of ${machine.name} is made`);
		world.images.set(machine, [...images, await machine.disk.copy()]);
		return;
	}
	const image = random.pick(images);
	tell(world, `an older image of its disk is put back into ${machine.name}`);
	world.figures.clones += 1;
	machine.stop(1);
	const before = await readableOperations(machine.disk);
	await noteFork(world, machine.disk);
	await noteFork(world, image);
	machine.putIn(await image.copy());
	await noteTaken(world, before, machine.disk);
	if (random.chance(0.5)) machine.wipeReplica();
	startLater(world, machine, random);
}

/** A byte of the journal changes while the machine is off. */
export async function flipByte(world: World, machine: Machine, random: Seeded): Promise<void> {
	machine.stop(1);
	const before = await readableOperations(machine.disk);
	await noteFork(world, machine.disk);
	const isFlipped = await machine.disk.flip(random.fraction());
	await noteTaken(world, before, machine.disk);
	tell(world, `a byte of the journal of ${machine.name} ${isFlipped ? 'changes' : 'would change'}; it starts again`);
	startLater(world, machine, random);
}

/** From now on the device that is enrolled on this disk may not know what it has promised. */
async function noteFork({ forkedDevices }: World, disk: SimulatedDisk): Promise<void> {
	const identity = JSON.parse((await disk.secrets.read()) ?? '{}') as { enrollment?: { deviceId?: string } };
	if (identity.enrollment?.deviceId !== undefined) forkedDevices.add(identity.enrollment.deviceId);
}
