import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, protocol, safeStorage, session } from 'electron';
import { answerFromDisk, appScheme } from './app-files.ts';
import { type DeviceHost, openDeviceHost } from './device-host.ts';
import type { Keychain } from './secret-file.ts';
import { guardPermissions, openWindow, servePages } from './window.ts';

const here = dirname(fileURLToPath(import.meta.url));
const say = (line: string): void => console.error(line);
let host: DeviceHost | null = null;

/** What must be set before Electron is ready, and then the steps to the first window, in order. */
const bootPlan: readonly { readonly name: string; readonly run: () => Promise<void> | void }[] = [
	{
		name: 'serve the app from disk',
		run: () => protocol.handle(appScheme, (request) => answerFromDisk(join(here, 'renderer'), request)),
	},
	{ name: 'guard the permissions', run: () => guardPermissions(session.defaultSession) },
	{
		name: 'open the device',
		run: async () => {
			host = await openDeviceHost({
				dataFolder: join(app.getPath('userData'), 'device'),
				serverAddress: (process.env.BACKSTOCK_SERVER ?? 'http://localhost:7420').replace(/\/+$/, ''),
				keychain: keychain(),
				say,
			});
			servePages(host);
		},
	},
	{ name: 'open the window', run: showWindow },
];

app.setName('Backstock');
const ownFolder = process.env.BACKSTOCK_SHELL_DATA;
if (ownFolder) app.setPath('userData', ownFolder);
protocol.registerSchemesAsPrivileged([
	{
		scheme: appScheme,
		privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true },
	},
]);

// A second core would open the same journal: there is one instance, and a second start shows its window.
if (app.requestSingleInstanceLock()) {
	app.on('second-instance', () => void showWindow());
	app.on('activate', () => void showWindow());
	app.on('window-all-closed', () => app.quit());
	app.on('will-quit', () => void host?.close());
	// Not awaited here: Electron becomes ready only after this module has been evaluated.
	void app.whenReady().then(boot);
} else {
	app.quit();
}

async function boot(): Promise<void> {
	for (const { name, run } of bootPlan) {
		try {
			await run();
		} catch (error) {
			say(`Backstock can't ${name}: ${String(error)}`);
			app.exit(1);
			return;
		}
	}
}

async function showWindow(): Promise<void> {
	const [open] = BrowserWindow.getAllWindows();
	if (open === undefined) return void (await openWindow(join(here, 'preload.cjs')));
	if (open.isMinimized()) open.restore();
	open.focus();
}

/** Where Linux has no keychain, Electron would encrypt with a fixed word: that counts as none. */
function keychain(): Keychain | null {
	const isReal = process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
	if (!isReal || !safeStorage.isEncryptionAvailable()) return null;
	return {
		encrypt: (text) => new Uint8Array(safeStorage.encryptString(text)),
		decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
	};
}
