import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../sync-server/main.ts';
import { createDemoDatabase } from '../demo-database.ts';
import { ledgerFaults } from '../e2e/central.ts';
import { startNodeDevice } from '../node-device.ts';
import type { TestDatabase } from '../postgres-for-tests.ts';
import { followReplay, turnedClock, workBeside, workThroughOutage } from './long-outage.ts';

const clock = turnedClock();
let folder = '';
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'backstock-outage-'));
	database = await createDemoDatabase();
	server = await start(0);
});
afterAll(async () => {
	await server.stop();
	await database.drop();
	rmSync(folder, { recursive: true, force: true });
});

function start(port: number): Promise<RunningServer> {
	return startServer({
		databaseUrl: database.url,
		port,
		dataFolder: join(folder, 'server'),
		rendererFolder: folder,
		clock: { now: clock.instant },
		log: () => undefined,
	});
}

async function query<Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[] = []) {
	const client = new pg.Client({ connectionString: database.url });
	await client.connect();
	const { rows } = await client.query<Row>(statement, [...values]);
	await client.end();
	return rows;
}

it('after 72 hours cut off everything arrives once and in order, what is refused or broken blocks nothing, the queue is seen to shrink, and others are answered meanwhile', async () => {
	const { url } = server;
	const open = (name: string, code: string) =>
		startNodeDevice({ dataFolder: join(folder, name), serverAddress: url, clock }, { code, pin: '3333', person: 2 });
	const [device, other] = [await open('one', 'LEEDS-1'), await open('other', 'LEEDS-2')];
	const [order] = other.work().filter(({ method }) => method === 'pickup');
	if (order === undefined) throw new Error('The store has a pickup.');
	await server.stop();
	const recorded = await workThroughOutage(device, clock, 250);
	expect((await device.core.status()).waiting).toBe(250);

	server = await start(Number(new URL(url).port));
	await other.until(({ connection }) => connection.kind === 'online');
	const isOver = new AbortController();
	const beside = workBeside(other, order, isOver.signal);
	const { progress } = await followReplay(device);
	isOver.abort();
	const { answered } = await beside;

	const laneId = device.operations.values().next().value?.operation.laneId;
	const rows = await query<{ op_id: string; seq: number; type: string; outcome: string; reason: string | null }>(
		'SELECT op_id, seq::int AS seq, type, outcome, reason FROM operation WHERE lane_id = $1 ORDER BY seq',
		[laneId],
	);
	// The device may be asked for selling rights meanwhile: what it gives back by itself comes after all that it had recorded.
	const gaveBack = rows.slice(recorded.length);
	expect(gaveBack.every(({ type, outcome }) => type === 'release_rights' && outcome === 'applied')).toBe(true);
	expect(rows.slice(0, recorded.length).map(({ op_id, outcome }) => [op_id, outcome])).toEqual(
		recorded.map(({ opId, fate }) => [opId, fate]),
	);
	expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
	const kept = rows.filter(({ outcome }) => outcome !== 'applied');
	expect(kept.length).toBeGreaterThan(5);
	expect(kept.every(({ reason }) => reason !== null)).toBe(true);
	expect(new Set(kept.map(({ outcome }) => outcome))).toEqual(new Set(['refused', 'quarantined']));
	expect(await query(ledgerFaults)).toEqual([]);

	const done = progress.map((each) => each.done);
	expect(done).toEqual([...done].sort((a, b) => a - b));
	expect(new Set(done).size).toBeGreaterThan(1);
	expect(progress[0]?.total).toBe(250);
	expect(Math.max(...progress.map(({ total }) => total))).toBeLessThanOrEqual(250 + gaveBack.length);
	expect((await device.core.status()).replay).toBeNull();
	expect(answered.length).toBeGreaterThan(0);

	await device.until(() => [...device.operations.values()].every(({ state }) => state !== 'sent' && state !== 'saved'));
	for (const { opId, fate } of recorded) {
		expect(device.operations.get(opId)?.state).toBe(fate === 'applied' ? 'confirmed' : 'needs_attention');
	}
	await device.close();
	await other.close();
}, 180_000);
