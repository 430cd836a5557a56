import { v4 } from 'uuid';
import { realClock } from '../../sync-server/clock.ts';
import { promptly } from './event-queue.ts';
import type { Machine } from './machine.ts';
import { type Seeded, seeded } from './seeded.ts';
import { associateOf, pin, skus } from './shop.ts';
import { possibleWork, type Work } from './user-work.ts';
import { tell, type World } from './world.ts';

/** A person at a device does the next thing that makes sense: enrolls it, signs in, or works on what the screen shows. */
export async function doWork(world: World, machine: Machine, random: Seeded): Promise<void> {
	const { core } = machine;
	if (core === null || machine.isBusy) return;
	const status = await core.status();
	const { kind } = status.connection;
	if (status.enrolled === null || kind === 'credential' || kind === 'lane_frozen') {
		return enroll(world, machine);
	}
	const isManager = isManagers(world, machine);
	const { signedIn } = status;
	const nowMs = Date.now();
	const isStale = signedIn !== null && Date.parse(signedIn.grantExpiresAt ?? '') < nowMs;
	if (signedIn === null || (isStale && random.chance(0.7))) return signIn(world, machine, isManager);
	if (random.chance(0.02)) {
		tell(world, `${machine.name}: ${signedIn.name} signs out`);
		return void core.signOut().catch(() => undefined);
	}
	const live = machine.window?.live ?? null;
	if (live === null) return;
	const newId = () => v4({ random: random.bytes(16) });
	const left = await promptly(core.rightsLeft(skus));
	const { siteId } = machine;
	const possible = possibleWork(live, { name: signedIn.name, isManager, siteId, left, newId }, random);
	if (possible.length === 0) return;
	await record(world, machine, random.weighted(possible));
	// A fast scanner: the next one before the first is on the disk.
	if (random.chance(0.15)) await record(world, machine, random.weighted(possible));
}

async function record(world: World, machine: Machine, work: Work): Promise<void> {
	tell(world, `${machine.name} (${machine.siteId}) ${work.words}`);
	const recorded = machine.record(work);
	void recorded?.then((result) => {
		if (!result.ok) return void world.trace.push(`${machine.name} not saved: ${result.reason}`);
		const { operation } = result.operation;
		world.figures.operations += 1;
		world.promised.set(operation.opId, { operation, machine });
	});
}

/** Most devices are enrolled, and somebody has signed in, before the story begins. */
export async function openForBusiness(world: World): Promise<void> {
	const random = seeded('opening', world.shape.seed);
	const early = world.machines.filter(() => random.chance(0.85));
	for (const machine of early) await enroll(world, machine);
	await world.queue.passUntil(world.queue.nowMs + 1_000);
	for (const machine of early) await signIn(world, machine, isManagers(world, machine));
	await world.queue.passUntil(world.queue.nowMs + 1_000);
}

const isManagers = ({ machines }: World, machine: Machine) => machines.indexOf(machine) % 3 === 0;

export async function enroll(world: World, machine: Machine): Promise<void> {
	const { core } = machine;
	if (core === null) return;
	world.codes += 1;
	const code = `CODE-${world.codes}`;
	const expiresAt = realClock
		.now()
		.add({ hours: 24 * 365 })
		.toString();
	await world.postgres.db
		.insertInto('enrollment_code')
		.values({ code, site_id: machine.siteId, expires_at: expiresAt })
		.execute();
	tell(world, `${machine.name} is enrolled at ${machine.siteId}`);
	machine.isBusy = true;
	void core
		.enroll(code, machine.name)
		.then(async (result) => {
			if (machine.core !== core) return;
			machine.isBusy = false;
			world.trace.push(`${machine.name} enrolled: ${result.ok ? 'yes' : result.reason}`);
			if (result.ok) await machine.openWindow();
		})
		.catch((error: unknown) => failUnlessPowerless(world, machine, error));
}

async function signIn(world: World, machine: Machine, isManager: boolean): Promise<void> {
	const { core } = machine;
	if (core === null) return;
	tell(world, `${machine.name}: the ${isManager ? 'manager' : 'associate'} signs in`);
	machine.isBusy = true;
	void core
		.signIn(associateOf(machine.siteId, isManager), pin)
		.then((result) => {
			if (machine.core !== core) return;
			machine.isBusy = false;
			world.trace.push(`${machine.name} signed in: ${result.ok ? 'yes' : result.reason}`);
		})
		.catch((error: unknown) => failUnlessPowerless(world, machine, error));
}

function failUnlessPowerless(world: World, machine: Machine, error: unknown): void {
	machine.isBusy = false;
	if (!machine.disk.isPowerless) world.trace.push(`${machine.name}: ${String(error)}`);
}
