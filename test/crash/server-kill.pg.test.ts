import { expect, it } from 'vitest';
import { killServer } from './server-kill.ts';

it('with server and PostgreSQL killed while devices send, nothing acknowledged is lost and nothing is taken in twice', async () => {
	const report = await killServer(3, () => undefined);
	console.log(`server and PostgreSQL killed: ${JSON.stringify(report)}`);
	expect(report.faults).toEqual([]);
	expect(report.saved).toBeGreaterThan(3 * 3 * 5);
}, 300_000);
