import type { Page } from 'playwright';
import { storeOf } from './central.ts';
import { handSpeed } from './scanner-keys.ts';
import { expect, test } from './story.ts';

/** Types something into the universal field and presses Enter, as hands do. */
async function typeAnything(page: Page, text: string): Promise<void> {
	await page.keyboard.press('/');
	await expect(page.getByRole('combobox', { name: 'Scan or type anything' })).toBeFocused();
	await page.keyboard.type(text, handSpeed);
	await page.keyboard.press('Enter');
}

test('enrolling, signing in and picking a whole order work with the keyboard alone, without mouse or scanner', async ({
	newDevice,
	central,
	server,
}) => {
	const store = storeOf('EDINBURGH');
	const order = await central.placeOrder({ store, method: 'ship', customer: 'Kay Board', quantities: [2, 1, 1] });
	const { page, status, verdict } = await newDevice();
	const { keyboard } = page;
	const place = (name: string) => page.getByRole('heading', { level: 1, name });

	await test.step('enroll and sign in', async () => {
		await page.goto(server.url);
		await expect(page.getByLabel('Enrollment code')).toBeFocused();
		await keyboard.type(store.code(1), handSpeed);
		await keyboard.press('Tab');
		await keyboard.type('Counter 1', handSpeed);
		await keyboard.press('Enter');
		await expect(place('Sign in')).toBeVisible();
		await keyboard.type(store.people[0]?.name.slice(0, 4) ?? '', handSpeed);
		await keyboard.press('Enter');
		await expect(page.getByLabel('PIN', { exact: true })).toBeFocused();
		await keyboard.type('1111', handSpeed);
		await keyboard.press('Enter');
		await expect(place('Today')).toBeVisible();
	});
	await test.step('go to places by Alt and a number, and through a list by arrows', async () => {
		await keyboard.press('Alt+2');
		await expect(place('Pick')).toBeVisible();
		const list = page.getByRole('listbox', { name: /Orders to pick/ });
		await expect(list).toBeFocused();
		await keyboard.press('ArrowDown');
		await expect(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2');
		await keyboard.press('Enter');
		await expect(place('Pick')).toHaveText(/^Pick \d+$/);
		await keyboard.press('Escape');
		await expect(place('Pick')).toHaveText('Pick');
	});
	await test.step('find the order by its number, pick by typed codes, and report what is missing', async () => {
		await expect(async () => {
			await typeAnything(page, order.number);
			await expect(place(`Order ${order.number}`)).toBeVisible({ timeout: 1000 });
		}).toPass();
		await keyboard.press('Enter');
		await expect(place(`Pick ${order.number}`)).toBeVisible();
		let got = 0;
		for (const { barcode, quantity } of order.products.slice(0, 2)) {
			for (let unit = 0; unit < quantity; unit++) {
				await typeAnything(page, barcode);
				got++;
				await expect(page.getByText(`${got} of 4 units`)).toBeVisible();
			}
		}
		await keyboard.press('F4');
		await expect(page.getByRole('dialog')).toBeVisible();
		await keyboard.press('1');
		await expect(verdict).toContainText('Reported missing');
		await keyboard.press('Enter');
		await expect(place('Pack')).toHaveText(`Pack ${order.number}`);
	});
	await test.step('a key of the next screen, pressed before that screen is there, is not lost', async () => {
		await keyboard.press('Alt+7');
		await expect(place('Stock')).toBeVisible();
		// One task of the page: nothing of the next screen can be there between the two.
		await page.getByRole('option', { name: /^Count/ }).evaluate((option: HTMLElement) => {
			option.click();
			window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F2', cancelable: true }));
		});
		await expect(place('New count')).toBeVisible();
	});
	await expect(status).toContainText('online');
	await expect(status).not.toContainText('waiting');
	const { lines, state } = await central.fulfillmentOrder(order.fulfillmentOrderId);
	expect(state).toBe('picked');
	expect(lines.map(({ quantities }) => [quantities.picked, quantities.short])).toEqual([
		[2, 0],
		[1, 0],
		[0, 1],
	]);
});
