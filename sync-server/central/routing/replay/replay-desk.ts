import { v4 as newReplayId } from 'uuid';
import type { Problem } from '../../../../shared/protocol/messages.ts';
import type {
	ReplayChoices,
	ReplayComparison,
	ReplayRequest,
	ReplayState,
} from '../../../../shared/protocol/replay-messages.ts';
import { listSites } from '../sites.ts';
import { prepareReplay, type ReplayParts } from './prepare-replay.ts';
import { readReplayableDays } from './read-replay-day.ts';
import { readRoutings } from './replay-routing.ts';
import type { ReplayProgress } from './replay-task.ts';
import { replayInThread } from './replay-thread.ts';

export type Replayed =
	| { readonly ok: true; readonly comparison: ReplayComparison }
	| { readonly ok: false; readonly status: 400 | 404 | 413 | 503; readonly problem: Problem };

/** Where replays are asked for, a few at a time. They live in this process and end with it. */
export interface ReplayDesk {
	choices(): Promise<ReplayChoices>;
	/** Rejects when the signal calls it off. */
	run(request: ReplayRequest, signal: AbortSignal): Promise<Replayed>;
	/** Begins one whose result is asked for later; nobody asking for a while calls it off. */
	start(request: ReplayRequest): { readonly replayId: string } | { readonly problem: Problem };
	look(replayId: string): ReplayState;
	stop(replayId: string): ReplayState;
	close(): void;
}

/** Each takes a processor for itself. */
const mostAtOnce = 2;
const mostKept = 20;
/** After so long without a question the device has gone. */
const patienceMs = 30_000;

const busy: Problem = {
	error: 'busy',
	message: `${mostAtOnce} replays are running already.`,
	whatToDo: 'Try again in a minute.',
};

const failed: Problem = { error: 'failed', message: 'The server made a mistake. It is in its log.' };

class CalledOff extends Error {}

interface Kept {
	readonly calledOff: AbortController;
	state: ReplayState;
	lookedAtMs: number;
}

export function openReplayDesk(parts: ReplayParts, log: (line: string) => void, nowMs = Date.now): ReplayDesk {
	const kept = new Map<string, Kept>();
	const closing = new AbortController();
	let running = 0;

	const replay = async (
		request: ReplayRequest,
		calledOff: AbortSignal,
		tell?: (progress: ReplayProgress) => void,
	): Promise<Replayed> => {
		running += 1;
		try {
			const prepared = await prepareReplay(parts, request);
			if (!prepared.ok) return prepared;
			const signal = AbortSignal.any([calledOff, closing.signal]);
			const result = await replayInThread(prepared.task, { signal, ...(tell && { tell }) });
			return 'problem' in result ? { ok: false, status: 400, problem: result.problem } : { ok: true, ...result };
		} finally {
			running -= 1;
		}
	};
	const follow = async (own: Kept, request: ReplayRequest): Promise<void> => {
		const { signal } = own.calledOff;
		try {
			const replayed = await replay(request, signal, (progress) => {
				own.state = { state: 'running', ...progress };
			});
			const { of } = own.state;
			own.state = replayed.ok
				? { state: 'done', done: of, of, comparison: replayed.comparison }
				: { state: 'failed', done: 0, of: 0, problem: replayed.problem };
		} catch (error) {
			own.state = { state: 'stopped', done: 0, of: 0 };
			if (signal.aborted || closing.signal.aborted) return;
			log(`A replay failed: ${error instanceof Error ? error.message : String(error)}`);
			own.state = { state: 'failed', done: 0, of: 0, problem: failed };
		}
	};
	const giveUpForgotten = () => {
		for (const { state, lookedAtMs, calledOff } of kept.values()) {
			if (state.state === 'running' && nowMs() - lookedAtMs > patienceMs)
				calledOff.abort(new CalledOff('Nobody asks.'));
		}
		for (const [id, { state }] of kept) {
			if (kept.size < mostKept) return;
			if (state.state !== 'running') kept.delete(id);
		}
	};
	const unknown: ReplayState = { state: 'unknown', done: 0, of: 0 };
	return {
		async choices() {
			const { published, draft } = await readRoutings(parts.db);
			const ships = (await listSites(parts.db)).filter(({ capabilities }) => capabilities.includes('ship'));
			return {
				...(await readReplayableDays(parts.db, parts.clock.now())),
				weights: published.weights,
				hasDraft: draft !== undefined,
				sites: ships.map(({ id, name, kind, dailyCapacityUnits }) => ({
					siteId: id,
					siteName: name,
					kind,
					capacityUnits: dailyCapacityUnits,
				})),
			};
		},
		async run(request, signal) {
			giveUpForgotten();
			return running >= mostAtOnce ? { ok: false, status: 503, problem: busy } : replay(request, signal);
		},
		start(request) {
			giveUpForgotten();
			if (running >= mostAtOnce) return { problem: busy };
			const replayId = newReplayId();
			const own: Kept = {
				calledOff: new AbortController(),
				state: { state: 'running', done: 0, of: 0 },
				lookedAtMs: nowMs(),
			};
			kept.set(replayId, own);
			void follow(own, request);
			return { replayId };
		},
		look(replayId) {
			const found = kept.get(replayId);
			if (found === undefined) return unknown;
			found.lookedAtMs = nowMs();
			return found.state;
		},
		stop(replayId) {
			const found = kept.get(replayId);
			if (found === undefined) return unknown;
			found.calledOff.abort(new CalledOff('Somebody called it off.'));
			return found.state.state === 'running' ? { state: 'stopped', done: 0, of: 0 } : found.state;
		},
		close() {
			closing.abort(new CalledOff('The server ends.'));
		},
	};
}
