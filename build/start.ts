import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { claimDataFolder } from '../sync-server/database/data-folder-claim.ts';
import { openDatabaseServer } from '../sync-server/database/embedded-postgres.ts';
import { startServer } from '../sync-server/main.ts';
import { openBrowser, openShell } from './open-app.ts';
import { dataFolder, words } from './project.ts';
import { buildRenderer, rendererFolders } from './renderer-build.ts';

const defaultPort = 7420;
const log = (line: string) => console.log(line);

/** What has been started, to be stopped in the reverse order. */
const stops: { readonly what: string; readonly stop: () => Promise<void> | void }[] = [];
const ending = new AbortController();

async function start(): Promise<void> {
	const port = chosenPort();
	const data = dataFolder();
	mkdirSync(data, { recursive: true });
	const claim = await claimDataFolder(data);
	if (!claim.claimed) {
		const where = claim.address ? `at ${claim.address}` : '(it is just starting)';
		throw new Error(`Backstock already runs ${where}, on the data in ${data}, as process ${claim.processId}.`);
	}
	stops.push({ what: 'the data folder', stop: claim.release });
	await refuseTakenPort(port);

	log(process.env.DATABASE_URL ? 'Looking at the PostgreSQL of DATABASE_URL …' : 'Starting PostgreSQL …');
	const database = await openDatabaseServer({ dataFolder: data, databaseUrl: process.env.DATABASE_URL, log });
	stops.push({ what: 'PostgreSQL', stop: database.stop });
	if (ending.signal.aborted) return;

	await buildRenderer('browser', { log, signal: ending.signal });
	if (ending.signal.aborted) return;

	const server = await startServer({
		databaseUrl: database.url,
		port,
		dataFolder: data,
		rendererFolder: rendererFolders.browser,
		log,
		...routingSetting(),
	});
	stops.push({ what: 'the server', stop: server.stop });
	if (ending.signal.aborted) return;

	const address = `http://localhost:${new URL(server.url).port || port}`;
	claim.announce(address);
	log(`Backstock is ready: ${address}`);
	if (process.env.BACKSTOCK_HEADLESS) return;
	await openWindow(address);
}

/** How often orders are routed anew, as the environment says it. */
function routingSetting(): { readonly routingEveryMinutes?: number } {
	const setting = process.env.BACKSTOCK_ROUTING_MINUTES;
	if (setting === undefined || setting === '') return {};
	const minutes = Number(setting);
	if (!(minutes >= 0 && minutes <= 24 * 60)) {
		throw new Error(`BACKSTOCK_ROUTING_MINUTES is "${setting}". Give minutes from 0 (only when asked) to 1440.`);
	}
	return { routingEveryMinutes: minutes };
}

async function openWindow(address: string): Promise<void> {
	const shell = await openShell(address, log, ending.signal);
	if (ending.signal.aborted && 'missing' in shell) return;
	if ('window' in shell) {
		const { window } = shell;
		stops.push({ what: 'the window', stop: () => closeWindow(window) });
		window.once('exit', () => log(`The window was closed; Backstock still serves ${address}. Ctrl-C stops it.`));
		return;
	}
	log(`No Electron window: ${shell.missing}. The same app opens in the browser.`);
	if (!(await openBrowser(address))) log(`No browser could be opened here either: open ${address} yourself.`);
}

function closeWindow(window: ChildProcess): Promise<void> {
	return new Promise((done) => {
		if (window.exitCode !== null || window.signalCode !== null) return done();
		window.removeAllListeners('exit');
		const force = setTimeout(() => window.kill('SIGKILL'), 5000);
		window.once('exit', () => {
			clearTimeout(force);
			done();
		});
		window.kill('SIGTERM');
	});
}

function chosenPort(): number {
	const chosen = process.env.PORT;
	if (chosen === undefined || chosen === '') return defaultPort;
	const port = Number(chosen);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error(`PORT must be a number from 0 to 65535, not "${chosen}".`);
	return port;
}

/** Asked before anything is built or migrated, so that the answer comes at once. */
function refuseTakenPort(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				new Error(
					error.code === 'EADDRINUSE'
						? `Port ${port} is taken by another program. End it, or choose another port: PORT=${port + 1} npm start`
						: `Port ${port} can't be used (${error.code}). Choose another one: PORT=8420 npm start`,
				),
			),
		);
		probe.listen(port, () => probe.close(() => resolve()));
	});
}

async function stopAll(): Promise<boolean> {
	let clean = true;
	for (const { what, stop } of stops.splice(0).reverse()) {
		try {
			await stop();
		} catch (error) {
			clean = false;
			console.error(`Could not stop ${what}: ${words(error)}`);
		}
	}
	return clean;
}

const started = start().catch(async (error: unknown) => {
	// What breaks because everything is being stopped is not worth a word.
	if (ending.signal.aborted) return;
	console.error(process.env.DEBUG ? error : words(error));
	await stopAll();
	process.exit(1);
});

async function end(): Promise<void> {
	if (ending.signal.aborted) return;
	ending.abort();
	log('\nStopping …');
	// A step that is under way ends soon by itself; a long one is cut off by stopping the database under it.
	await Promise.race([started, new Promise((resolve) => setTimeout(resolve, 3000))]);
	const clean = await stopAll();
	log('Stopped. All data is kept.');
	process.exit(clean ? 0 : 1);
}

process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());
process.on('SIGHUP', () => void end());

// npm hands a SIGTERM to its shell only, which dies without passing it on: an orphan must not go on serving.
if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) void end();
	}, 500).unref();
}
