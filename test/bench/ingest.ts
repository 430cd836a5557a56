import pg from 'pg';
import { type FeedPage, maxDocumentsPerPage, maxOperationsPerPush } from '../../shared/protocol/messages.ts';
import { openBareWriter } from './bare-postgres.ts';
import type { Bench, Figures } from './bench.ts';
import { answerOf, type BenchDevice, enrollDevice } from './bench-device.ts';
import { readSite, type WorkOfSite, workOfSite } from './ingest-work.ts';
import { largeSiteId, largeSize, smallSiteId } from './large-site.ts';
import { rounded } from './quantiles.ts';
import { startCentral } from './start-central.ts';
import type { Workshop } from './workshop.ts';

const ofOneDevice = { warmUp: 400, timed: 2000 };
const ofEachDevice = { warmUp: 100, timed: 350 };
const siteIds = [largeSiteId, ...Array.from({ length: largeSize.smallSites }, (_, index) => smallSiteId(index))];

/** Central takes operations in over HTTP, against bare PostgreSQL that writes the same rows with the same driver. */
export const ingest: Bench = {
	name: 'ingest',
	run: async (workshop) => {
		const databaseUrl = await workshop.copyOfLargeSite();
		const central = await startCentral(workshop, databaseUrl);
		const devices = await Promise.all(siteIds.map((siteId) => enrollDevice(central.url, siteId, 0)));
		const works = await Promise.all(
			devices.map(async ({ siteId, lane }) => workOfSite(await readSite(databaseUrl, siteId), lane, amountOf(siteId))),
		);
		const ours = await measure(works, async (work, from, to) => {
			const device = devices.find(({ siteId }) => siteId === work.siteId);
			if (device !== undefined) await push(device, work, from, to);
		});
		const feed = await readFeed(devices[0]);
		await central.kill();
		const rowsOfCentral = await rowsWritten(databaseUrl);
		const bare = await measureBare(workshop, works, false);
		const pipelined = await measureBare(workshop, works, true);
		const ratio = rounded(ours.eight / bare.eight);
		return {
			line:
				`ingest: one device ${ours.one} operations/s (bare ${bare.one}), 8 devices of 8 sites ${ours.eight}/s ` +
				`(bare ${bare.eight}, pipelined ${pipelined.eight}): ${ratio} of bare; feed ${feed.pagesPerSecond} pages/s`,
			budget: 'at least 0.5 of bare PostgreSQL writing the same rows',
			figures: {
				oneDevicePerSecond: ours.one,
				eightDevicesPerSecond: ours.eight,
				oneDeviceRatio: rounded(ours.one / bare.one),
				oneDeviceRatioToPipelined: rounded(ours.one / pipelined.one),
				eightDevicesRatio: ratio,
				eightDevicesRatioToPipelined: rounded(ours.eight / pipelined.eight),
				operationsPerPush: maxOperationsPerPush,
				feed,
				rowsWrittenByCentral: rowsOfCentral,
			},
			peer: {
				name: 'bare PostgreSQL: one prepared statement a table, one transaction an operation',
				figures: {
					oneConnectionPerSecond: bare.one,
					eightConnectionsPerSecond: bare.eight,
					rowsWritten: bare.rows,
					pipelined: { oneConnectionPerSecond: pipelined.one, eightConnectionsPerSecond: pipelined.eight },
				},
			},
			ratio,
			ratioOf: 'operations a second of 8 devices, ours by bare',
		};
	},
};

function amountOf(siteId: string): number {
	const { warmUp, timed } = siteId === largeSiteId ? ofOneDevice : ofEachDevice;
	return warmUp + timed;
}

type TakeIn = (work: WorkOfSite, from: number, to: number) => Promise<void>;

/** Operations a second: by the first device alone, then by all the others at once. */
async function measure(works: readonly WorkOfSite[], takeIn: TakeIn): Promise<{ one: number; eight: number }> {
	const [first, ...others] = works;
	if (first === undefined) throw new Error('There is no work.');
	await takeIn(first, 0, ofOneDevice.warmUp);
	const one = await perSecond(ofOneDevice.timed, () => takeIn(first, ofOneDevice.warmUp, amountOf(first.siteId)));
	await Promise.all(others.map((work) => takeIn(work, 0, ofEachDevice.warmUp)));
	const eight = await perSecond(ofEachDevice.timed * others.length, async () => {
		await Promise.all(others.map((work) => takeIn(work, ofEachDevice.warmUp, amountOf(work.siteId))));
	});
	return { one, eight };
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await work();
	return Math.round(count / ((performance.now() - began) / 1000));
}

async function push({ central }: BenchDevice, { operations }: WorkOfSite, from: number, to: number): Promise<void> {
	for (let start = from; start < to; start += maxOperationsPerPush) {
		const sent = operations.slice(start, Math.min(to, start + maxOperationsPerPush));
		const { outcomes } = answerOf(await central.push(sent));
		const applied = outcomes.filter(({ outcome }) => outcome === 'applied').length;
		if (applied !== sent.length) throw new Error(`Of ${sent.length} operations ${applied} were applied.`);
	}
}

async function measureBare(workshop: Workshop, works: readonly WorkOfSite[], pipelined: boolean) {
	const databaseUrl = await workshop.copyOfLargeSite();
	await makeLanes(databaseUrl, works);
	const writers = new Map(
		await Promise.all(works.map(async ({ siteId }) => [siteId, await openBareWriter(databaseUrl, pipelined)] as const)),
	);
	const measured = await measure(works, async ({ siteId, rows }, from, to) => {
		for (const row of rows.slice(from, to)) await writers.get(siteId)?.write(row);
	});
	for (const writer of writers.values()) await writer.close();
	return { ...measured, rows: await rowsWritten(databaseUrl) };
}

async function makeLanes(databaseUrl: string, works: readonly WorkOfSite[]): Promise<void> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	for (const { operations } of works) {
		const { laneId, deviceId } = operations[0] ?? {};
		await client.query('INSERT INTO lane (id, device_id) VALUES ($1, $2)', [laneId, deviceId]);
	}
	await client.end();
}

/** Rows inserted and updated in each table of the database since it was copied: shows that both wrote the same. */
async function rowsWritten(databaseUrl: string): Promise<Figures> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	// A connection tells its counts when it ends, and those that wrote have just ended.
	await client.query('SELECT pg_sleep(1)');
	const { rows } = await client.query<{ relname: string; written: string }>(
		`SELECT relname, n_tup_ins + n_tup_upd AS written FROM pg_stat_user_tables
		WHERE n_tup_ins + n_tup_upd > 0 AND relname NOT LIKE 'kysely%' ORDER BY relname`,
	);
	await client.end();
	return Object.fromEntries(rows.map(({ relname, written }) => [relname, Number(written)]));
}

async function readFeed(device: BenchDevice | undefined) {
	if (device === undefined) throw new Error('There is no device.');
	let pages = 0;
	let documents = 0;
	const began = performance.now();
	for (let checkpoint: { epoch: string; position: number } | null = null; ; ) {
		const page: FeedPage = answerOf(await device.central.pull('shared', checkpoint, maxDocumentsPerPage));
		pages += 1;
		documents += page.documents.length;
		checkpoint = { epoch: page.epoch, position: page.position };
		if (page.position >= page.head) break;
	}
	const seconds = (performance.now() - began) / 1000;
	return { pages, documents, seconds: rounded(seconds), pagesPerSecond: rounded(pages / seconds, 1) };
}
