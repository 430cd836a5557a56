import { captureOrder } from '../../sync-server/central/orders/capture-order.ts';
import { expireReservations } from '../../sync-server/central/promising/release-reservation.ts';
import { reserve } from '../../sync-server/central/promising/reserve.ts';
import { balanceAll } from '../../sync-server/central/rights/balance-rights.ts';
import { moveFulfillmentOrder } from '../../sync-server/central/routing/move-fulfillment-order.ts';
import { quietMinutes, readSilentSites } from '../../sync-server/central/routing/silent-sites.ts';
import { realClock } from '../../sync-server/clock.ts';
import { beginEpoch } from '../../sync-server/database/begin-epoch.ts';
import { purgeTombstones } from '../../sync-server/database/purge-tombstones.ts';
import type { Decision } from './decision.ts';
import { doWork } from './device-work.ts';
import { copyDisk, flipByte, restoreImage } from './disk-accidents.ts';
import { excuseTaken } from './lost-operations.ts';
import type { Machine } from './machine.ts';
import { type Seeded, seeded } from './seeded.ts';
import { skus } from './shop.ts';
import { fairWeather } from './simulated-network.ts';
import { startLater } from './start-machine.ts';
import { tell, type World } from './world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Lets one step of the story happen. */
export async function perform(world: World, decision: Decision): Promise<void> {
	const random = seeded('roll', decision.roll);
	const machine = world.machines[decision.whose % world.machines.length];
	if (machine === undefined) return;
	world.figures.steps += 1;
	switch (decision.kind) {
		case 'work':
			return doWork(world, machine, random);
		case 'capture':
			return capture(world, random);
		case 'wait': {
			const ms = random.pick([5_000, 30_000, 90_000, 5 * minute]);
			tell(world, `${ms / 1000} s pass`);
			return world.queue.passUntil(world.queue.nowMs + ms);
		}
		case 'weather':
			return changeWeather(world, machine, random);
		case 'cut_off':
			return cutOff(world, [machine], random, machine.name);
		case 'cut_site': {
			const { siteId } = machine;
			return cutOff(
				world,
				world.machines.filter((each) => each.siteId === siteId),
				random,
				`all of ${siteId}`,
			);
		}
		case 'kill':
			tell(world, `the app of ${machine.name} is killed and started again`);
			machine.stop(1);
			return startLater(world, machine, random);
		case 'power_cut':
			return cutPower(world, machine, random);
		case 'full_disk': {
			tell(world, `the disk of ${machine.name} is full for a while`);
			const { disk } = machine;
			disk.fill(true);
			world.queue.after(random.between(100, 60_000), () => disk.fill(false));
			return;
		}
		case 'wipe_replica':
			tell(world, `the replica of ${machine.name} is lost; it starts again`);
			machine.stop(1);
			machine.wipeReplica();
			return startLater(world, machine, random);
		case 'clock': {
			machine.clockErrorMs = random.pick([0, 0, 60 * minute, -60 * minute, -3 * minute, 400 * minute, -day]);
			return tell(world, `the clock of ${machine.name} is set ${machine.clockErrorMs / minute} minutes off`);
		}
		case 'outage': {
			const ms = random.pick([500, 5_000, 60_000]);
			tell(world, `central is down for ${ms / 1000} s`);
			return restartCentral(world, ms);
		}
		case 'crash': {
			const point = random.chance(0.3)
				? ({ kind: 'before_answer' } as const)
				: ({ kind: 'at_statement', statements: random.between(0, 14) } as const);
			const when = point.kind === 'at_statement' ? `statement ${point.statements} of` : 'the answer to';
			tell(world, `central will be killed at ${when} a request`);
			return world.central.crashAt(point);
		}
		case 'back_up':
			tell(world, 'central is backed up');
			await world.postgres.backUp();
			world.hasBackup = true;
			return;
		case 'restore':
			return restore(world);
		case 'leap': {
			const days = random.pick([1, 3, 8, 31]);
			tell(world, `everybody sleeps for ${days} days`);
			return world.queue.leap(days * day);
		}
		case 'move':
			return move(world, random);
		case 'balance':
			await changeDemand(world, random);
			return balance(world);
		case 'reserve':
			return reserveForChannel(world, random);
		case 'copy_disk':
			return copyDisk(world, machine, random);
		case 'disk_image':
			return restoreImage(world, machine, random);
		case 'flip_byte':
			return flipByte(world, machine, random);
		case 'lose_key':
			tell(world, `${machine.name} loses its key and starts again`);
			machine.stop(1);
			machine.keys.lose();
			return startLater(world, machine, random);
		case 'lose_identity':
			tell(world, `${machine.name} loses its identity and starts again`);
			machine.stop(1);
			machine.disk.loseSecrets();
			return startLater(world, machine, random);
		case 'new_schema':
			tell(world, `${machine.name} gets another version of the app, with another schema`);
			machine.stop(1);
			machine.release = null;
			machine.replica.changeSchema();
			return startLater(world, machine, random);
		case 'old_app':
			machine.stop(1);
			machine.release = random.pick([1, 2]);
			tell(world, `${machine.name} has an app of release ${machine.release}`);
			return startLater(world, machine, random);
		case 'damage_replica':
			tell(world, `the replica of ${machine.name} is damaged; it starts again`);
			machine.stop(1);
			machine.replica.damage();
			return startLater(world, machine, random);
		case 'purge': {
			if (!world.central.isUp) return;
			tell(world, '91 days pass, and old tombstones are deleted');
			world.queue.leap(91 * day);
			await purgeTombstones({ db: world.postgres.db, clock: realClock });
			return;
		}
	}
}

async function capture(world: World, random: Seeded): Promise<void> {
	if (!world.central.isUp) return;
	const method = random.pick(['ship', 'pickup'] as const);
	const siteId = random.pick(world.siteIds);
	const wish = method === 'pickup' ? { siteId } : {};
	const count = random.between(1, 2);
	const first = random.below(skus.length);
	const lines = Array.from({ length: count }, (_, index) => ({
		sku: skus[(first + index) % skus.length] ?? 'A',
		quantity: random.between(1, 3),
	}));
	const captured = await captureOrder(
		world.postgres.db,
		{
			channel: 'web',
			externalId: `order ${world.trace.length}`,
			method,
			currency: 'GBP',
			customer: { name: 'Anna Bell', email: 'anna@example.com' },
			shipTo: { line1: '1 Mill Lane', town: 'York', postalCode: 'YO1', country: 'GB', lat: 53.96, lon: -1.08 },
			lines,
			...wish,
		},
		{ now: realClock.now(), findPlace: ({ lat, lon }) => ({ lat: lat ?? 0, lon: lon ?? 0 }) },
	);
	const what = lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ');
	const number = captured.captured ? captured.order.number : captured.fault.error;
	tell(world, `order ${number} comes in: ${what}, ${method}${method === 'pickup' ? ` at ${siteId}` : ''}`);
	await world.central.tell();
}

/** Now and then a counter sells more than before, or nothing any more, so that rights grow and are asked back. */
async function changeDemand({ siteIds, postgres: { db } }: World, random: Seeded): Promise<void> {
	const siteId = random.pick(siteIds);
	if (!random.chance(0.5)) return;
	const units = random.pick([0, 0, 6, 20]);
	await db.updateTable('own_demand').set({ units }).where('site_id', '=', siteId).where('device_id', '=', '').execute();
}

/** What central's own jobs do every now and then. */
export async function balance(world: World): Promise<void> {
	if (!world.central.isUp) return;
	const context = { db: world.postgres.db, clock: realClock };
	const ended = await expireReservations(context);
	const changed = await balanceAll(context);
	tell(world, `central ends ${ended} reservations, gives rights out and asks for them back: ${changed} have changed`);
	await world.central.tell();
}

/** A customer of the web shop pays, or leaves it. */
async function reserveForChannel(world: World, random: Seeded): Promise<void> {
	if (!world.central.isUp) return;
	const { db } = world.postgres;
	const sites = async () =>
		(await db.selectFrom('site').select('body').orderBy('id').execute()).map(({ body }) => body);
	const quiet = async () => readSilentSites(db, await sites(), realClock.now().toString(), quietMinutes);
	const findPlace = () => ({ lat: 53, lon: -1 });
	const line = { sku: random.pick(skus), quantity: random.between(1, 3) };
	const result = await reserve(
		{ db, clock: realClock, findPlace, sites, quiet },
		{ channel: 'web', externalId: `basket ${world.trace.length}`, method: 'ship', partial: true, lines: [line] },
	);
	const how = result.reserved ? `at ${result.reservation.siteId}` : result.fault.error;
	tell(world, `the web shop wants to keep ${line.quantity} × ${line.sku}: ${how}`);
	await world.central.tell();
}

async function move(world: World, random: Seeded): Promise<void> {
	if (!world.central.isUp) return;
	const { db } = world.postgres;
	const open = await db.selectFrom('fulfillment_order').select(['id', 'body', 'site_id']).orderBy('id').execute();
	const movable = open.filter(({ body }) => ['assigned', 'picking', 'picked', 'declined'].includes(body.state));
	const others = (siteId: string) => world.siteIds.filter((each) => each !== siteId);
	const chosen = movable[random.below(movable.length)];
	if (chosen === undefined || others(chosen.site_id).length === 0) return;
	const siteId = random.pick(others(chosen.site_id));
	const request = { siteId, evenIfStarted: random.chance(0.6) };
	const result = await moveFulfillmentOrder({ db, clock: realClock }, chosen.id, request);
	if (result.moved) world.figures.moves += 1;
	const how = result.moved ? `as ${result.fulfillmentOrder.number}` : `: ${result.problem.error}`;
	tell(world, `central moves ${chosen.body.number} to ${siteId} ${how}`);
	await world.central.tell();
}

function changeWeather(world: World, machine: Machine, random: Seeded): void {
	const some = () => (random.chance(0.5) ? random.fraction() * 0.6 : 0);
	const weather = { lost: some(), answerLost: some(), doubled: some(), late: some(), cut: false };
	const ms = random.pick([5_000, 60_000, 10 * minute]);
	const words = Object.entries(weather).flatMap(([name, much]) =>
		typeof much === 'number' && much > 0 ? `${name} ${much.toFixed(2)}` : [],
	);
	tell(world, `the network of ${machine.name} is bad for ${ms / 1000} s (${words.join(', ') || 'not at all'})`);
	machine.weather = weather;
	world.queue.after(ms, () => {
		if (machine.weather === weather) machine.weather = fairWeather;
	});
}

function cutOff(world: World, machines: readonly Machine[], random: Seeded, who: string): void {
	const ms = random.pick([2_000, 30_000, 5 * minute, 60 * minute]);
	tell(world, `${who} is cut off for ${ms / 1000} s`);
	const cut = { ...fairWeather, cut: true };
	for (const machine of machines) machine.weather = cut;
	world.queue.after(ms, () => {
		for (const machine of machines) if (machine.weather === cut) machine.weather = fairWeather;
	});
}

function cutPower(world: World, machine: Machine, random: Seeded): void {
	const [steps, part, kept] = [random.below(5), random.fraction(), random.pick([0, 0.3, 0.7, 1])];
	tell(world, `${machine.name} will lose its power at its disk's step ${steps} (${kept} of the unflushed is kept)`);
	const { disk } = machine;
	disk.cutPowerAt(steps, part);
	const look = async () => {
		if (machine.disk !== disk) return;
		if (!disk.isPowerless) return void world.queue.after(50, look);
		world.figures.powerCuts += 1;
		world.trace.push(`${machine.name} has no power`);
		machine.stop(kept);
		startLater(world, machine, random);
	};
	world.queue.after(50, look);
}

function restartCentral(world: World, ms: number): void {
	world.central.crash();
	world.queue.after(ms, () => world.central.start());
}

async function restore(world: World): Promise<void> {
	if (!world.hasBackup) return;
	tell(world, "central's last backup is restored: a new epoch");
	world.central.crash();
	await world.postgres.restore();
	world.epoch = await beginEpoch(world.postgres.db);
	world.figures.restores += 1;
	await excuseTaken(world);
	await world.central.start();
}
