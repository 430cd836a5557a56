import { spawn } from 'node:child_process';
import { type BrowserContext, chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../build/ensure-chromium.ts';
import { killAtOnce, processTree } from './kill-processes.ts';

/** A Chromium of our own, whose processes we know: Playwright tells none of those that it starts with a profile. */
export interface KillableChromium {
	readonly context: BrowserContext;
	/** All of its processes at once, without a word. */
	kill(): Promise<void>;
	/** As a person closes it. */
	close(): Promise<void>;
}

const startLimitMs = 60_000;

/** @param profile the folder on the disk that holds what the browser keeps; the same again finds it again */
export async function openKillableChromium(profile: string): Promise<KillableChromium> {
	const program = findChromium();
	if (program === undefined) throw new Error('There is no Chromium on this machine.');
	const child = spawn(
		program,
		[
			...chromiumFlags,
			...['--headless', '--remote-debugging-port=0', '--lang=en-US', '--password-store=basic', '--disable-breakpad'],
			...['--disable-features=Translate', '--window-size=1280,720', `--user-data-dir=${profile}`, 'about:blank'],
		],
		{ stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LANGUAGE: 'en_US' } },
	);
	const kill = () => killAtOnce(child.pid === undefined ? [] : processTree(child.pid));
	try {
		const browser = await chromium.connectOverCDP(await addressOf(child.stderr));
		const [context] = browser.contexts();
		if (context === undefined) throw new Error('Chromium has no window.');
		const close = async () => {
			const ended = new Promise<void>((done) => child.once('exit', () => done()));
			const session = await browser.newBrowserCDPSession();
			await session.send('Browser.close').catch(() => undefined);
			await Promise.race([ended, new Promise((late) => setTimeout(late, 10_000).unref())]);
			await kill();
		};
		return { context, kill, close };
	} catch (error) {
		await kill();
		throw error;
	}
}

/** Chromium prints where it can be reached. */
function addressOf(output: NodeJS.ReadableStream): Promise<string> {
	let words = '';
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error(`Chromium did not start:\n${words}`)), startLimitMs);
		output.on('data', (bytes: Buffer) => {
			words = (words + bytes.toString('utf8')).slice(-5000);
			const [, address] = /DevTools listening on (ws:\/\/\S+)/.exec(words) ?? [];
			if (address === undefined) return;
			clearTimeout(late);
			resolve(address);
		});
		output.on('end', () => {
			clearTimeout(late);
			reject(new Error(`Chromium ended:\n${words}`));
		});
	});
}
