import { type BrowserContext, expect } from 'playwright/test';
import { storeOf } from './central.ts';
import { type Device, openDevice } from './device.ts';
import { test } from './story.ts';
import { openPick, pickUnits } from './work.ts';

const hourMs = 3_600_000;

/** Runs before anything of the app, in its pages and in its workers: every clock of the device is so far ahead. */
const turnClocks = (aheadMs: number) => `{
	const now = Date.now.bind(Date);
	const RealDate = Date;
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, args) => new target(...(args.length === 0 ? [now() + ${aheadMs}] : args)),
		get: (target, name) => (name === 'now' ? () => now() + ${aheadMs} : Reflect.get(target, name)),
	});
	const instant = Temporal.Now.instant.bind(Temporal.Now);
	Temporal.Now.instant = () => instant().add({ milliseconds: ${aheadMs} });
}
`;

async function turnDeviceClock(context: BrowserContext, aheadMs: number): Promise<void> {
	await context.addInitScript(turnClocks(aheadMs));
	await context.route(/\/assets\/[\w-]*worker[\w-]*\.js$/, async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: turnClocks(aheadMs) + (await response.text()) });
	});
}

for (const [name, place, aheadMs, words] of [
	['ahead', 'LONDON-W1H', hourMs, /clock is 1 hr ahead; times shown here follow the server/],
	['behind', 'HALESOWEN', -hourMs, /clock is 1 hr behind; times shown here follow the server/],
] as const) {
	test(`a device whose clock is an hour ${name}, set to another time zone, says so, shows promised times as the site does, and its work is told with the right time`, async ({
		browser,
		newDevice,
		central,
		server,
	}) => {
		const store = storeOf(place);
		const order = await central.placeOrder({ store, method: 'ship', customer: `Cleo ${name}`, quantities: [1] });
		const right = await newDevice();
		await right.startWork(store, 1);
		const wrong = await openDevice(browser, server.url, {
			timezoneId: 'America/Los_Angeles',
			// It would keep the worker's file, and nothing could be put before it.
			serviceWorkers: 'block',
		});
		try {
			await turnDeviceClock(wrong.context, aheadMs);
			await wrong.startWork(store, 2);
			await expect(wrong.page.getByText(words).first()).toBeVisible({ timeout: 30_000 });
			await expect(right.page.getByText(/times shown here follow the server/)).toHaveCount(0);

			const timesOn = async (device: Device) => {
				await device.goTo('Orders');
				await device.scan(order.receipt);
				await expect(device.page.getByRole('heading', { name: `Order ${order.number}` })).toBeVisible();
				const words = await device.page.getByRole('main').ariaSnapshot();
				return words.split('\n').filter((line) => /\d\d:\d\d/.test(line));
			};
			const times = await timesOn(right);
			expect(times.length).toBeGreaterThan(0);
			expect(await timesOn(wrong)).toEqual(times);

			await openPick(wrong, order);
			await pickUnits(wrong, order.products);
			await wrong.allSent();
			const [taken] = await server.query<{ off: number }>(
				`SELECT extract(epoch FROM received_at - ((body->'occurredAt'->>'wall')::timestamptz
					+ make_interval(secs => (body->'occurredAt'->>'serverOffsetMs')::float8 / 1000)))::float8 AS off
				 FROM operation WHERE type = 'pick' AND body->'payload'->>'orderId' = $1`,
				[order.id],
			);
			expect(Math.abs(taken?.off ?? Number.NaN)).toBeLessThan(60);
			const { timeline } = await central.order(order.number);
			const placed = Temporal.Instant.from(timeline[0]?.at ?? '');
			const told = timeline.map(({ at }) => Temporal.Instant.from(at));
			for (const time of told) expect(Math.abs(time.since(placed).total('minutes'))).toBeLessThan(10);
		} finally {
			await wrong.close();
		}
	});
}
