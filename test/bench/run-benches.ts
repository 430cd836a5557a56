import { availability } from './availability.ts';
import type { Bench, BenchResult } from './bench.ts';
import { capture } from './capture.ts';
import { crashRounds } from './crash-rounds.ts';
import { firstReplication } from './first-replication.ts';
import { ingest } from './ingest.ts';
import { journal } from './journal.ts';
import { longOutage } from './long-outage.ts';
import { machineFacts } from './machine-facts.ts';
import { nameSearch } from './name-search.ts';
import { openToUsable } from './open-to-usable.ts';
import { otherDevice } from './other-device.ts';
import { reservations } from './reservations.ts';
import { routing } from './routing.ts';
import { scanToVerdict } from './scan-to-verdict.ts';
import { sellingRights } from './selling-rights.ts';
import { serverMemory } from './server-memory.ts';
import { openWorkshop } from './workshop.ts';

const benches: readonly Bench[] = [
	journal,
	ingest,
	availability,
	reservations,
	capture,
	otherDevice,
	firstReplication,
	scanToVerdict,
	nameSearch,
	openToUsable,
	longOutage,
	serverMemory,
	sellingRights,
	routing,
	crashRounds,
];

const say = (line: string) => console.error(line);
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt === -1 ? undefined : process.argv[onlyAt + 1];
const chosen = benches.filter(({ name }) => only === undefined || name === only);
if (chosen.length === 0) {
	say(`There is no bench "${only}". There are: ${benches.map(({ name }) => name).join(', ')}.`);
	process.exit(2);
}

const began = performance.now();
const workshop = await openWorkshop(say);
let ending: Promise<void> | undefined;
const end = () => {
	ending ??= workshop.close();
	return ending;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end().then(() => process.exit(1)));

const results: Record<string, BenchResult | { readonly failed: string }> = {};
try {
	const machine = await machineFacts(workshop.databaseUrl);
	for (const { name, run } of chosen) {
		try {
			const result = await run(workshop);
			results[name] = result;
			say(result.line);
		} catch (error) {
			// Playwright's messages go on with all that the browser has printed.
			const words = String(error).split('\n')[0] ?? '';
			results[name] = { failed: words };
			say(`${name} failed: ${error instanceof Error ? error.stack?.slice(0, 1500) : words}`);
			process.exitCode = 1;
		}
	}
	const seconds = Math.round((performance.now() - began) / 1000);
	console.log(JSON.stringify({ machine, seconds, benches: results }, null, '\t'));
} finally {
	await end();
}
