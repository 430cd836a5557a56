import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { packageProgram, words } from './project.ts';
import { runProgram } from './run-program.ts';

const playwrightDownloadMs = 5 * 60_000;
const debianInstallMs = 15 * 60_000;
/** The one without windows comes first: all that the tests see is the same, and it takes a third less of the processor. */
const usualPlaces = [
	'/usr/bin/chromium-headless-shell',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];
/** Older Debians have no package of the first. */
const debianPackages = ['chromium-headless-shell', 'chromium'];

/** Silences what Chromium does by itself over the network; as root it can't use its sandbox. */
export const chromiumFlags: readonly string[] = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The Chromium that is on this machine: BACKSTOCK_CHROMIUM, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
	const chosen = process.env.BACKSTOCK_CHROMIUM;
	if (chosen) {
		if (!existsSync(chosen)) throw new Error(`BACKSTOCK_CHROMIUM names ${chosen}, and there is nothing.`);
		return chosen;
	}
	return [chromium.executablePath(), ...usualPlaces].find((path) => existsSync(path));
}

/** Finds Chromium or installs it: Playwright's own, else Debian's package. */
export async function ensureChromium(log: (line: string) => void): Promise<string> {
	const there = findChromium();
	if (there !== undefined) return there;

	log('There is no Chromium: installing the one that Playwright brings …');
	await runProgram(packageProgram('playwright'), ['install', 'chromium'], { timeoutMs: playwrightDownloadMs });
	const downloaded = findChromium();
	// A download without the system libraries that it needs does not start.
	if (downloaded !== undefined && (await starts(downloaded))) return downloaded;

	const asRoot = process.getuid?.() === 0;
	const mayInstall = asRoot || (await runProgram('sudo', ['-n', 'true'])).exitCode === 0;
	if (existsSync('/usr/bin/apt-get') && mayInstall) {
		log("Installing Debian's Chromium …");
		const environment = { DEBIAN_FRONTEND: 'noninteractive' };
		const before = asRoot ? [] : ['sudo', '-n'];
		const aptGet = (...args: readonly string[]) => {
			const [program = 'apt-get', ...rest] = [...before, 'apt-get', ...args];
			return runProgram(program, rest, { timeoutMs: debianInstallMs, environment });
		};
		await aptGet('update');
		for (const name of debianPackages) {
			await aptGet('install', '-y', '--no-install-recommends', name, 'fonts-liberation');
			const installed = usualPlaces.find((path) => existsSync(path));
			if (installed !== undefined && (await starts(installed))) return installed;
		}
	}
	throw new Error(
		'The browser tests need Chromium, and none could be installed. Install it (Debian: `apt-get install chromium`; ' +
			'elsewhere: `npx playwright install --with-deps chromium`), or name it in BACKSTOCK_CHROMIUM.',
	);
}

async function starts(program: string): Promise<boolean> {
	return (await runProgram(program, ['--version'], { timeoutMs: 30_000 })).exitCode === 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
	try {
		console.log(await ensureChromium((line) => console.error(line)));
	} catch (error) {
		console.error(words(error));
		process.exitCode = 1;
	}
}
