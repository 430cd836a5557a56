import { describe, expect, it } from 'vitest';
import { newWorld, startDevice, startWorkingDevice } from './simulated/simulated-device.ts';

const unreachable = { kind: 'unreachable', message: 'no answer' } as const;

async function deviceWithoutCentral() {
	const world = newWorld();
	const { device } = await startWorkingDevice(world);
	await device.signOut();
	world.central.failAlways(unreachable);
	return { world, device };
}

describe('signing in', () => {
	it('lets central decide when it can be asked', async () => {
		const world = newWorld();
		const { device } = await startDevice(world);
		await device.enroll('GOOD-CODE', 'Counter 1');
		expect(await device.signIn('ada', '9999')).toMatchObject({ ok: false, reason: 'wrong_pin', attemptsLeft: 4 });
		expect(await device.signIn('ada', '1234')).toMatchObject({ ok: true, signedIn: { checkedByCentral: true } });
	});

	it('works without central for who has signed in here before, and for nobody else', async () => {
		const { device } = await deviceWithoutCentral();
		expect(await device.signIn('ada', '1234')).toMatchObject({
			ok: true,
			signedIn: { name: 'Ada', checkedByCentral: false, grantExpiresAt: '2026-11-29T18:00:00Z' },
		});
		expect(await device.signIn('bob', '1234')).toMatchObject({ ok: false, reason: 'never_signed_in_here' });
	});

	it('locks after five wrong PINs for a minute, and then twice as long each time', async () => {
		const { world, device } = await deviceWithoutCentral();
		const answers = [];
		for (let attempt = 0; attempt < 5; attempt++) answers.push(await device.signIn('ada', '0000'));
		expect(answers.map((answer) => !answer.ok && [answer.reason, answer.attemptsLeft])).toEqual([
			['wrong_pin', 4],
			['wrong_pin', 3],
			['wrong_pin', 2],
			['wrong_pin', 1],
			['locked', 0],
		]);
		const lockedUntilMs = world.clock.wallMs() + 60_000;
		expect(await device.signIn('ada', '1234')).toMatchObject({ ok: false, reason: 'locked', lockedUntilMs });
		await world.clock.pass(60_001);
		expect(await device.signIn('ada', '0000')).toMatchObject({ lockedUntilMs: world.clock.wallMs() + 120_000 });
		await world.clock.pass(60_001);
		expect(await device.signIn('ada', '1234')).toMatchObject({ ok: false, reason: 'locked' });
		await world.clock.pass(60_000);
		expect(await device.signIn('ada', '1234')).toMatchObject({ ok: true });
	});

	it('stays locked over a restart, and when central is back', async () => {
		const { world, device } = await deviceWithoutCentral();
		for (let attempt = 0; attempt < 5; attempt++) await device.signIn('ada', '0000');
		await device.close();
		world.central.failAlways(null);
		const { device: again } = await startDevice(world);
		expect(await again.signIn('ada', '1234')).toMatchObject({ ok: false, reason: 'locked' });
	});

	it('does not lock anybody out for years when the clock is set back', async () => {
		const { world, device } = await deviceWithoutCentral();
		for (let attempt = 0; attempt < 5; attempt++) await device.signIn('ada', '0000');
		world.clock.setWall(world.clock.wallMs() - 5 * 365 * 86_400_000);
		const answer = await device.signIn('ada', '1234');
		expect(!answer.ok && (answer.lockedUntilMs ?? 0) - world.clock.wallMs()).toBeLessThanOrEqual(86_400_000);
	});

	it('forgets nothing of the journal when somebody signs out', async () => {
		const world = newWorld();
		const { device } = await startWorkingDevice(world);
		await device.record('stage', { fulfillmentOrderId: 'fo-1', orderId: 'order-1', location: 'A-1' });
		await device.signOut();
		expect(await device.operations(10)).toHaveLength(1);
		expect((await device.status()).signedIn).toBeNull();
	});
});
