import { parentPort, workerData } from 'node:worker_threads';
import { startSolverThread } from '../engine/solver-thread.ts';
import type { BatchQuestion } from './batch-question.ts';
import { planBatch } from './plan-batch.ts';

const plan = await planBatch(workerData as BatchQuestion, {
	nowMs: () => performance.now(),
	loadSolver: startSolverThread,
});
parentPort?.postMessage(plan);
