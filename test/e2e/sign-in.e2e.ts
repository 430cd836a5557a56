import { storeOf } from './central.ts';
import { expect, test } from './story.ts';

test.describe('signing in', () => {
	const store = storeOf('GLASGOW');

	test('a code that nobody was given enrolls nothing, and says so; nor does one that is used up', async ({
		newDevice,
		server,
	}) => {
		const device = await newDevice();
		const { page } = device;
		await page.goto(server.url);
		await page.getByLabel('Enrollment code').fill('NOBODY-9');
		await page.getByLabel('Name of this device').fill('Counter 9');
		await page.getByRole('button', { name: 'Enroll' }).click();
		await expect(page.getByRole('alert')).toContainText('This code is not known');
		await device.enroll(store, 1);
		const second = await newDevice();
		await second.page.goto(server.url);
		await second.page.getByLabel('Enrollment code').fill(store.code(1));
		await second.page.getByLabel('Name of this device').fill('Counter 1 again');
		await second.page.getByRole('button', { name: 'Enroll' }).click();
		await expect(second.page.getByRole('alert')).toContainText('This code has been used');
	});

	test('wrong PINs are counted, the fifth locks, and a reload does not unlock', async ({ newDevice }) => {
		const device = await newDevice();
		const { page } = device;
		await device.enroll(store, 2);
		for (const left of ['4 attempts are left', '3 attempts are left', '2 attempts are left', '1 attempt is left']) {
			await device.tryPin(store, 1, '9999');
			await expect(page.getByRole('alert')).toContainText('Wrong PIN');
			await expect(page.getByRole('alert')).toContainText(left);
		}
		await device.tryPin(store, 1, '9999');
		await expect(page.getByRole('alert')).toContainText('Locked until');
		await page.reload();
		await device.tryPin(store, 1);
		await expect(page.getByRole('alert')).toContainText('Locked until');
		await expect(page.getByRole('navigation', { name: 'Places' })).toBeHidden();
		// The lock is one person's, not the counter's.
		await page.getByRole('button', { name: 'Someone else' }).click();
		await device.signIn(store, 0);
	});

	test('with the server dead, whoever has signed in here can, with the right PIN; who has not is told why not', async ({
		newDevice,
		server,
	}) => {
		const device = await newDevice();
		const { page } = device;
		await device.startWork(store, 3, 0);
		await device.allSent();
		await device.keptOffline();
		await server.kill();
		try {
			await page.getByRole('button', { name: 'Lock' }).click();
			await device.tryPin(store, 0, '9999');
			await expect(page.getByRole('alert')).toContainText('Wrong PIN');
			await device.signIn(store, 0);
			await expect(page.getByText('PIN checked on this device')).toBeVisible();
			await page.reload();
			await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
			await page.getByRole('button', { name: 'Lock' }).click();
			await device.tryPin(store, 2);
			await expect(page.getByRole('alert')).toContainText('Central can’t be asked now');
			await page.getByRole('button', { name: 'Someone else' }).click();
			for (let attempt = 1; attempt <= 5; attempt++) {
				await device.tryPin(store, 0, '9999');
				await expect(page.getByRole('alert')).toContainText(attempt < 5 ? 'Wrong PIN' : 'Locked until');
			}
			await page.reload();
			await device.tryPin(store, 0);
			await expect(page.getByRole('alert')).toContainText('Locked until');
		} finally {
			await server.startAgain();
		}
	});
});
