import type { Machine } from './machine.ts';
import type { Seeded } from './seeded.ts';
import type { World } from './world.ts';

export function startLater(world: World, machine: Machine, random: Seeded): void {
	world.queue.after(random.pick([10, 3_000, 60_000]), () => startMachine(world, machine));
}

/** Starts a machine; one whose power is cut again meanwhile is started once more. */
export async function startMachine(world: World, machine: Machine): Promise<void> {
	try {
		await machine.start();
	} catch (error) {
		if (!machine.disk.isPowerless) throw error;
		machine.stop(0);
		world.queue.after(1_000, () => startMachine(world, machine));
	}
}
