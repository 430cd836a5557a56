import { expect, test } from 'vitest';
import { quantile, spreadOf } from './quantiles.ts';

test('a quantile is a sample that was really seen, by the nearest rank', () => {
	const samples = Array.from({ length: 200 }, (_, index) => 200 - index);
	expect(quantile(samples, 0.5)).toBe(100);
	expect(quantile(samples, 0.99)).toBe(198);
	expect(quantile(samples, 1)).toBe(200);
	expect(quantile([7], 0.01)).toBe(7);
});

test('no samples give no figure instead of a good one', () => {
	expect(spreadOf([])).toMatchObject({ count: 0, p50: Number.NaN, p99: Number.NaN });
});
