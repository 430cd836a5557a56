import { readSettings } from '../central/settings.ts';
import { chooseClock } from '../clock.ts';
import { runVerification } from '../database/verification-command.ts';
import { verifyLedger } from './verify-ledger.ts';

await runVerification({
	verify: async (db, tell) => {
		const { demoDay } = await readSettings(db);
		const now = chooseClock(process.env.BACKSTOCK_CLOCK, demoDay).now();
		return verifyLedger(db, now, ({ kind, what }) => tell(`${kind === 'note' ? 'Note: ' : ''}${what}.`));
	},
	counted: ({ positions, movements, details, serials, claims, notes, faults }) => [
		[positions, 'positions'],
		[movements, 'movements'],
		[details, 'details'],
		[serials, 'serial numbers'],
		[claims, 'claims'],
		[notes, 'notes'],
		[faults, 'faults'],
	],
});
