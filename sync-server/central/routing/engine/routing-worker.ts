import { workerData } from 'node:worker_threads';
import { answerCaller } from './answer-in-thread.ts';
import { type BatchTime, routeBatch } from './route-batch.ts';
import type { RoutingProblem } from './routing-problem.ts';
import type { ThreadedBatch } from './routing-thread.ts';
import { startSolverThread } from './solver-thread.ts';
import { takesOf } from './taken-units.ts';

const { problem, time } = workerData as { readonly problem: RoutingProblem; readonly time: BatchTime | undefined };
const result = await routeBatch(problem, { time, nowMs: () => performance.now(), loadSolver: startSolverThread });
const { offers, plans, ...rest } = result;
answerCaller<ThreadedBatch>({ answer: { ...rest, takes: plans.map((plan) => takesOf(offers, plan)) } });
