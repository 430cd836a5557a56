import { parentPort, workerData } from 'node:worker_threads';
import { routeBatch } from '../engine/route-batch.ts';
import { startSolverThread } from '../engine/solver-thread.ts';
import { takesOf } from '../engine/taken-units.ts';
import type { RouteInstance } from './replay-instance.ts';
import { type ReplayTask, runReplay } from './replay-task.ts';

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
	parentPort?.postMessage({ progress });
});
parentPort?.postMessage({ result });
