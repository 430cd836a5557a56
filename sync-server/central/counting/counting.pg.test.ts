import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confidenceOf, type StockEvidence } from '../../../shared/domain/stock-confidence.ts';
import type { CountCase } from '../../../shared/schema/count.ts';
import type { Movement } from '../../../shared/schema/stock-position.ts';
import { openShop } from '../../../test/shop-for-tests.ts';
import type { Clock } from '../../clock.ts';
import { postMovements } from '../inventory/stock-ledger.ts';
import { planCounts } from './plan-counts.ts';
import { confidenceInSql, gatherEvidence, noteCounted, noteShort } from './stock-evidence.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const clock: Clock = { now: () => now };

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 30, 'leeds B': 1, 'leeds C': 8, 'london A': 5 });
});
afterAll(() => shop.drop());

async function evidenceOf(siteId: string, sku: string) {
	return shop.db
		.selectFrom('stock_evidence')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('sku', '=', sku)
		.executeTakeFirst();
}

async function move(changes: Partial<Movement>): Promise<void> {
	const movement: Movement = {
		siteId: 'leeds',
		sku: 'A',
		quantity: 1,
		from: 'available',
		to: 'picked',
		reason: 'units_picked',
		...changes,
	};
	const posting = { operationId: null, orderId: null, actorName: 'Ann', recordedAt: now.toString() };
	await postMovements(shop.db, [movement], posting);
}

/** A movement is taken in when the turn before had seen its number. */
async function gathered(): Promise<void> {
	await gatherEvidence(shop.db);
	await gatherEvidence(shop.db);
}

test('what moves becomes evidence once, and the opening stock and counts are none', async () => {
	await move({ quantity: 3 });
	await move({ quantity: 2, from: 'available', to: 'customer', reason: 'sold' });
	await move({ quantity: 4, from: 'supplier', to: 'available', reason: 'received' });
	await move({ from: 'customer', to: 'available', reason: 'returned' });
	await move({ from: 'available', to: 'lost', reason: 'counted' });
	await move({ from: 'available', to: 'allocated', reason: 'assigned' });
	await gathered();
	await gathered();
	expect(await evidenceOf('leeds', 'A')).toMatchObject({
		picks_right: 1,
		units_out: 5,
		units_in: 4,
		units_returned: 1,
		shorts: 0,
	});
	expect(await evidenceOf('leeds', 'C')).toBeUndefined();
});

test('a short makes the finds before it worth nothing, and a count forgets everything', async () => {
	await noteShort(shop.db, 'leeds', ['A'], now.toString());
	expect(await evidenceOf('leeds', 'A')).toMatchObject({ picks_right: 0, shorts: 1 });
	await noteShort(shop.db, 'leeds', ['A', 'A'], now.toString());
	expect(await evidenceOf('leeds', 'A')).toMatchObject({ shorts: 2 });
	await move({ quantity: 1 });
	now = now.add({ seconds: 5 });
	await noteCounted(shop.db, 'leeds', ['A', 'B'], now.toString());
	await gathered();
	expect(await evidenceOf('leeds', 'A')).toMatchObject({ shorts: 0, units_out: 0, picks_right: 0, short_at: null });
	expect(await evidenceOf('leeds', 'B')).toMatchObject({ counted_at: expect.any(String) });
});

test('PostgreSQL and the devices come to the same confidence', async () => {
	const rows: StockEvidence[] = [];
	for (let each = 0; each < 60; each += 1)
		rows.push({
			countedAtMs: each % 5 === 0 ? null : now.epochMilliseconds - each * each * 3_600_000,
			recordedUnits: each % 7,
			shorts: each % 3,
			picksRight: (each * 5) % 130,
			unitsOut: each * 4,
			unitsIn: (each * 3) % 50,
			unitsReturned: each % 6,
		});
	const { rows: found } = await sql<{ confidence: number }>`
		SELECT ${confidenceInSql(clock)} AS confidence
		FROM jsonb_to_recordset(${JSON.stringify(rows.map((row, place) => ({ ...row, place })))}::jsonb) AS each ("countedAtMs" float8,
			"recordedUnits" int, shorts int, "picksRight" int, "unitsOut" int, "unitsIn" int, "unitsReturned" int, place int)
		CROSS JOIN LATERAL (SELECT "recordedUnits" AS available, 0 AS allocated) AS position
		CROSS JOIN LATERAL (SELECT to_timestamp("countedAtMs" / 1000) AS counted_at, shorts, "picksRight" AS picks_right,
			"unitsOut" AS units_out, "unitsIn" AS units_in, "unitsReturned" AS units_returned) AS evidence
		ORDER BY place`.execute(shop.db);
	for (const [place, row] of rows.entries())
		expect(found[place]?.confidence).toBeCloseTo(confidenceOf(row, now.epochMilliseconds), 9);
});

test('each site is asked once a day for the counts that are worth most, and not while one is unfinished', async () => {
	const planned = () =>
		shop.db.selectFrom('stock_document').select('body').where('kind', '=', 'count').orderBy('id').execute();
	const asked = async () =>
		(await planned()).map(({ body }) => [(body as CountCase).siteId, (body as CountCase).asked.map(({ sku }) => sku)]);
	expect(await planCounts({ db: shop.db, clock, skusPerSite: 1, batch: 1 })).toBe(2);
	// A and B were counted just now; C is the dearest too.
	expect(await asked()).toEqual([
		['leeds', ['C']],
		['london', ['A']],
	]);
	expect(await planCounts({ db: shop.db, clock })).toBe(0);
	const seen = await shop.db
		.selectFrom('stream_document')
		.select(['stream_id', 'collection'])
		.where('document_id', 'like', 'planned-%')
		.orderBy('stream_id')
		.execute();
	expect(seen).toEqual([
		{ stream_id: 'site:leeds', collection: 'work' },
		{ stream_id: 'site:london', collection: 'work' },
	]);
	await sql`UPDATE stock_document SET state = 'posted' WHERE kind = 'count'`.execute(shop.db);
	expect(await planCounts({ db: shop.db, clock })).toBe(0);
	now = now.add({ hours: 24 });
	expect(await planCounts({ db: shop.db, clock })).toBe(2);
});
