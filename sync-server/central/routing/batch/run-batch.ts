import { type Kysely, sql } from 'kysely';
import { v7 as newId } from 'uuid';
import type { RoutingRun, RoutingRunFindings } from '../../../../shared/protocol/routing-run-messages.ts';
import type { Clock } from '../../../clock.ts';
import type { Tables } from '../../../database/tables.ts';
import { inTransaction, isDatabaseAway } from '../../../database/transaction.ts';
import { currentRouting } from '../../rules/current-routing.ts';
import type { FindPlace } from '../place-of-address.ts';
import type { BatchQuestion } from './batch-question.ts';
import { makeMoves } from './make-moves.ts';
import type { BatchPlan } from './plan-batch.ts';
import { readBatch } from './read-batch.ts';
import {
	beginRun,
	findRun,
	finishRun,
	keepPlan,
	lockGroup,
	plannedGroups,
	settleMoves,
	type UnfinishedRun,
	unfinishedRun,
} from './routing-runs.ts';

export interface BatchContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace?: FindPlace | undefined;
	/** The name of this server, for those who read of its runs. */
	readonly server: string;
	/** Plans away from this thread. */
	readonly plan: (question: BatchQuestion, signal: AbortSignal | undefined) => Promise<BatchPlan>;
	readonly log: (line: string) => void;
	/** Told of each run that has come to its end here. */
	readonly ended?: (run: RoutingRun) => void;
}

export interface RunOptions {
	/** Breaks it off: a plan that is not written is forgotten, what is left of a written one is made at the next start. */
	readonly signal?: AbortSignal | undefined;
	/** Told the run's id as soon as it has one. */
	readonly began?: (runId: string) => void;
}

/** Any number that nothing else locks. */
const runLock = 5_270_901;
/** What was planned longer ago is not made any more: too much is other than it was. */
const freshMinutes = 10;
/** Where nothing can be saved at all, a gap means nothing; JSON knows no infinity. */
const mostGap = 1000;

/**
 * Re-optimizes everything that no site has started: plans it, writes the whole plan, and makes its moves group by group. What a run before has left undone
 * comes first. One server at a time.
 * @returns the run's id, or undefined when another server is at it
 */
export async function runBatch(context: BatchContext, options: RunOptions = {}): Promise<string | undefined> {
	return withRunLock(context.db, async () => {
		await finishLastRun(context, options);
		const { db, clock, server } = context;
		const id = newId();
		await beginRun(db, { id, server, at: clock.now().toString() });
		options.began?.(id);
		try {
			await planRun(context, id, options);
		} catch (error) {
			if (isDatabaseAway(error)) throw error;
			const problem = String(error instanceof Error ? error.message : error).slice(0, 2000);
			await finishRun(db, id, { state: 'failed', at: clock.now().toString(), problem });
			await tell(context, id);
			return id;
		}
		await publishRun(context, id, options);
		return id;
	});
}

/** Makes what a run has left undone when its server ended, or gives it up. */
export async function resumeBatch(context: BatchContext, options: RunOptions = {}): Promise<void> {
	await withRunLock(context.db, () => finishLastRun(context, options));
}

/** @returns undefined when another server holds the lock; it is freed when its holder's connection ends, however that comes */
async function withRunLock<Value>(db: Kysely<Tables>, work: () => Promise<Value>): Promise<Value | undefined> {
	return db.connection().execute(async (connection) => {
		const { rows } = await sql<{ mine: boolean }>`SELECT pg_try_advisory_lock(${runLock}) AS mine`.execute(connection);
		if (!rows[0]?.mine) return undefined;
		try {
			return await work();
		} finally {
			await sql`SELECT pg_advisory_unlock(${runLock})`.execute(connection);
		}
	});
}

async function finishLastRun(context: BatchContext, options: RunOptions): Promise<void> {
	const { db, clock } = context;
	const run = await unfinishedRun(db);
	if (run === undefined) return;
	const now = clock.now();
	if (run.state === 'publishing' && isFresh(run, now)) {
		await publishRun(context, run.id, options);
		return;
	}
	await settleMoves(db, { runId: run.id }, 'too_old');
	const problem =
		run.state === 'planning' ? 'Its server ended while it planned.' : 'Its server ended while it made its moves.';
	await finishRun(db, run.id, { state: 'abandoned', at: now.toString(), problem });
	await tell(context, run.id);
}

function isFresh({ plannedAt }: UnfinishedRun, now: Temporal.Instant): boolean {
	const age =
		plannedAt === null ? Number.POSITIVE_INFINITY : now.since(Temporal.Instant.from(plannedAt)).total('minutes');
	return age >= 0 && age < freshMinutes;
}

async function planRun(
	{ db, clock, findPlace, plan }: BatchContext,
	id: string,
	{ signal }: RunOptions,
): Promise<void> {
	const began = performance.now();
	const { version, routing } = await currentRouting(db);
	const question = await readBatch(db, { routing, at: clock.now().toString(), findPlace });
	const planned = await plan(question, signal);
	const findings = findingsOf(planned, {
		currency: routing.weights.currency,
		rulesVersion: version,
		seconds: (performance.now() - began) / 1000,
	});
	await keepPlan(db, id, planned, { findings, at: clock.now().toString() });
}

function findingsOf(
	plan: BatchPlan,
	facts: Pick<RoutingRunFindings, 'currency' | 'rulesVersion' | 'seconds'>,
): RoutingRunFindings {
	const { choice, steps, orders, units } = plan;
	const because = choice.by === 'solver' ? undefined : 'reason' in choice ? choice.reason : choice.because;
	return {
		...facts,
		orders,
		units,
		presentMinor: Math.round(plan.presentCost),
		movedMinor: Math.round(plan.movedCost),
		plannedMinor: Math.round(plan.plannedCost),
		boundMinor: Math.floor(plan.bound),
		gap: Math.min(mostGap, plan.gap),
		chosenBy: choice.by === 'solver' ? choice.name : choice.by,
		...(because !== undefined && { because: because.slice(0, 2000) }),
		steps: steps.map((step) => ({ ...step, gap: Math.min(mostGap, step.gap) })),
	};
}

async function publishRun(context: BatchContext, id: string, { signal }: RunOptions): Promise<void> {
	const { db, clock } = context;
	for (const group of await plannedGroups(db, id)) {
		if (signal?.aborted) return;
		await makeGroup(context, id, group);
	}
	await finishRun(db, id, { state: 'published', at: clock.now().toString() });
	await tell(context, id);
}

/** A group is moved and marked as such in one transaction: a crash leaves it as it was, or done. */
async function makeGroup({ db, clock, findPlace, log }: BatchContext, runId: string, group: number): Promise<void> {
	try {
		await inTransaction(db, async (transaction) => {
			const { moves, rulesVersion } = await lockGroup(transaction, runId, group);
			if (moves.length === 0) return;
			const { version } = await currentRouting(transaction);
			const dropped =
				version === rulesVersion
					? await makeMoves(transaction, moves, { at: clock.now().toString(), findPlace })
					: 'rules_changed';
			await settleMoves(transaction, { runId, group }, dropped);
		});
	} catch (error) {
		if (isDatabaseAway(error)) throw error;
		// One that can't be made must not keep the others, and all runs after it, from being made.
		log(`Routing run ${runId}: group ${group} could not be moved: ${String(error)}`);
		await settleMoves(db, { runId, group }, 'failed');
	}
}

async function tell({ db, log, ended }: BatchContext, runId: string): Promise<void> {
	const run = await findRun(db, runId);
	if (run === undefined) return;
	log(runInWords(run));
	ended?.(run);
}

/** One line for the log. */
export function runInWords({ state, findings, moves, problem, savedMinor }: RoutingRun): string {
	if (findings === undefined) return `Routing run ${state}: ${problem ?? 'no plan'}`;
	const { orders, gap, chosenBy, because, seconds, currency } = findings;
	const parts = [
		`${orders} orders`,
		`${moves.applied} moved`,
		...(moves.dropped > 0 ? [`${moves.dropped} left where they were`] : []),
		`${(savedMinor / 100).toFixed(2)} ${currency} saved`,
		`${(gap * 100).toFixed(2)} % above the bound`,
		`chosen by ${chosenBy}${because === undefined ? '' : ` (${because})`}`,
		`${seconds.toFixed(1)} s`,
	];
	return `Routing run ${state}: ${parts.join(', ')}${problem === undefined ? '' : `. ${problem}`}`;
}
