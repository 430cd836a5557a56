import { tmpdir } from 'node:os';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { sampleOrder } from '../../shared/domain/sample-order.ts';
import { checkLedger } from '../../sync-server/central/inventory/stock-ledger.ts';
import { openPromising } from '../../sync-server/central/promising/open-promising.ts';
import { placeFinder } from '../../sync-server/central/routing/place-of-address.ts';
import { openReplayDesk } from '../../sync-server/central/routing/replay/replay-desk.ts';
import { siteStream } from '../../sync-server/database/documents.ts';
import { isDatabaseAway } from '../../sync-server/database/transaction.ts';
import { openWakeHub } from '../../sync-server/feed/wake.ts';
import { openMetrics } from '../../sync-server/http/metrics.ts';
import { buildHttpServer } from '../../sync-server/http/server.ts';
import {
	addDevice,
	addOrder,
	addSite,
	newTestKey,
	openTestCentral,
	type TestCentral,
	type TestDevice,
} from '../central-for-tests.ts';

export const fuzzedSite = 'S-1';
const orders = 24;
let devices = 0;

/** The whole HTTP server, not listening, on a database of its own with one site that has work. */
export interface FuzzedCentral {
	readonly central: TestCentral;
	readonly app: FastifyInstance;
	/** What the server wrote to its log: only its own mistakes are there. */
	readonly log: readonly string[];
	readonly samples: readonly ReturnType<typeof sampleOrder>[];
	close(): Promise<void>;
}

export async function openFuzzedCentral(): Promise<FuzzedCentral> {
	const central = await openTestCentral();
	await addSite(central, fuzzedSite);
	const samples = Array.from({ length: orders }, (_, index) =>
		sampleOrder(
			index % 3 === 0
				? [{ sku: `a-${index}`, quantity: 1 }]
				: [
						{ sku: `a-${index}`, quantity: 3 },
						{ sku: `b-${index}`, quantity: 1 },
					],
			index % 2 === 0 ? 'ship' : 'pickup',
			`F${index}`,
		),
	);
	for (const sample of samples) await addOrder(central, sample);
	const log: string[] = [];
	const { db } = central.database;
	const hub = await openWakeHub({ db, url: central.url, log: (line) => log.push(line) });
	const { clock } = central.ingest;
	const findPlace = placeFinder([]);
	const promising = await openPromising({ db, url: central.url, clock, findPlace, log: (line) => log.push(line) });
	const replays = openReplayDesk({ db, clock, findPlace }, (line) => log.push(line));
	const routing = { runNow: () => Promise.reject(new Error('There is no routing here.')) };
	const app = await buildHttpServer({
		database: central.database,
		sync: {
			...central.ingest,
			log: (line) => log.push(line),
			hub,
			promising,
			replays,
			metrics: openMetrics({ database: central.database, hub }),
		},
		api: { db, clock, findPlace, promising, replays, routing, isApiKey: () => false, isDatabaseAway },
		rendererFolder: tmpdir(),
		log: (line) => log.push(line),
	});
	await app.ready();
	return {
		central,
		app,
		log,
		samples,
		close: async () => {
			await app.close();
			await promising.close();
			await hub.close();
			await central.close();
		},
	};
}

/** A manager's device. What it writes follows what central holds of its lane, not what the device remembers. */
export interface FuzzedDevice {
	readonly device: TestDevice;
	readonly authorization: string;
}

/** Every other one signs what it writes; the rest are as those of releases that did not. */
export async function newFuzzedDevice({ central }: FuzzedCentral): Promise<FuzzedDevice> {
	devices += 1;
	const device = await addDevice(central, fuzzedSite, 'manager', devices % 2 === 0 ? { key: newTestKey() } : {});
	return { device, authorization: `Bearer ${device.credential}` };
}

/** What central holds of a lane and of its site's stream. */
export interface Held {
	readonly seq: number;
	readonly hash: string;
	readonly frozen: boolean;
	/** Operations of the lane that are stored, and the highest number among them. */
	readonly operations: number;
	readonly highest: number;
	readonly head: number;
	/** The highest position that a document has. */
	readonly last: number;
}

export async function heldOf({ central }: FuzzedCentral, { device }: FuzzedDevice): Promise<Held> {
	const { rows } = await sql<Held>`
		WITH stored AS (
			SELECT seq FROM operation WHERE lane_id = ${device.laneId}
			UNION ALL SELECT seq FROM repeated_operation WHERE lane_id = ${device.laneId}
		)
		SELECT lane.last_seq AS seq, lane.last_hash AS hash, lane.frozen_reason IS NOT NULL AS frozen,
			(SELECT count(*) FROM stored) AS operations, (SELECT coalesce(max(seq), 0) FROM stored)::bigint AS highest,
			stream.head, (SELECT coalesce(max(position), 0) FROM stream_document WHERE stream_id = stream.id)::bigint AS last
		FROM lane, stream WHERE lane.id = ${device.laneId} AND stream.id = ${siteStream(fuzzedSite)}`.execute(
		central.database.db,
	);
	const [row] = rows;
	if (row === undefined) throw new Error('The lane is gone.');
	return row;
}

/** Documents of the site's stream at positions after this one. */
export async function documentsAfter({ central }: FuzzedCentral, position: number): Promise<number> {
	const { units } = await central.database.db
		.selectFrom('stream_document')
		.select(({ fn }) => fn.countAll<number>().as('units'))
		.where('stream_id', '=', siteStream(fuzzedSite))
		.where('position', '>', position)
		.executeTakeFirstOrThrow();
	return Number(units);
}

/** The ledger balances, no movement is of an operation that was not applied, and the server blames itself for nothing. */
export async function expectWhole({ central, log }: FuzzedCentral): Promise<void> {
	const { db } = central.database;
	expect(await checkLedger(db)).toEqual([]);
	const { rows } = await sql`
		SELECT movement.id FROM movement LEFT JOIN operation ON operation.op_id::text = movement.operation_id
		WHERE movement.operation_id IS NOT NULL AND operation.outcome IS DISTINCT FROM 'applied' LIMIT 5`.execute(db);
	expect(rows).toEqual([]);
	expect(log).toEqual([]);
}

/** How many cases there were of each answer. */
export const answersSeen = new Map<string, number>();

/** Runs a property this often. The first failure is told as it is: what happened before it can't be shrunk away. */
export async function fuzz<T>(
	cases: number,
	message: fc.Arbitrary<T>,
	run: (message: T) => Promise<string>,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(message, async (one) => {
			const answer = await run(one);
			answersSeen.set(answer, (answersSeen.get(answer) ?? 0) + 1);
		}),
		{ numRuns: cases, endOnFailure: true, includeErrorInReport: true },
	);
}
