import { expect, test } from 'vitest';
import { attemptLimit } from './attempt-limit.ts';

test('too many failures of one address exhaust it until the window has passed, and no other address', () => {
	let now = 0;
	const limit = attemptLimit(2, 1000, () => now);
	limit.count('a');
	now = 600;
	limit.count('a');
	expect([limit.isExhausted('a'), limit.isExhausted('b')]).toEqual([true, false]);
	now = 1001;
	expect(limit.isExhausted('a')).toBe(false);
});
