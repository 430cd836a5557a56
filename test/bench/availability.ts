import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Bench, Figures } from './bench.ts';
import { fleetSiteId, fleetSize, fleetSku, openFleet, skusAt } from './fleet.ts';
import { type HttpAnswer, openHttpClient } from './http-load.ts';
import { rounded, spreadOf } from './quantiles.ts';
import { type RunningCentral, startCentral } from './start-central.ts';
import type { Workshop } from './workshop.ts';

const timesEach = 1000;
const connections = 16;
const loadSeconds = 10;
const skusAtOnce = 200;
const askedSite = 7;

/** Asks over HTTP what can be promised, beside bare PostgreSQL reading the same rows. */
export const availability: Bench = {
	name: 'availability',
	run: async (workshop) => {
		const databaseUrl = await openFleet(workshop);
		const central = await startCentral(workshop, databaseUrl);
		const client = await openHttpClient(workshop, central.url);
		const one = (index: number) => client.get(`/api/v1/availability?sku=${fleetSku(index)}`);
		for (let turn = 0; turn < 50; turn += 1) await one(fleetSize.skusEverywhere + turn);
		const first = await timed(timesEach, one);
		const again = await timed(timesEach, one);
		const skus = skusAt(askedSite, 4000);
		const many = await timed(timesEach / 2, (turn) => {
			const from = (turn * 53) % (skus.length - skusAtOnce);
			const lines = skus.slice(from, from + skusAtOnce).map((sku) => ({ sku }));
			return client.post('/api/v1/availability', { lines, siteIds: [fleetSiteId(askedSite)] });
		});
		client.close();
		const wide = await load(workshop, central, () => Math.floor(Math.random() * fleetSize.skusEverywhere));
		const any = await load(workshop, central, () => Math.floor(Math.random() * fleetSize.skus));
		const asBought = await load(workshop, central, zipf(fleetSize.skus));
		await central.kill();
		const bare = await measureBare(databaseUrl, skus);
		return {
			line:
				`availability: one SKU at ${fleetSize.sites} sites p50 ${again.p50} / p99 ${again.p99} ms remembered, ${first.p50} / ${first.p99} ms read anew ` +
				`(bare ${bare.oneSku.p50} / ${bare.oneSku.p99}); ${wide.perSecond} answers/s of those (${wide.cpuMsEach} ms of processor each), ${asBought.perSecond}/s of ` +
				`${fleetSize.skus} SKUs as they are bought, ${any.perSecond}/s evenly; ${skusAtOnce} SKUs at one site p50 ${many.p50} / p99 ${many.p99} ms ` +
				`(bare ${bare.manySkus.p50} / ${bare.manySkus.p99})`,
			budget: 'one SKU at 500 sites p99 10 ms and 2,000 answers a second; 200 SKUs at one site p99 25 ms',
			figures: {
				oneSkuRememberedMs: again,
				oneSkuReadAnewMs: first,
				manySkusAtOneSiteMs: many,
				load: { ofSkusEverywhere: wide, ofAllSkusAsBought: asBought, ofAllSkusEvenly: any },
			},
			peer: { name: 'bare PostgreSQL: one prepared statement that reads the same positions and claims', figures: bare },
			ratio: rounded(first.p50 / bare.oneSku.p50),
			ratioOf: 'median of one SKU at all sites read anew, ours by bare',
		};
	},
};

async function timed(count: number, ask: (turn: number) => Promise<HttpAnswer>) {
	const times: number[] = [];
	for (let turn = 0; turn < count; turn += 1) {
		const { status, milliseconds } = await ask(turn);
		if (status !== 200) throw new Error(`The server answered ${status}.`);
		times.push(milliseconds);
	}
	return spreadOf(times);
}

async function load(workshop: Workshop, { url, processId }: RunningCentral, next: () => number) {
	const clients = await Promise.all(Array.from({ length: connections }, () => openHttpClient(workshop, url)));
	const times: number[] = [];
	let bytes = 0;
	const cpuBefore = cpuMs(processId());
	const until = performance.now() + loadSeconds * 1000;
	await Promise.all(
		clients.map(async (client) => {
			while (performance.now() < until) {
				const answer = await client.get(`/api/v1/availability?sku=${fleetSku(next())}`);
				if (answer.status !== 200) throw new Error(`The server answered ${answer.status}.`);
				times.push(answer.milliseconds);
				bytes += answer.bytes;
			}
		}),
	);
	const cpuMsEach = rounded((cpuMs(processId()) - cpuBefore) / times.length, 3);
	for (const client of clients) client.close();
	const kilobytesEach = rounded(bytes / times.length / 1024, 1);
	return { perSecond: Math.round(times.length / loadSeconds), cpuMsEach, kilobytesEach, milliseconds: spreadOf(times) };
}

/** Processor time of the server's process so far, as Linux counts it in hundredths of a second: it depends little on who else works. */
function cpuMs(processId: number): number {
	const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The n-th most wanted SKU is wanted 1/n as often as the first (Zipf). */
function zipf(count: number): () => number {
	const total = Math.log(count);
	return () => Math.min(count - 1, Math.floor(Math.exp(Math.random() * total)) - 1);
}

async function measureBare(databaseUrl: string, skus: readonly string[]) {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const claims = `LEFT JOIN (SELECT site_id, sku, sum(units) AS units FROM stock_claim WHERE sku = ANY ($1) AND expires_at > now() GROUP BY 1, 2)
		AS claim USING (site_id, sku)`;
	const read = async (name: string, text: string, valuesOf: (turn: number) => unknown[], count: number) => {
		const times: number[] = [];
		for (let turn = -50; turn < count; turn += 1) {
			const began = performance.now();
			await client.query({ name, text, values: valuesOf(Math.abs(turn)) });
			if (turn >= 0) times.push(performance.now() - began);
		}
		return spreadOf(times);
	};
	const columns = 'SELECT site_id, sku, available, allocated, coalesce(claim.units, 0) AS claimed FROM stock_position';
	const oneSku = await read(
		'one',
		`${columns} ${claims} WHERE sku = ANY ($1)`,
		(turn) => [[fleetSku(turn)]],
		timesEach,
	);
	const manySkus = await read(
		'many',
		`${columns} ${claims} WHERE sku = ANY ($1) AND site_id = $2`,
		(turn) => {
			const from = (turn * 53) % (skus.length - skusAtOnce);
			return [skus.slice(from, from + skusAtOnce), fleetSiteId(askedSite)];
		},
		timesEach / 2,
	);
	await client.end();
	return { oneSku, manySkus } satisfies Figures;
}
