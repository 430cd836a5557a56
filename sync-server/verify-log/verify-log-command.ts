import { runVerification } from '../database/verification-command.ts';
import { verifyLog } from './verify-log.ts';

await runVerification({
	verify: (db, tell) =>
		verifyLog(db, ({ laneId, seq, what }) => {
			const place = laneId === null ? '' : `Lane ${laneId}, operation ${seq}: `;
			tell(`${place}${what}.`);
		}),
	counted: ({ lanes, operations, signed, repeated, faults }) => [
		[lanes, 'lanes'],
		[operations, 'operations'],
		[signed, 'signed'],
		[repeated, 'carried over'],
		[faults, 'faults'],
	],
});
