import { type Kysely, sql } from 'kysely';
import { keyIdOf } from '../../shared/domain/device-key.ts';
import { checkLedger } from '../central/inventory/stock-ledger.ts';
import type { Tables } from '../database/tables.ts';
import { type KeptPlace, type LaneEnd, LaneWalk } from './verify-lane.ts';

/** One thing that is wrong with the log: where, and what, in words. */
export interface LogFault {
	readonly laneId: string | null;
	readonly seq: number | null;
	readonly what: string;
}

export interface LogFigures {
	readonly lanes: number;
	readonly operations: number;
	/** Of the operations: how many their device's key has signed, and how many had come by another lane before. */
	readonly signed: number;
	readonly repeated: number;
	readonly faults: number;
}

interface LaneRow extends LaneEnd {
	readonly id: string;
	readonly device_id: string | null;
}

const placesAtOnce = 1000;
const lanesAtOnce = 500;

/**
 * Walks the whole history: every lane's numbers, chain, hashes, signatures and columns, then the effects and the ledger. One
 * snapshot of the database, read a thousand operations at a time, so that it may be of any length and the server goes on.
 * @param tell called with each fault as it is found
 */
export async function verifyLog(db: Kysely<Tables>, tell: (fault: LogFault) => void): Promise<LogFigures> {
	let faults = 0;
	const tellCounted = (fault: LogFault) => {
		faults += 1;
		tell(fault);
	};
	return db
		.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute(async (snapshot) => {
			const total = { lanes: 0, operations: 0, signed: 0, repeated: 0 };
			for (let after = ''; ; ) {
				const lanes = await snapshot
					.selectFrom('lane')
					.select(['id', 'device_id', 'last_seq', 'last_hash'])
					.where('id', '>', after)
					.orderBy('id')
					.limit(lanesAtOnce)
					.execute();
				for (const lane of lanes) {
					const figures = await verifyLane(snapshot, lane, tellCounted);
					total.lanes += 1;
					total.operations += figures.operations;
					total.signed += figures.signed;
					total.repeated += figures.repeated;
				}
				const last = lanes.at(-1);
				if (last === undefined) break;
				after = last.id;
			}
			for (const fault of await faultsBesideLanes(snapshot)) tellCounted(fault);
			return { ...total, faults };
		});
}

async function verifyLane(db: Kysely<Tables>, lane: LaneRow, tell: (fault: LogFault) => void) {
	const laneId = lane.id;
	const keys = await db
		.selectFrom('device_key')
		.select(['id', 'public_key'])
		.where('device_id', '=', lane.device_id)
		.execute();
	const publicKeys = Object.fromEntries(keys.map(({ id, public_key }) => [id, public_key]));
	const device = { id: lane.device_id, laneId, keys: publicKeys };
	const walk = new LaneWalk(device, (seq, what) => tell({ laneId, seq, what }));
	for (let after = 0; ; ) {
		const places = await placesAfter(db, laneId, after);
		for (const place of places) walk.take(place);
		const last = places.at(-1);
		if (last === undefined) break;
		after = last.seq;
	}
	walk.end(lane);
	return walk.figures;
}

/** The next places of a lane, in order of their numbers; none is left out at the edge, also where a number is there twice. */
async function placesAfter(db: Kysely<Tables>, laneId: string, after: number): Promise<readonly KeptPlace[]> {
	const { rows } = await sql<KeptPlace>`
		SELECT * FROM (
			(SELECT seq, op_id::text, hash, body, outcome, reason, device_id, type, v, signed, NULL::json AS first_body,
				false AS is_repeated
			FROM operation WHERE lane_id = ${laneId} AND seq > ${after} ORDER BY seq LIMIT ${placesAtOnce})
			UNION ALL
			(SELECT again.seq, again.op_id::text, again.hash, again.body, outcome, reason, NULL, NULL, NULL, NULL, operation.body,
				true
			FROM repeated_operation AS again LEFT JOIN operation USING (op_id)
			WHERE again.lane_id = ${laneId} AND again.seq > ${after} ORDER BY again.seq LIMIT ${placesAtOnce})
		) AS place ORDER BY seq FETCH FIRST ${placesAtOnce} ROWS WITH TIES`.execute(db);
	return rows;
}

const mostOfAKind = 1000;

/** What is wrong outside the lanes: operations without a lane, effects without an operation, keys, and the ledger. */
async function faultsBesideLanes(db: Kysely<Tables>): Promise<readonly LogFault[]> {
	const { rows: lost } = await sql<{ lane_id: string; seq: number; what: string }>`
		SELECT lane_id, seq, 'its lane is not there' AS what FROM (
			SELECT lane_id, seq FROM operation UNION ALL SELECT lane_id, seq FROM repeated_operation
		) AS place WHERE NOT EXISTS (SELECT FROM lane WHERE lane.id = place.lane_id)
		LIMIT ${mostOfAKind}`.execute(db);
	const { rows: effects } = await sql<{ lane_id: string | null; seq: number | null; what: string }>`
		SELECT operation.lane_id, operation.seq, CASE WHEN op_id IS NULL
			THEN 'operation ' || moved.operation_id || ' has moved ' || moved.units || ' units of stock and is not kept'
			ELSE 'it is ' || outcome || ' and has moved ' || moved.units || ' units of stock' END AS what
		FROM (
			SELECT operation_id, sum(quantity) AS units FROM movement WHERE operation_id IS NOT NULL GROUP BY operation_id
		) AS moved LEFT JOIN operation ON operation.op_id::text = moved.operation_id
		WHERE operation.outcome IS DISTINCT FROM 'applied'
		UNION ALL
		SELECT operation.lane_id, operation.seq, CASE WHEN operation.op_id IS NULL
			THEN 'operation ' || told.op_id || ' is told of in the history of an order and is not kept'
			ELSE 'it is ' || outcome || ' and is told of in the history of an order' END
		FROM (SELECT DISTINCT op_id FROM domain_event WHERE op_id IS NOT NULL) AS told
			LEFT JOIN operation ON operation.op_id = told.op_id
		WHERE operation.outcome IS DISTINCT FROM 'applied'
		LIMIT ${mostOfAKind}`.execute(db);
	const keys = await db.selectFrom('device_key').select(['id', 'device_id', 'public_key']).execute();
	const falseKeys = keys.filter(({ id, public_key }) => keyIdOf(public_key) !== id);
	const unbalanced = await checkLedger(db);
	return [
		...[...lost, ...effects].map(({ lane_id, seq, what }) => ({ laneId: lane_id, seq, what })),
		...falseKeys.map(({ id, device_id }) =>
			besideLane(`key ${id} of device ${device_id} has another name than its content`),
		),
		...unbalanced.map(({ siteId, sku, fault }) =>
			besideLane(
				fault === 'differs_from_movements'
					? `the stock of ${sku} at ${siteId} is not what its movements add up to`
					: `the buckets of ${sku} at ${siteId} don't add up to zero`,
			),
		),
	];
}

function besideLane(what: string): LogFault {
	return { laneId: null, seq: null, what };
}
