import { describe, expect, it } from 'vitest';
import { openScanQueue } from './scan-queue.ts';

const fail = (error: unknown) => {
	throw error;
};

describe('the queue of scans', () => {
	it('finishes one scan before it judges the next, so that no unit is counted twice', async () => {
		const log: string[] = [];
		const queue = openScanQueue(fail);
		const handle = (item: string, takesMs: number) => async () => {
			log.push(`${item} begins`);
			await new Promise((resolve) => setTimeout(resolve, takesMs));
			log.push(`${item} ends`);
		};
		queue.add(handle('first', 20));
		queue.add(handle('second', 0));
		await queue.idle();
		expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
	});

	it('tells of a scan that failed, and goes on after it', async () => {
		const failures: unknown[] = [];
		const done: string[] = [];
		const queue = openScanQueue((error) => failures.push(error));
		queue.add(() => Promise.reject(new Error('disk')));
		queue.add(async () => {
			done.push('good');
		});
		await queue.idle();
		expect(failures).toEqual([new Error('disk')]);
		expect(done).toEqual(['good']);
	});
});
