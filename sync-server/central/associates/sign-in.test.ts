import { expect, test } from 'vitest';
import { lockMinutes } from './sign-in.ts';

test('five wrong PINs lock for five minutes, each further one twice as long, at most a day', () => {
	expect([4, 5, 6, 7].map(lockMinutes)).toEqual([0, 5, 10, 20]);
	expect(lockMinutes(100)).toBe(24 * 60);
});
