import { describe, expect, it } from 'vitest';
import { memorySecrets, newWorld, stage, startDevice, startWorkingDevice } from './simulated/simulated-device.ts';

const day = 24 * 60 * 60_000;

/** More than a segment of operations, answered; and one more, made so many days later. */
async function deviceWithOldWork(daysLater: number) {
	const world = newWorld();
	const { device } = await startWorkingDevice(world);
	await Promise.all(Array.from({ length: 1500 }, (_, index) => device.record('stage', stage(index))));
	await device.record('stage', stage(1500));
	await world.clock.pass(60_000);
	expect((await device.status()).waiting).toBe(0);
	await device.close();
	await world.clock.pass(daysLater * day);
	const { device: later } = await startDevice(world);
	await later.record('stage', stage(1501));
	await world.clock.pass(60_000);
	await later.close();
	return world;
}

const segments = async ({ disk }: Awaited<ReturnType<typeof deviceWithOldWork>>) =>
	(await disk.list()).filter((name) => !name.includes('acks')).sort();

describe("the lane's journal", () => {
	it('lets answered work go after 30 days, and the lane goes on where it was', async () => {
		const world = await deviceWithOldWork(31);
		expect(await segments(world)).toEqual(['lane-lane-1-000001.log', 'lane-lane-1-000002.log']);
		const { device } = await startDevice(world);
		expect(await segments(world)).toEqual(['lane-lane-1-000002.log']);
		const result = await device.record('stage', stage(1502));
		expect(result.ok && result.operation.operation.seq).toBe(1503);
		await world.clock.pass(60_000);
		await device.close();
		const { device: again } = await startDevice(world);
		expect((await again.status()).waiting).toBe(0);
		expect(world.central.taken.map(({ seq }) => seq)).toEqual(Array.from({ length: 1503 }, (_, index) => index + 1));
		expect(world.central.taken.some(({ type }) => type === 'unreadable_record')).toBe(false);
	});

	it('keeps it for 30 days', async () => {
		const world = await deviceWithOldWork(29);
		await startDevice(world);
		expect(await segments(world)).toHaveLength(2);
	});

	it('keeps everything when only the clock says that 30 days went by', async () => {
		const world = await deviceWithOldWork(1);
		world.clock.setWall(world.clock.wallMs() + 400 * day);
		await startDevice(world);
		expect(await segments(world)).toHaveLength(2);
	});

	it('loses nothing of the lane when the identity is lost after old work went', async () => {
		const world = await deviceWithOldWork(31);
		const { device } = await startDevice(world);
		await device.close();
		const { device: again } = await startWorkingDevice({ ...world, secrets: memorySecrets() });
		const result = await again.record('stage', stage(1502));
		expect(result.ok && result.operation.operation.seq).toBe(1503);
		await world.clock.pass(60_000);
		expect(world.central.taken).toHaveLength(1503);
	});
});
