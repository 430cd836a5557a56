import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../sync-server/database/open-database.ts';
import { type RunningServer, startServer } from '../../sync-server/main.ts';
import { verifyLog } from '../../sync-server/verify-log/verify-log.ts';
import { createDemoDatabase } from '../demo-database.ts';
import { openNodeDevice, startNodeDevice } from '../node-device.ts';
import type { TestDatabase } from '../postgres-for-tests.ts';

let folder = '';
let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'backstock-damaged-'));
	database = await createDemoDatabase();
	server = await start(0);
}, 120_000);
afterAll(async () => {
	await server.stop();
	await database.drop();
	rmSync(folder, { recursive: true, force: true });
});

function start(port: number): Promise<RunningServer> {
	const dataFolder = join(folder, 'server');
	return startServer({ databaseUrl: database.url, port, dataFolder, rendererFolder: folder, log: () => undefined });
}

async function laneOf(laneId: string) {
	const client = new pg.Client({ connectionString: database.url });
	await client.connect();
	const { rows } = await client.query<{ op_id: string; seq: number; type: string; outcome: string; body: object }>(
		'SELECT op_id, seq::int AS seq, type, outcome, body FROM operation WHERE lane_id = $1 ORDER BY seq',
		[laneId],
	);
	await client.end();
	return rows;
}

/** Records, cut off, six operations after two that central has; then something happens to the journal's file. */
async function workThenDamage(code: string, damage: (path: string, starts: readonly number[], size: number) => void) {
	const dataFolder = join(folder, code);
	const place = { dataFolder, serverAddress: server.url };
	const device = await startNodeDevice(place, { code });
	const [order] = device.work();
	if (order === undefined) throw new Error('The store has work.');
	const target = { fulfillmentOrderId: order.id, orderId: order.orderId };
	for (let turn = 0; turn < 2; turn += 1) await device.core.record('start_picking', target);
	await device.until(({ waiting }) => waiting === 0);
	await server.stop();
	const unsent: string[] = [];
	for (let turn = 0; turn < 6; turn += 1) {
		const saved = await device.core.record('start_picking', target);
		if (saved.ok) unsent.push(saved.operation.operation.opId);
	}
	const laneId = device.operations.values().next().value?.operation.laneId ?? '';
	await device.close();
	const journal = join(dataFolder, 'journal');
	const path = join(journal, readdirSync(journal).find((name) => /\d{6}\.log$/.test(name)) ?? '');
	const bytes = readFileSync(path);
	const starts = [...bytes.keys()].filter(
		(at) => bytes.readUInt8(at) === 0xff && bytes.toString('latin1', at + 1, at + 4) === 'BSJ',
	);
	damage(path, starts, bytes.length);
	server = await start(Number(new URL(server.url).port));
	return { place, unsent, laneId };
}

function flip(path: string, at: number): void {
	const bytes = readFileSync(path);
	bytes.writeUInt8(bytes.readUInt8(at) ^ 0x20, at);
	writeFileSync(path, bytes);
}

it.each([
	['one', 'NORWICH-1', [4], [4]],
	['two behind each other', 'NORWICH-2', [4, 5], [4, 5]],
	['the first, and the answered one before it,', 'LEEDS-1', [1, 2], [2]],
] as const)(
	'with %s of the unsent ones damaged the lane is not stopped: the loss is told, and what came after arrives',
	async (_what, code, damaged, lost) => {
		const { place, unsent, laneId } = await workThenDamage(code, (path, starts) => {
			for (const number of damaged) flip(path, (starts[number] ?? 0) + 40);
		});
		const device = await openNodeDevice(place);
		const status = await device.until(({ waiting, connection }) => waiting === 0 && connection.kind === 'online');
		expect(status.recovery).toMatchObject([{ what: 'damaged_middle' }]);
		const rows = await laneOf(laneId);
		expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		const isLost = (seq: number) => (lost as readonly number[]).some((number) => number + 1 === seq);
		for (const { seq, type, outcome, op_id } of rows) {
			expect([seq, type, outcome]).toEqual(
				isLost(seq) ? [seq, 'unreadable_record', 'quarantined'] : [seq, 'start_picking', 'applied'],
			);
			if (seq > 2 && !isLost(seq)) expect(op_id).toBe(unsent[seq - 3]);
		}
		await device.close();
		const { db, close } = openDatabase(database.url, { connections: 2 });
		const faults: string[] = [];
		await verifyLog(db, ({ what }) => faults.push(what));
		await close();
		expect(faults).toEqual([]);
	},
	120_000,
);

it('with the end of the journal torn everything before it arrives', async () => {
	const { place, unsent, laneId } = await workThenDamage('NORWICH-3', (path, _starts, size) =>
		truncateSync(path, size - 9),
	);
	const device = await openNodeDevice(place);
	const status = await device.until(({ waiting, connection }) => waiting === 0 && connection.kind === 'online');
	expect(status.recovery).toMatchObject([{ what: 'torn_tail' }]);
	expect((await laneOf(laneId)).slice(2).map(({ op_id }) => op_id)).toEqual(unsent.slice(0, 5));
	await device.close();
}, 120_000);
