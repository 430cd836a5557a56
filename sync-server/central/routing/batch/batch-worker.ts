import { workerData } from 'node:worker_threads';
import { answerCaller } from '../engine/answer-in-thread.ts';
import { startSolverThread } from '../engine/solver-thread.ts';
import type { BatchQuestion } from './batch-question.ts';
import { type BatchPlan, planBatch } from './plan-batch.ts';

const plan = await planBatch(workerData as BatchQuestion, {
	nowMs: () => performance.now(),
	loadSolver: startSolverThread,
});
answerCaller<BatchPlan>({ answer: plan });
