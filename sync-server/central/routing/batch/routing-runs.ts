import { type Kysely, sql } from 'kysely';
import type {
	MoveDropReason,
	RoutingRun,
	RoutingRunFindings,
	RoutingRunMove,
} from '../../../../shared/protocol/routing-run-messages.ts';
import type { Tables } from '../../../database/tables.ts';
import { inTransaction } from '../../../database/transaction.ts';
import type { BatchPlan, MoveGroup, OrderMove } from './plan-batch.ts';

/** Runs are kept so long. */
const keptDays = 30;

/** A run that is to plan. Throws where one is under way: the database takes only one. */
export async function beginRun(
	db: Kysely<Tables>,
	run: { readonly id: string; readonly server: string; readonly at: string },
): Promise<void> {
	const { id, server, at } = run;
	const oldest = Temporal.Instant.from(at)
		.subtract({ hours: keptDays * 24 })
		.toString();
	await db.deleteFrom('routing_run').where('started_at', '<', oldest).where('state', '<>', 'publishing').execute();
	await db.insertInto('routing_run').values({ id, server, state: 'planning', started_at: at }).execute();
}

/** Writes the whole plan of a run, with every move and all prices, in one transaction. */
export async function keepPlan(
	db: Kysely<Tables>,
	runId: string,
	plan: BatchPlan,
	{ findings, at }: { readonly findings: RoutingRunFindings; readonly at: string },
): Promise<void> {
	const moves = plan.groups.flatMap((group, number) => group.map((move) => ({ number, move })));
	const prices = [...plan.prices.stock, ...plan.prices.sites.map((price) => ({ ...price, sku: '' }))];
	await inTransaction(db, async (transaction) => {
		await transaction
			.updateTable('routing_run')
			.set({ state: 'publishing', planned_at: at, findings: JSON.stringify(findings) })
			.where('id', '=', runId)
			.where('state', '=', 'planning')
			.execute();
		await sql`
			INSERT INTO routing_move (run_id, group_number, order_id, state, body)
			SELECT ${runId}, number, body ->> 'orderId', 'planned', body
			FROM unnest(${moves.map(({ number }) => number)}::int[], ${moves.map(({ move }) => JSON.stringify(move))}::jsonb[])
				AS planned (number, body)`.execute(transaction);
		await transaction.deleteFrom('routing_price').execute();
		await sql`
			INSERT INTO routing_price (sku, site_id, minor)
			SELECT * FROM unnest(${prices.map(({ sku }) => sku)}::text[], ${prices.map(({ siteId }) => siteId)}::text[],
				${prices.map(({ minor }) => minor)}::bigint[])`.execute(transaction);
	});
}

/** A run that has not come to its end: its server works on it, or has ended. */
export interface UnfinishedRun {
	readonly id: string;
	readonly state: 'planning' | 'publishing';
	readonly plannedAt: string | null;
	readonly findings: RoutingRunFindings | null;
}

export async function unfinishedRun(db: Kysely<Tables>): Promise<UnfinishedRun | undefined> {
	const row = await db
		.selectFrom('routing_run')
		.select(['id', 'state', 'planned_at', 'findings'])
		.where('state', 'in', ['planning', 'publishing'])
		.executeTakeFirst();
	if (row === undefined) return undefined;
	const state = row.state === 'planning' ? 'planning' : 'publishing';
	return { id: row.id, state, plannedAt: row.planned_at, findings: row.findings };
}

export async function finishRun(
	db: Kysely<Tables>,
	runId: string,
	end: { readonly state: 'published' | 'failed' | 'abandoned'; readonly at: string; readonly problem?: string },
): Promise<void> {
	await db
		.updateTable('routing_run')
		.set({ state: end.state, finished_at: end.at, problem: end.problem ?? null })
		.where('id', '=', runId)
		.where('state', 'in', ['planning', 'publishing'])
		.execute();
}

/** The groups of a run whose moves are still to be made, those that save the most first. */
export async function plannedGroups(db: Kysely<Tables>, runId: string): Promise<readonly number[]> {
	const rows = await db
		.selectFrom('routing_move')
		.select('group_number')
		.distinct()
		.where('run_id', '=', runId)
		.where('state', '=', 'planned')
		.orderBy('group_number')
		.execute();
	return rows.map(({ group_number }) => group_number);
}

/** The moves of a group that are still to be made, and the rules by which they were planned. */
export interface PlannedGroup {
	readonly moves: MoveGroup;
	readonly rulesVersion: number;
}

/** Keeps others from a run and from a group's moves until the transaction ends. Nothing is to be made of a run that was given up. */
export async function lockGroup(transaction: Kysely<Tables>, runId: string, group: number): Promise<PlannedGroup> {
	const { rows: runs } = await sql<{ findings: RoutingRunFindings }>`
		SELECT findings FROM routing_run WHERE id = ${runId} AND state = 'publishing' FOR SHARE`.execute(transaction);
	const [run] = runs;
	if (run === undefined) return { moves: [], rulesVersion: 0 };
	const { rows } = await sql<{ body: OrderMove }>`
		SELECT body FROM routing_move WHERE run_id = ${runId} AND group_number = ${group} AND state = 'planned'
		ORDER BY order_id FOR UPDATE`.execute(transaction);
	return { moves: rows.map(({ body }) => body), rulesVersion: run.findings.rulesVersion };
}

/** Says of moves that are still planned what became of them. */
export async function settleMoves(
	db: Kysely<Tables>,
	moves: { readonly runId: string; readonly group?: number },
	dropped: MoveDropReason | undefined,
): Promise<void> {
	const { runId, group } = moves;
	const settled = db
		.updateTable('routing_move')
		.set({ state: dropped === undefined ? 'applied' : 'dropped', reason: dropped ?? null })
		.where('run_id', '=', runId)
		.where('state', '=', 'planned');
	await (group === undefined ? settled : settled.where('group_number', '=', group)).execute();
}

const mostListed = 100;

/** The latest runs, the newest first. */
export async function listRuns(db: Kysely<Tables>): Promise<readonly RoutingRun[]> {
	return readRuns(db, undefined);
}

export async function findRun(db: Kysely<Tables>, runId: string): Promise<RoutingRun | undefined> {
	const [run] = await readRuns(db, runId);
	return run;
}

async function readRuns(db: Kysely<Tables>, runId: string | undefined): Promise<readonly RoutingRun[]> {
	const { rows } = await sql<RunRow>`
		SELECT run.id, run.state, run.server, run.started_at, run.finished_at, run.findings, run.problem,
			count(move.*) AS planned, count(*) FILTER (WHERE move.state = 'applied') AS applied,
			count(*) FILTER (WHERE move.state = 'dropped') AS dropped,
			coalesce(sum((move.body ->> 'gain')::float8) FILTER (WHERE move.state = 'applied'), 0)::float8 AS saved
		FROM (SELECT * FROM routing_run WHERE ${runId ?? null}::text IS NULL OR id = ${runId ?? null}
			ORDER BY started_at DESC, id DESC LIMIT ${mostListed}) AS run
		LEFT JOIN routing_move AS move ON move.run_id = run.id
		GROUP BY run.id, run.state, run.server, run.started_at, run.finished_at, run.findings, run.problem
		ORDER BY run.started_at DESC, run.id DESC`.execute(db);
	return rows.map(
		({
			id,
			state,
			server,
			started_at,
			finished_at,
			findings,
			problem,
			planned,
			applied,
			dropped,
			saved,
		}): RoutingRun => ({
			id,
			state,
			server,
			startedAt: started_at,
			finishedAt: finished_at,
			...(findings && { findings }),
			...(problem !== null && { problem }),
			moves: { planned, applied, dropped },
			savedMinor: Math.round(saved),
		}),
	);
}

interface RunRow {
	readonly id: string;
	readonly state: RoutingRun['state'];
	readonly server: string;
	readonly started_at: string;
	readonly finished_at: string | null;
	readonly findings: RoutingRunFindings | null;
	readonly problem: string | null;
	readonly planned: number;
	readonly applied: number;
	readonly dropped: number;
	readonly saved: number;
}

/** The moves of a run, in the order in which they are made. */
export async function runMoves(db: Kysely<Tables>, runId: string): Promise<readonly RoutingRunMove[]> {
	const rows = await db
		.selectFrom('routing_move')
		.select(['group_number', 'state', 'reason', 'body'])
		.where('run_id', '=', runId)
		.orderBy('group_number')
		.orderBy('order_id')
		.execute();
	return rows.map(({ group_number, state, reason, body: { orderId, orderNumber, held, wanted, gain } }) => ({
		orderId,
		orderNumber,
		group: group_number,
		state,
		...(reason !== null && { reason }),
		from: held.map(({ siteId, sku, units }) => ({ siteId, sku, units })),
		to: [...wanted],
		savedMinor: Math.round(gain),
	}));
}
