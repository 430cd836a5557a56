import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { maxDocumentsPerPage, syncRoutes } from '../../shared/protocol/messages.ts';
import type { Bench } from './bench.ts';
import { answerOf, enrollDevice } from './bench-device.ts';
import { operationsOf } from './device-work.ts';
import { readSite, shippedWork } from './ingest-work.ts';
import { smallSiteId } from './large-site.ts';
import { spreadOf } from './quantiles.ts';
import { startCentral } from './start-central.ts';

const devices = 500;
const changes = 100;
const siteId = smallSiteId(3);

/** So many devices of one site, each with its event stream open; every change wakes all of them, and all fetch it. */
export const serverMemory: Bench = {
	name: 'server-memory',
	run: async (workshop) => {
		const databaseUrl = await workshop.copyOfLargeSite();
		const central = await startCentral(workshop, databaseUrl);
		const writer = await enrollDevice(central.url, siteId, 0);
		const reader = await enrollDevice(central.url, siteId, 1);
		const operations = operationsOf(writer.lane, shippedWork(await readSite(databaseUrl, siteId)), changes + 1);
		// One change before, so that what is compiled at the first use is not counted as the devices'.
		answerOf(await writer.central.push(operations.slice(0, 1)));
		answerOf(await reader.central.pull('site', null, maxDocumentsPerPage));
		const memory = () => residentMegabytes(central.processId());
		const before = memory();

		const agent = new Agent({ keepAlive: true, maxSockets: 64 });
		const connected = Array.from({ length: devices }, () =>
			lightDevice(central.url, `Bearer ${reader.credential}`, agent),
		);
		const open = await Promise.all(connected);
		for (const { fetched } of open) await fetched();
		const idle = memory();
		const times: number[] = [];
		for (const operation of operations.slice(1)) {
			const began = performance.now();
			const { outcomes } = answerOf(await writer.central.push([operation]));
			await Promise.all(open.map(({ reaches }) => reaches(outcomes[0]?.position ?? 0)));
			times.push(performance.now() - began);
		}
		const busy = memory();
		for (const { close } of open) close();
		agent.destroy();
		await new Promise((resolve) => setTimeout(resolve, 2000));
		const after = memory();
		await central.kill();
		const seen = spreadOf(times);
		return {
			line:
				`server-memory: ${before} MB alone, ${idle} MB with ${devices} devices connected, ${busy} MB after ${changes} changes that ` +
				`each of them fetched; all had a change after p50 ${seen.p50} ms, p99 ${seen.p99} ms`,
			budget: 'none is set',
			figures: {
				devices,
				changes,
				residentMegabytes: { before, connected: idle, busy, afterwards: after },
				allHaveAChangeMilliseconds: seen,
			},
		};
	},
};

/** What the system counts as the process's memory. Read from /proc: only Linux has it. */
function residentMegabytes(processId: number): number {
	const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
	return Math.round(Number(kilobytes) / 1000);
}

interface LightDevice {
	/** Resolves when nothing more is to be fetched. */
	fetched(): Promise<void>;
	/** Resolves when it has fetched the site's stream up to this position. */
	reaches(position: number): Promise<void>;
	close(): void;
}

/** The least that a connected device does: it holds an event stream, and fetches its site's stream when that wakes it. */
async function lightDevice(url: string, authorization: string, agent: Agent): Promise<LightDevice> {
	let epoch = '';
	let position = 0;
	let head = 0;
	let fetching: Promise<void> | null = null;
	const waiting = new Set<{ readonly position: number; readonly resolve: () => void }>();

	const fetchAll = async () => {
		do {
			const since = epoch === '' ? '' : `&epoch=${encodeURIComponent(epoch)}&after=${position}`;
			const page = await pageOf(`${url}${syncRoutes.feed}?stream=site${since}`, authorization, agent);
			({ epoch, position } = page);
			for (const each of waiting) {
				if (each.position > position) continue;
				waiting.delete(each);
				each.resolve();
			}
		} while (position < head);
		fetching = null;
	};
	const wake = (reached: number) => {
		head = Math.max(head, reached);
		if (position < head) fetching ??= fetchAll();
	};

	const events = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
		get(`${url}${syncRoutes.events}`, { headers: { authorization, accept: 'text/event-stream' } }, resolve)
			.on('error', reject)
			.setNoDelay(true);
	});
	if (events.statusCode !== 200) throw new Error(`The events were answered with ${events.statusCode}.`);
	events.on('error', () => undefined);
	events.on('data', (bytes: Buffer) => {
		for (const [, site] of bytes.toString('utf8').matchAll(/"site":(\d+)/g)) wake(Number(site));
	});
	return {
		fetched: async () => {
			while (fetching !== null || position === 0) {
				fetching ??= fetchAll();
				await fetching;
			}
		},
		reaches: (wanted) =>
			position >= wanted
				? Promise.resolve()
				: new Promise((resolve) => {
						waiting.add({ position: wanted, resolve });
					}),
		close: () => events.destroy(),
	};
}

function pageOf(url: string, authorization: string, agent: Agent): Promise<{ epoch: string; position: number }> {
	return new Promise((resolve, reject) => {
		get(url, { agent, headers: { authorization } }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('end', () => {
				const { epoch, position } = JSON.parse(Buffer.concat(parts).toString('utf8'));
				if (typeof epoch === 'string' && typeof position === 'number') resolve({ epoch, position });
				else reject(new Error(`The feed was answered with ${response.statusCode}.`));
			});
		}).on('error', reject);
	});
}
