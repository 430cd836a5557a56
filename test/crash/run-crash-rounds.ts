import { openBackstock } from '../e2e/backstock-server.ts';
import { centralOf } from '../e2e/central.ts';
import { killChromium } from './chromium-kill.ts';
import type { CrashReport } from './crash-report.ts';
import { killServer } from './server-kill.ts';

/** `npm run crash -- --rounds 50 [--only chromium|server]`: one JSON line of figures; fails when anything was lost or doubled. */
const option = (name: string) => {
	const at = process.argv.indexOf(name);
	return at === -1 ? undefined : process.argv[at + 1];
};
const rounds = Number(option('--rounds') ?? 50);
const only = option('--only');
if (!Number.isInteger(rounds) || rounds < 1 || (only !== undefined && only !== 'chromium' && only !== 'server')) {
	console.error('npm run crash -- [--rounds 50] [--only chromium|server]');
	process.exit(2);
}

const say = (line: string) => console.error(line);
const reports: Record<string, CrashReport> = {};
if (only !== 'server') {
	const server = await openBackstock();
	try {
		reports.chromium = await killChromium(server, centralOf(server), rounds, (line) => say(`Chromium killed: ${line}`));
	} finally {
		await server.stop();
	}
}
if (only !== 'chromium') reports.server = await killServer(rounds, (line) => say(`server killed: ${line}`));

const faults = Object.values(reports).flatMap((report) => report.faults);
for (const fault of faults) say(fault);
const words = Object.entries(reports).map(([name, report]) => {
	return `${name}: ${report.rounds} rounds, ${report.saved} saved, ${report.unanswered} unanswered when it was killed`;
});
console.log(`${words.join('; ')}; ${faults.length} losses`);
process.exitCode = faults.length === 0 ? 0 : 1;
