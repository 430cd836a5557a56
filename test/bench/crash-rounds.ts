import { killChromium } from '../crash/chromium-kill.ts';
import type { CrashReport } from '../crash/crash-report.ts';
import { killServer } from '../crash/server-kill.ts';
import { openBackstock } from '../e2e/backstock-server.ts';
import { centralOf } from '../e2e/central.ts';
import type { Bench } from './bench.ts';

const rounds = 10;

/** Chromium, and the server with its PostgreSQL, killed in the middle of work; `npm run crash` does more rounds of the same. */
export const crashRounds: Bench = {
	name: 'crash-rounds',
	run: async (workshop) => {
		const server = await openBackstock();
		let chromium: CrashReport;
		try {
			chromium = await killChromium(server, centralOf(server), rounds, workshop.log);
		} finally {
			await server.stop();
		}
		const ofServer = await killServer(rounds, workshop.log);
		const figuresOf = ({ faults, ...figures }: CrashReport) => ({ ...figures, losses: faults.length });
		return {
			line:
				`crash-rounds: Chromium ${chromium.rounds} rounds, ${chromium.saved} saved, ${chromium.faults.length} losses; ` +
				`server and PostgreSQL ${ofServer.rounds} rounds, ${ofServer.saved} saved, ${ofServer.faults.length} losses`,
			budget: 'no loss',
			figures: { chromium: figuresOf(chromium), server: figuresOf(ofServer) },
		};
	},
};
