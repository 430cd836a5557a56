import { join } from 'node:path';
import { followReplay, turnedClock, workBeside, workThroughOutage } from '../crash/long-outage.ts';
import { startNodeDevice } from '../node-device.ts';
import type { Bench } from './bench.ts';
import { benchCodes, benchPin, largeSiteId } from './large-site.ts';
import { rounded, spreadOf } from './quantiles.ts';
import { startCentral } from './start-central.ts';

const operations = 5000;
const quietMs = 4000;

/** One device comes back after 72 hours with everything that it recorded, while another one goes on working. */
export const longOutage: Bench = {
	name: 'long-outage',
	run: async (workshop) => {
		const clock = turnedClock();
		const central = await startCentral(workshop, await workshop.copyOfLargeSite());
		const open = (index: number) => {
			const dataFolder = join(workshop.folder, `long-outage-${index}`);
			const code = benchCodes(largeSiteId)[index]?.code ?? '';
			return startNodeDevice({ dataFolder, serverAddress: central.url, clock }, { code, pin: benchPin, person: index });
		};
		const [device, other] = [await open(0), await open(1)];
		const [order] = other.work().filter(({ method }) => method === 'pickup');
		if (order === undefined) throw new Error('The site has no pickup.');
		const beside = async (during: Promise<unknown>) => {
			const isOver = new AbortController();
			const times = workBeside(other, order, isOver.signal);
			await during;
			isOver.abort();
			const { answered, stored } = await times;
			return { answered: spreadOf(answered), stored: spreadOf(stored) };
		};
		const quiet = await beside(new Promise((resolve) => setTimeout(resolve, quietMs)));
		await central.kill();
		const recordingBegan = performance.now();
		const recorded = await workThroughOutage(device, clock, operations);
		const recordingSeconds = (performance.now() - recordingBegan) / 1000;
		await central.startAgain(clock.instant().toString());
		await other.until(({ connection }) => connection.kind === 'online');
		const replaying = followReplay(device);
		const meanwhile = await beside(replaying);
		const { seconds, progress } = await replaying;
		await device.close();
		await other.close();
		await central.kill();
		const perSecond = Math.round(operations / seconds);
		return {
			line:
				`long-outage: ${operations} operations of 72 hours in ${rounded(seconds, 1)} s (${perSecond}/s); another device meanwhile: ` +
				`answered p50 ${meanwhile.answered.p50} ms, p99 ${meanwhile.answered.p99} ms (quiet ${quiet.answered.p50} and ${quiet.answered.p99} ms)`,
			budget: 'under a minute',
			figures: {
				operations,
				notApplied: recorded.filter(({ fate }) => fate !== 'applied').length,
				recordingSeconds: rounded(recordingSeconds, 1),
				replaySeconds: rounded(seconds, 1),
				perSecond,
				timesToldOfProgress: progress.length,
				otherDeviceMilliseconds: { quiet, meanwhile },
			},
		};
	},
};
