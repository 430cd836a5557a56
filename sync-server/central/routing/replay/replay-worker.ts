import { workerData } from 'node:worker_threads';
import { answerCaller } from '../engine/answer-in-thread.ts';
import { routeBatch } from '../engine/route-batch.ts';
import { startSolverThread } from '../engine/solver-thread.ts';
import { takesOf } from '../engine/taken-units.ts';
import type { RouteInstance } from './replay-instance.ts';
import { type ReplayProgress, type ReplayResult, type ReplayTask, runReplay } from './replay-task.ts';

const nowMs = () => performance.now();
const route: RouteInstance = async (problem) => {
	const { offers, plans } = await routeBatch(problem, { nowMs, loadSolver: startSolverThread });
	return plans.map((plan) => takesOf(offers, plan));
};

/** Nobody reads it faster. */
const tellEveryMs = 100;
let toldAtMs = Number.NEGATIVE_INFINITY;
const result = await runReplay(workerData as ReplayTask, route, (progress) => {
	const now = nowMs();
	if (now - toldAtMs < tellEveryMs) return;
	toldAtMs = now;
	answerCaller<ReplayResult, ReplayProgress>({ progress });
});
answerCaller<ReplayResult, ReplayProgress>({ answer: result });
