import { expect, test } from 'vitest';
import { countPlaywright, countVitest, lastLine, sum } from './test-count.ts';

const file = (status: string, ...tests: string[]) => ({
	status,
	assertionResults: tests.map((name) => ({ status: name })),
});

test('the last line adds up all stages', () => {
	const vitest = countVitest({ testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed')] }, 1);
	const browser = countPlaywright({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 } }, 0);
	expect(lastLine(sum([vitest, browser]))).toBe('5 passed, 1 failed');
	expect(lastLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
});

test('a test file that could not be loaded is a failure', () => {
	expect(countVitest({ testResults: [file('failed')] }, 1).failed).toBe(1);
});

test('a stage without a report, without tests, or with a bad exit code is a failure', () => {
	expect(countVitest(undefined, 1).failed).toBe(1);
	expect(countVitest({ testResults: [] }, 0).failed).toBe(1);
	expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
	expect(countPlaywright(undefined, 0).failed).toBe(1);
	expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }, 0).failed).toBe(1);
});

test('a browser test that passed only on a retry is a failure', () => {
	expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 1, skipped: 0 } }, 0).failed).toBe(1);
});
