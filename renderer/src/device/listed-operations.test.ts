import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import { sampleOperation } from '../../../shared/device/sample-operation.ts';
import { listWith, oldestUnanswered } from './listed-operations.ts';

const states = ['saved', 'sent', 'confirmed', 'needs_attention'] as const;

function journaled(seq: number, state: JournaledOperation['state']): JournaledOperation {
	return { operation: sampleOperation(seq)({ seq: seq - 1, hash: '' }), state, outcome: null };
}

describe('the list of this device’s operations', () => {
	test('it is newest first and holds each operation once with its latest state, in whatever order the news come', () => {
		const news = fc.array(fc.record({ seq: fc.integer({ min: 1, max: 30 }), state: fc.constantFrom(...states) }));
		fc.assert(
			fc.property(fc.array(news), (batches) => {
				let listed: readonly JournaledOperation[] = [];
				const told = new Map<number, number>();
				const rank = { saved: 0, sent: 1, confirmed: 2, needs_attention: 2 };
				for (const batch of batches) {
					listed = listWith(
						listed,
						batch.map(({ seq, state }) => journaled(seq, state)),
						100,
					);
					for (const { seq, state } of batch) told.set(seq, Math.max(told.get(seq) ?? 0, rank[state]));
				}
				expect(listed.map(({ operation }) => operation.seq)).toEqual([...told.keys()].sort((a, b) => b - a));
				for (const { operation, state } of listed) expect(rank[state]).toBe(told.get(operation.seq));
			}),
		);
	});

	test('a long list drops the oldest, but nothing that central has not answered', () => {
		const many = Array.from({ length: 20 }, (_, index) => journaled(20 - index, index === 19 ? 'saved' : 'confirmed'));
		const listed = listWith([], many, 5);
		expect(listed.map(({ operation }) => operation.seq)).toEqual([20, 19, 18, 17, 16, 1]);
	});

	test('news that change nothing give the same list, so that no screen is drawn for them', () => {
		const listed = listWith([], [journaled(1, 'saved')], 5);
		expect(listWith(listed, [journaled(1, 'saved')], 5)).toBe(listed);
	});

	test('the oldest that waits is the last of those that central has not answered', () => {
		const listed = [journaled(4, 'saved'), journaled(3, 'saved'), journaled(2, 'sent'), journaled(1, 'confirmed')];
		expect(oldestUnanswered(listed)?.operation.seq).toBe(3);
		expect(oldestUnanswered([journaled(1, 'confirmed')])).toBeNull();
	});
});
