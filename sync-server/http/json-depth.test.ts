import { expect, test } from 'vitest';
import { isNestedDeeper } from './json-depth.ts';

test('depth counts objects and lists in each other, and a very deep value is measured without overflow', () => {
	expect(isNestedDeeper({ a: [{ b: 1 }] }, 3)).toBe(false);
	expect(isNestedDeeper({ a: [{ b: 1 }] }, 2)).toBe(true);
	expect(isNestedDeeper(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), 64)).toBe(true);
});
