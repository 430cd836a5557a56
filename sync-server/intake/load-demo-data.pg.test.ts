import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres-for-tests.ts';
import { promisingSubject } from '../central/rules/promising-subject.ts';
import { readVersions } from '../central/rules/rule-versions.ts';
import { tellRules } from '../central/rules/tell-rules.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { verifyLedger } from '../verify-ledger/verify-ledger.ts';
import { loadDemoData } from './load-demo-data.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-22T08:00:00Z') };
let testDatabase: TestDatabase;
let database: Database;
const lines: string[] = [];

beforeAll(async () => {
	testDatabase = await createTestDatabase();
	database = openDatabase(testDatabase.url);
	await migrate(database.db);
	const brokenOff = loadDemoData(database.db, clock, (line) => {
		if (line.includes('1,000')) throw new Error('The power went out.');
	});
	await expect(brokenOff).rejects.toThrow('The power went out.');
	const begun = performance.now();
	await loadDemoData(database.db, clock, (line) => lines.push(line));
	console.info(`Demo data loaded in ${Math.round(performance.now() - begun)} ms`);
}, 300_000);
afterAll(async () => {
	await database.close();
	await testDatabase.drop();
});

async function rulesAt(db: Database['db'], siteId: string) {
	const row = await db
		.selectFrom('stream_document')
		.select('body')
		.where('stream_id', '=', `site:${siteId}`)
		.where('document_id', '=', 'promising-rules')
		.executeTakeFirst();
	return row?.body;
}

describe('the demo data, loaded after a load that was broken off in the middle', () => {
	it('tells how far it is, and is there once', async () => {
		expect(lines).toContain('Loading demo orders: 2,000 of 4,000');
		const { orders } = await database.db
			.selectFrom('customer_order')
			.select(({ fn }) => fn.countAll().as('orders'))
			.executeTakeFirstOrThrow();
		expect(orders).toBe(4000);
		expect(await loadDemoData(database.db, clock, (line) => lines.push(`again: ${line}`))).toBe(false);
		expect(lines.filter((line) => line.startsWith('again'))).toEqual([]);
	});

	it('balances down to each lot and serial number, and no position is below zero', async () => {
		const news: unknown[] = [];
		const { details, serials } = await verifyLedger(database.db, clock.now(), (each) => news.push(each));
		expect(news).toEqual([]);
		expect(serials).toBeGreaterThan(50);
		expect(details).toBeGreaterThan(serials);
		const below = await database.db.selectFrom('stock_position').select('sku').where('available', '<', 0).execute();
		expect(below).toEqual([]);
	});

	it('has rules that hold now and rules that will, and every site hears of them', async () => {
		const { published } = await readVersions(promisingSubject, database.db);
		const days = published.rules.map(({ effectiveFrom = '' }) => effectiveFrom);
		expect(days.filter((day) => day <= '2026-11-22')).toHaveLength(2);
		expect(days.filter((day) => day > '2026-11-22')).toHaveLength(1);
		expect(published.groups).toMatchObject([{ name: 'London stores' }]);
		expect(await tellRules(database.db)).toBe(24);
		expect(await tellRules(database.db)).toBe(0);
		const known = await rulesAt(database.db, 'S-1479');
		expect(known).toMatchObject({ kind: 'rules', version: published.version, publishedBy: 'Kwame Martin' });
	});

	it('brings supply for every site around the demo day', async () => {
		const { orders } = await database.db
			.selectFrom('stock_document')
			.select(({ fn }) => fn.countAll().as('orders'))
			.where('kind', '=', 'purchase_order')
			.executeTakeFirstOrThrow();
		expect(orders).toBe(72);
	});

	it('has goods of the warehouses on their way to some stores, boxed, of what is scarce there', async () => {
		const rows = await database.db
			.selectFrom('stock_document')
			.select('body')
			.where('kind', '=', 'transfer')
			.orderBy('id')
			.execute();
		const transfers = rows.map(({ body }) => body).filter((body) => body.kind === 'transfer');
		console.info(
			transfers.map(({ number, toSiteName, lines }) => `${number} ${toSiteName} ${lines.length}`).join(', '),
		);
		expect(transfers.length).toBeGreaterThan(3);
		expect(transfers.length).toBeLessThan(10);
		expect(new Set(transfers.map(({ expectedOn }) => expectedOn))).toEqual(
			new Set(['2026-11-22', '2026-11-23', '2026-11-24']),
		);
		for (const { state, lines, boxes, sentAt } of transfers) {
			expect([state, boxes.length, sentAt !== null]).toEqual(['in_transit', 1, true]);
			for (const { sent, requested } of lines) expect([sent, sent % 6]).toEqual([requested, 0]);
		}
		const sent = transfers.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.sent, 0);
		const { coming } = await database.db
			.selectFrom('stock_position')
			.select(({ fn }) => fn.sum<string>('in_transit').as('coming'))
			.executeTakeFirstOrThrow();
		expect(Number(coming)).toBe(sent);
	});

	it('knows what is collected at each store, so that devices have rights from the first day on', async () => {
		const rows = await database.db.selectFrom('own_demand').select(['site_id', 'units']).execute();
		const stores = await database.db.selectFrom('site').select(['id', 'body']).execute();
		for (const { id, body } of stores) {
			const wanted = rows.filter(({ site_id }) => site_id === id);
			if (body.capabilities.includes('pickup')) expect(wanted.length).toBeGreaterThan(3);
			else expect(wanted).toEqual([]);
		}
	});

	it('has for most orders enough stock, and for some too little', async () => {
		const rows = await database.db.selectFrom('customer_order').select('body').execute();
		const short = rows.filter(({ body }) => body.lines.some(({ unassigned }) => unassigned > 0)).length;
		console.info(`${short} of ${rows.length} demo orders lack some units`);
		expect(short).toBeGreaterThan(20);
		expect(short).toBeLessThan(600);
	});

	it('gives every store pickups and parcels that are due on the demo day', async () => {
		const sites = await database.db.selectFrom('site').select('body').execute();
		const due = await database.db
			.selectFrom('fulfillment_order')
			.select(({ fn, ref }) => ['site_id', ref('body').as('body'), fn.countAll().as('orders')])
			.where('promised_at', '<', '2026-11-23T00:00:00Z')
			.groupBy(['site_id', 'body'])
			.execute();
		const count = (siteId: string, method: string) =>
			due.filter((row) => row.site_id === siteId && row.body.method === method).length;
		console.info(
			sites.map(({ body }) => `${body.id} ${count(body.id, 'pickup')}+${count(body.id, 'ship')}`).join(', '),
		);
		for (const { body: site } of sites) {
			for (const method of ['pickup', 'ship'] as const) {
				if (site.capabilities.includes(method)) expect(count(site.id, method)).toBeGreaterThanOrEqual(3);
			}
		}
	});
});
