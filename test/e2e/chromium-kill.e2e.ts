import { killChromium } from '../crash/chromium-kill.ts';
import { expect, test } from './story.ts';

test('with Chromium killed during bursts of scans, everything that the screen had counted is still there and reaches central once', async ({
	server,
	central,
}) => {
	test.setTimeout(300_000);
	const report = await killChromium(server, central, 5, () => undefined);
	console.log(`Chromium killed: ${JSON.stringify(report)}`);
	expect(report.faults).toEqual([]);
	expect(report.saved).toBeGreaterThan(0);
});
