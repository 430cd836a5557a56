import type { Problem } from '../../../../shared/protocol/messages.ts';
import type { ReplayComparison } from '../../../../shared/protocol/replay-messages.ts';
import { faultWords } from '../engine/instance-fault.ts';
import { readInstance } from '../engine/read-instance.ts';
import type { ReplayDay, ReplayScenario } from './replay-day.ts';
import { type InstanceChanges, type RouteInstance, replayInstance, unknownSiteOf } from './replay-instance.ts';
import { replayOrders } from './replay-orders.ts';
import { compareReplays } from './replay-tally.ts';

/** What is replayed, as data that goes to another thread. */
export type ReplayTask =
	| { readonly kind: 'day'; readonly day: ReplayDay; readonly before: ReplayScenario; readonly after: ReplayScenario }
	| {
			readonly kind: 'file';
			readonly bytes: Uint8Array;
			/** What a packed file may unpack to. */
			readonly mostBytes: number;
			readonly changes: InstanceChanges;
	  };

export interface ReplayProgress {
	readonly done: number;
	readonly of: number;
}

export type ReplayResult = { readonly comparison: ReplayComparison } | { readonly problem: Problem };

const mostFileOrders = 20_000;

/** Routes everything twice. */
export async function runReplay(
	task: ReplayTask,
	route: RouteInstance,
	tell: (progress: ReplayProgress) => void = () => undefined,
): Promise<ReplayResult> {
	return task.kind === 'day' ? runDay(task, tell) : await runFile(task, route, tell);
}

type Tell = (progress: ReplayProgress) => void;

function runDay({ day, before, after }: Extract<ReplayTask, { kind: 'day' }>, tell: Tell): ReplayResult {
	const of = 2 * day.orders.length;
	const common = before.routing.weights;
	const first = replayOrders(day, before, common, (done) => tell({ done, of }));
	const second = replayOrders(day, after, common, (done) => tell({ done: day.orders.length + done, of }));
	return {
		comparison: {
			day: day.day,
			currency: common.currency,
			...compareReplays(first, second, day.sites),
			faults: [],
			faultCount: 0,
		},
	};
}

async function runFile(
	{ bytes, mostBytes, changes }: Extract<ReplayTask, { kind: 'file' }>,
	route: RouteInstance,
	tell: Tell,
): Promise<ReplayResult> {
	const read = readInstance(bytes, mostBytes);
	if ('fault' in read) {
		return { problem: { error: 'unusable_file', message: faultWords(read.fault), where: read.fault.place || '/file' } };
	}
	const { orders } = read.problem;
	const [fault] = read.faults;
	if (orders.length === 0) {
		const message = fault === undefined ? 'No order is in the file.' : `No order can be used: ${faultWords(fault)}`;
		return { problem: { error: 'no_orders', message, where: fault?.place ?? 'orders' } };
	}
	if (orders.length > mostFileOrders) {
		const message = `${orders.length} orders are in the file; ${mostFileOrders} can be replayed at once.`;
		return {
			problem: { error: 'too_many_orders', message, where: 'orders', whatToDo: 'Use `npm run route` for more.' },
		};
	}
	const unknown = unknownSiteOf(read.problem, changes);
	if (unknown !== undefined) {
		const message = `There is no usable site "${unknown}" in the file.`;
		return { problem: { error: 'unknown_site', message, where: 'sites' } };
	}
	const of = 2 * orders.length;
	tell({ done: 0, of });
	return { comparison: await replayInstance(read, changes, route, (done) => tell({ done, of })) };
}
