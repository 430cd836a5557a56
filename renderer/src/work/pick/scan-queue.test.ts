import { describe, expect, it } from 'vitest';
import { openScanQueue } from './scan-queue.ts';

const fail = (error: unknown) => {
	throw error;
};

describe('the queue of scans', () => {
	it('finishes one scan before it judges the next, so that no unit is counted twice', async () => {
		const log: string[] = [];
		const queue = openScanQueue<string>(async (item) => {
			log.push(`${item} begins`);
			await new Promise((resolve) => setTimeout(resolve, item === 'first' ? 20 : 0));
			log.push(`${item} ends`);
		}, fail);
		queue.add('first');
		queue.add('second');
		await queue.idle();
		expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
	});

	it('goes on after a scan that failed', async () => {
		const failures: unknown[] = [];
		const done: string[] = [];
		const queue = openScanQueue<string>(
			async (item) => {
				if (item === 'bad') throw new Error('disk');
				done.push(item);
			},
			(error) => failures.push(error),
		);
		queue.add('bad');
		queue.add('good');
		await queue.idle();
		expect(failures).toHaveLength(1);
		expect(done).toEqual(['good']);
	});
});
