import { expect, test } from 'vitest';
import { readFixture } from '../../../../test/routing-for-tests.ts';
import { checkSolution } from './check-solution.ts';
import { routeInThread } from './routing-thread.ts';

test('a batch is routed in a thread of its own, while this one goes on', async () => {
	const { problem } = readFixture('us-200x50-r4');
	let turns = 0;
	const timer = setInterval(() => {
		turns += 1;
	}, 5);
	const { takes, cost } = await routeInThread(problem, { time: { aim: 0.3, most: 0.3 } });
	clearInterval(timer);
	const assignments = takes.flatMap((ofOrder, order) =>
		ofOrder.map(({ site, sku, units }) => ({
			order: problem.orders[order]?.id as string,
			sku: problem.skus[sku] as string,
			site: problem.sites[site]?.id as string,
			qty: units,
		})),
	);
	const shipped = checkSolution(problem, { assignments, unfilled: [] });
	expect(shipped.faults.filter((fault) => !fault.includes('in neither list'))).toEqual([]);
	expect(shipped.cost).toBeLessThan(cost);
	expect(turns).toBeGreaterThan(10);
});

test('a batch that is called off ends at once and has no result', async () => {
	const { problem } = readFixture('us-200x50-r4');
	const calledOff = new AbortController();
	const routing = routeInThread(problem, { time: { aim: 60, most: 60 }, signal: calledOff.signal });
	calledOff.abort(new Error('another server took over'));
	await expect(routing).rejects.toThrow('another server took over');
	await expect(routeInThread(problem, { signal: calledOff.signal })).rejects.toThrow('another server took over');
});
