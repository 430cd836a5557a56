import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import type { Store } from './central.ts';
import { scanKeys } from './scanner-keys.ts';

/** One of the demo's people: 0 and 1 are associates, 2 is the manager, 3 the order desk. */
export type PersonNumber = 0 | 1 | 2 | 3;

export type RailPlace = 'Today' | 'Pick' | 'Pack' | 'Pickup' | 'Return' | 'Orders' | 'Stock' | 'Sync';

const titles: Readonly<Record<RailPlace, string>> = {
	Today: 'Today',
	Pick: 'Pick',
	Pack: 'Pack',
	Pickup: 'Pickup',
	Return: 'Take something back',
	Orders: 'Orders',
	Stock: 'Stock',
	Sync: 'Sync',
};

/** A device of a store: one browser profile, its page, and a USB scanner. Everything is found by roles and words, as people find it. */
export type Device = {
	readonly page: Page;
	readonly context: BrowserContext;
	readonly session: CDPSession;
	/** The connection in words, and how much waits. */
	readonly status: Locator;
	/** The one large answer to the last scan. */
	readonly verdict: Locator;
	/** Opens the app, enrolls the device and signs somebody in. */
	startWork(store: Store, device: 1 | 2 | 3, person?: PersonNumber): Promise<void>;
	enroll(store: Store, device: 1 | 2 | 3): Promise<void>;
	/** Chooses a person on the sign-in screen and types a PIN; the caller looks at the answer. */
	tryPin(store: Store, person: PersonNumber, pin?: string): Promise<void>;
	signIn(store: Store, person?: PersonNumber): Promise<void>;
	/** Reads a barcode with the scanner: fast keys, Enter at the end, no field needed. */
	scan(code: string): Promise<void>;
	goTo(place: RailPlace): Promise<void>;
	/** Waits until the browser keeps the app itself, which takes a second or two after the first opening. */
	keptOffline(): Promise<void>;
	/** Takes the network away, once the browser keeps the app itself. */
	cutOff(): Promise<void>;
	/** Waits until nothing waits for central any more. */
	allSent(): Promise<void>;
	close(): Promise<void>;
};

export async function openDevice(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Device> {
	return deviceOf(
		await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-US', ...options }),
		url,
	);
}

/** @param tab another tab of the same device; else its first */
export async function deviceOf(context: BrowserContext, url: string, tab?: Page): Promise<Device> {
	const page = tab ?? context.pages()[0] ?? (await context.newPage());
	const session = await context.newCDPSession(page);
	const status = page.getByRole('status', { name: 'Connection' });

	const keptOffline = async () => {
		await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
	};
	const enroll = async (store: Store, device: 1 | 2 | 3) => {
		await page.goto(url);
		await page.getByLabel('Enrollment code').fill(store.code(device));
		await page.getByLabel('Name of this device').fill(`Counter ${device}`);
		await page.getByRole('button', { name: 'Enroll' }).click();
		await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
	};
	const tryPin = async (store: Store, person: PersonNumber, pin?: string) => {
		const associate = store.people[person];
		if (associate === undefined) throw new Error(`${store.name} has no person ${person}.`);
		const name = page.getByRole('option', { name: associate.name });
		if (!(await page.getByLabel('PIN', { exact: true }).isVisible())) await name.click();
		await page.getByLabel('PIN', { exact: true }).fill(pin ?? associate.pin);
		await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	};
	const signIn = async (store: Store, person: PersonNumber = 0) => {
		await tryPin(store, person);
		await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
	};
	return {
		page,
		context,
		session,
		status,
		verdict: page.locator('[aria-live="assertive"]'),
		startWork: async (store, device, person = 0) => {
			await enroll(store, device);
			await signIn(store, person);
		},
		enroll,
		tryPin,
		signIn,
		scan: (code) => scanKeys(session, code),
		goTo: async (place) => {
			await page
				.getByRole('navigation', { name: 'Places' })
				.getByRole('link', { name: new RegExp(`^${place}( ?\\d+)?$`) })
				.click();
			await expect(page.getByRole('heading', { level: 1, name: titles[place], exact: true })).toBeVisible();
		},
		keptOffline,
		cutOff: async () => {
			await keptOffline();
			await context.setOffline(true);
		},
		allSent: async () => {
			await expect(status).toContainText('online');
			await expect(status).not.toContainText('waiting');
		},
		close: async () => {
			await context.close();
		},
	};
}
