import { describe, expect, it } from 'vitest';
import type { DeviceStatus } from './device-client.ts';
import { type DeviceWorld, newWorld, stage, startDevice, startWorkingDevice } from './simulated/simulated-device.ts';

const minute = 60_000;
const hour = 60 * minute;
const unreachable = { kind: 'unreachable', message: 'no answer' } as const;
const trueStart = Temporal.Instant.from('2026-11-22T18:00:00Z').epochMilliseconds;

/** A world whose server tells the true time, or a demonstration's that is this far behind it. */
function worldWithTime(clockErrorMs: number, clockShiftMs = 0): DeviceWorld & { readonly trueMs: () => number } {
	const trueMs = () => trueStart + world.clock.monotonicMs();
	const serverTime = () => Temporal.Instant.fromEpochMilliseconds(trueMs() - clockShiftMs).toString();
	const world = newWorld({ serverTime, clockShiftMs });
	world.clock.setWall(trueStart + clockErrorMs);
	return { ...world, trueMs };
}

type Started = Awaited<ReturnType<typeof startWorkingDevice>>;

async function occurredAt({ device }: Pick<Started, 'device'>, number: number): Promise<number> {
	const result = await device.record('stage', stage(number));
	if (!result.ok) throw new Error(result.message);
	const { wall, serverOffsetMs } = result.operation.operation.occurredAt;
	expect(wall).toMatch(/Z$/);
	return Temporal.Instant.from(wall).epochMilliseconds + (serverOffsetMs ?? 0);
}

const lastStatus = ({ events }: Pick<Started, 'events'>): DeviceStatus | undefined =>
	events.flatMap((event) => (event.kind === 'status' ? event.status : [])).at(-1);

describe("the device's clock", () => {
	it('may be an hour wrong: the time of what is done is right all the same, and people are told', async () => {
		for (const wrong of [hour, -hour]) {
			const world = worldWithTime(wrong);
			const started = await startWorkingDevice(world);
			await world.clock.pass(5 * minute);
			expect(Math.abs((await occurredAt(started, 1)) - world.trueMs())).toBeLessThan(2000);
			const { clockWarning, serverOffsetMs } = await started.device.status();
			expect(serverOffsetMs).toBe(-wrong);
			expect(clockWarning).toEqual({ kind: 'off', offMs: wrong });
		}
	});

	it('is right enough within two minutes', async () => {
		const world = worldWithTime(minute);
		const { device } = await startWorkingDevice(world);
		await world.clock.pass(minute);
		expect((await device.status()).clockWarning).toBeNull();
	});

	it('may jump back or ahead between two contacts with the server: times stay right, and people are told at once', async () => {
		for (const jump of [-hour, 3 * hour]) {
			const world = worldWithTime(0);
			const started = await startWorkingDevice(world);
			await world.clock.pass(minute);
			world.central.failAlways(unreachable);
			await world.clock.pass(5 * minute);
			const since = lastStatus(started)?.connection;
			world.clock.setWall(world.clock.wallMs() + jump);
			await world.clock.pass(15_000);
			expect(lastStatus(started)).toMatchObject({
				serverOffsetMs: -jump,
				clockWarning: { kind: 'jumped', offMs: jump },
			});
			expect(Math.abs((await occurredAt(started, 1)) - world.trueMs())).toBeLessThan(2000);
			const cutOff = (await started.device.status()).connection;
			if (since?.kind !== 'cut_off' || cutOff.kind !== 'cut_off') throw new Error('the device is cut off');
			expect(cutOff.sinceMs - since.sinceMs).toBe(jump);
			world.central.failAlways(null);
			await world.clock.pass(5 * minute);
			expect((await started.device.status()).clockWarning).toEqual({ kind: 'off', offMs: jump });
		}
	});

	it('that was set right again is warned of no longer once the server was heard', async () => {
		const world = worldWithTime(hour);
		const { device } = await startWorkingDevice(world);
		await world.clock.pass(minute);
		world.clock.setWall(world.trueMs());
		expect((await device.status()).clockWarning).toEqual({ kind: 'jumped', offMs: -hour });
		await world.clock.pass(5 * minute);
		expect(await device.status()).toMatchObject({ clockWarning: null, serverOffsetMs: 0 });
	});

	it('is taken with its last difference after a restart without the server, jumps before that included', async () => {
		const world = worldWithTime(0);
		const { device } = await startWorkingDevice(world);
		await world.clock.pass(minute);
		world.central.failAlways(unreachable);
		world.clock.setWall(world.clock.wallMs() - hour);
		await world.clock.pass(minute);
		await device.close();
		const started = await startDevice(world);
		expect(Math.abs((await occurredAt(started, 1)) - world.trueMs())).toBeLessThan(2000);
	});

	it('of a machine in another time zone is no wrong clock: instants have no zone', async () => {
		const zone = process.env.TZ;
		process.env.TZ = 'Pacific/Auckland';
		try {
			const world = worldWithTime(0);
			const started = await startWorkingDevice(world);
			await world.clock.pass(minute);
			expect(await occurredAt(started, 1)).toBe(world.trueMs());
			expect((await started.device.status()).clockWarning).toBeNull();
		} finally {
			if (zone === undefined) delete process.env.TZ;
			else process.env.TZ = zone;
		}
	});

	it('is not called wrong for a demonstration whose own clock runs days behind', async () => {
		const world = worldWithTime(0, 5 * 24 * hour);
		const { device } = await startWorkingDevice(world);
		await world.clock.pass(minute);
		expect(await device.status()).toMatchObject({ clockWarning: null, serverOffsetMs: -5 * 24 * hour });
	});
});

describe('the sending of a long queue', () => {
	it('is told with how many of how many are answered, until nothing waits', async () => {
		const world = newWorld();
		const { device, events } = await startWorkingDevice(world);
		world.central.failAlways(unreachable);
		for (let number = 1; number <= 50; number++) await device.record('stage', stage(number));
		expect((await device.status()).replay).toBeNull();
		for (let number = 51; number <= 240; number++) await device.record('stage', stage(number));
		expect((await device.status()).replay).toEqual({ done: 0, total: 240 });
		world.central.failAlways(null);
		await world.clock.pass(30_000);
		const told = events.flatMap((event) => (event.kind === 'status' ? (event.status.replay ?? []) : []));
		expect(told.map(({ done }) => done)).toEqual(expect.arrayContaining([100, 200]));
		expect(told.at(-1)?.total).toBe(240);
		expect((await device.status()).replay).toBeNull();
	});
});
