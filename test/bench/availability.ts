import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Bench, Figures } from './bench.ts';
import { fleetSiteId, fleetSize, fleetSku, openFleet, skusAt } from './fleet.ts';
import { type HttpAnswer, openHttpClient } from './http-load.ts';
import { processorMs, untilIdle, watchCores } from './processor-time.ts';
import { rounded, spreadOf } from './quantiles.ts';
import { type RunningCentral, startCentral } from './start-central.ts';
import type { Workshop } from './workshop.ts';

const timesEach = 1000;
const timesAnew = 300;
const connections = 16;
const loadSeconds = 10;
const skusAtOnce = 200;
const askedSite = 7;
const changesPerSecond = 200;
const longestFillSeconds = 180;

/** Asks over HTTP what can be promised, beside bare PostgreSQL reading the same rows. */
export const availability: Bench = {
	name: 'availability',
	run: async (workshop) => {
		const databaseUrl = await openFleet(workshop);
		const central = await startCentral(workshop, databaseUrl);
		const anySku = () => Math.floor(Math.random() * fleetSize.skus);
		const skuEverywhere = () => Math.floor(Math.random() * fleetSize.skusEverywhere);
		const justStarted = await load(workshop, central, anySku);
		const fillSeconds = await untilIdle(central.processId(), longestFillSeconds);
		const database = new pg.Client({ connectionString: databaseUrl });
		await database.connect();
		const client = await openHttpClient(workshop, central.url);
		const one = (index: number) => client.get(`/api/v1/availability?sku=${fleetSku(index)}`);
		/** Told as the triggers tell it: whatever was remembered of the SKU, or of its stock at one site, is forgotten. */
		const changed = async (index: number, where: string) => {
			await database.query("SELECT pg_notify('backstock_stock', $1)", [fleetSku(index) + where]);
			await delay(5);
		};
		for (let turn = 0; turn < 50; turn += 1) await one(fleetSize.skusEverywhere + turn);
		const anew = await timed(timesAnew, one, (turn) => changed(turn, ''));
		const changedAtOneSite = await timed(timesAnew, one, (turn) => changed(turn, `\t${fleetSiteId(turn)}`));
		const again = await timed(timesEach, one);
		const skus = skusAt(askedSite, 4000);
		const many = await timed(timesEach / 2, (turn) => {
			const from = (turn * 53) % (skus.length - skusAtOnce);
			const lines = skus.slice(from, from + skusAtOnce).map((sku) => ({ sku }));
			return client.post('/api/v1/availability', { lines, siteIds: [fleetSiteId(askedSite)] });
		});
		client.close();
		const wide = await load(workshop, central, skuEverywhere);
		const any = await load(workshop, central, anySku);
		const asBought = await load(workshop, central, zipf(fleetSize.skus));
		const stopChanging = changeStock(database);
		const changing = await load(workshop, central, skuEverywhere);
		const changes = await stopChanging();
		await database.end();
		await central.kill();
		const bare = await measureBare(databaseUrl, skus);
		return {
			line:
				`availability: one SKU at ${fleetSize.sites} sites p50 ${again.p50} / p99 ${again.p99} ms remembered, ${changedAtOneSite.p50} / ${changedAtOneSite.p99} ms after a change at one site, ` +
				`${anew.p50} / ${anew.p99} ms read anew (bare ${bare.oneSku.p50} / ${bare.oneSku.p99}); over ${connections} connections ${wide.perSecond} answers/s of those, ` +
				`${changing.perSecond}/s while ${changes} positions a second change; of ${fleetSize.skus} SKUs ${asBought.perSecond}/s as they are bought, ${any.perSecond}/s evenly, ` +
				`${justStarted.perSecond}/s in the first seconds after a start; ${skusAtOnce} SKUs at one site p50 ${many.p50} / p99 ${many.p99} ms ` +
				`(bare ${bare.manySkus.p50} / ${bare.manySkus.p99}); load of the machine ${wide.cores.loadAverageOfTheMinute}`,
			budget: 'one SKU at 500 sites p99 10 ms and 2,000 answers a second; 200 SKUs at one site p99 25 ms',
			figures: {
				oneSkuRememberedMs: again,
				oneSkuChangedAtOneSiteMs: changedAtOneSite,
				oneSkuReadAnewMs: anew,
				manySkusAtOneSiteMs: many,
				secondsUntilAllWasReadAhead: fillSeconds,
				load: {
					inTheFirstSecondsAfterAStart: justStarted,
					ofSkusEverywhere: wide,
					ofSkusEverywhereWhileStockChanges: changing,
					ofAllSkusAsBought: asBought,
					ofAllSkusEvenly: any,
				},
			},
			peer: { name: 'bare PostgreSQL: one prepared statement that reads the same positions and claims', figures: bare },
			ratio: rounded(anew.p50 / bare.oneSku.p50),
			ratioOf: 'median of one SKU at all sites read anew, ours by bare',
		};
	},
};

async function timed(
	count: number,
	ask: (turn: number) => Promise<HttpAnswer>,
	before: (turn: number) => Promise<void> = async () => undefined,
) {
	const times: number[] = [];
	for (let turn = 0; turn < count; turn += 1) {
		await before(turn);
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
	const cores = watchCores(processId());
	const processorBefore = processorMs(processId());
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
	const serverMsEach = rounded((processorMs(processId()) - processorBefore) / times.length, 3);
	const busy = cores();
	for (const client of clients) client.close();
	const kilobytesEach = rounded(bytes / times.length / 1024, 1);
	const perSecond = Math.round(times.length / loadSeconds);
	return { perSecond, serverMsEach, kilobytesEach, milliseconds: spreadOf(times), cores: busy };
}

/** Takes and gives units of SKUs that are everywhere, one position after the other. @returns stops it, and says how many a second it were */
function changeStock(database: pg.Client): () => Promise<number> {
	const began = performance.now();
	let changes = 0;
	let isStopped = false;
	const running = (async () => {
		while (!isStopped) {
			const values = [
				fleetSku((changes * 7) % fleetSize.skusEverywhere),
				fleetSiteId((changes * 13) % fleetSize.sites),
			];
			await database.query(
				'UPDATE stock_position SET available = available - 1 WHERE sku = $1 AND site_id = $2',
				values,
			);
			changes += 1;
			const aheadMs = (changes * 1000) / changesPerSecond - (performance.now() - began);
			if (aheadMs > 0) await delay(aheadMs);
		}
	})();
	return async () => {
		isStopped = true;
		await running;
		return Math.round((changes * 1000) / (performance.now() - began));
	};
}

/** The n-th most wanted SKU is wanted 1/n as often as the first (Zipf). */
function zipf(count: number): () => number {
	const total = Math.log(count);
	return () => Math.min(count - 1, Math.floor(Math.exp(Math.random() * total)) - 1);
}

async function measureBare(databaseUrl: string, skus: readonly string[]) {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const read = async (name: string, atSite: string, valuesOf: (turn: number) => unknown[], count: number) => {
		const text = `SELECT site_id, sku, available, allocated, coalesce(claim.units, 0) AS claimed FROM stock_position
			LEFT JOIN (SELECT site_id, sku, sum(units) AS units FROM stock_claim WHERE sku = ANY ($1) ${atSite} AND expires_at > now() GROUP BY 1, 2)
			AS claim USING (site_id, sku) WHERE sku = ANY ($1) ${atSite}`;
		const times: number[] = [];
		for (let turn = -50; turn < count; turn += 1) {
			const began = performance.now();
			await client.query({ name, text, values: valuesOf(Math.abs(turn)) });
			if (turn >= 0) times.push(performance.now() - began);
		}
		return spreadOf(times);
	};
	const oneSku = await read('one', '', (turn) => [[fleetSku(turn)]], timesEach);
	const manySkus = await read(
		'many',
		'AND site_id = $2',
		(turn) => {
			const from = (turn * 53) % (skus.length - skusAtOnce);
			return [skus.slice(from, from + skusAtOnce), fleetSiteId(askedSite)];
		},
		timesEach / 2,
	);
	await client.end();
	return { oneSku, manySkus } satisfies Figures;
}
