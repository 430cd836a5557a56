export type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const nothing: Count = { passed: 0, failed: 0, skipped: 0 };

/** A stage that broke before it could count is one failure: a total without it would be a lie. */
export const broken: Count = { passed: 0, failed: 1, skipped: 0 };

export function sum(counts: readonly Count[]): Count {
	return counts.reduce(
		(total, count) => ({
			passed: total.passed + count.passed,
			failed: total.failed + count.failed,
			skipped: total.skipped + count.skipped,
		}),
		nothing,
	);
}

/** From Vitest's JSON report. A file that could not be loaded has no tests in it, and counts as one failure. */
export function countVitest(report: unknown, exitCode: number): Count {
	const { testResults = [] } = (report ?? {}) as {
		testResults?: { status: string; assertionResults: { status: string }[] }[];
	};
	const counts = testResults.map(({ status, assertionResults }) => {
		const passed = assertionResults.filter((test) => test.status === 'passed').length;
		const failed = assertionResults.filter((test) => test.status === 'failed').length;
		const skipped = assertionResults.length - passed - failed;
		return { passed, failed: failed === 0 && status === 'failed' ? 1 : failed, skipped };
	});
	return withExitCode(sum(counts), exitCode);
}

/** From Playwright's JSON report. A test that passed only on a retry is a failure: it is not a promise. */
export function countPlaywright(report: unknown, exitCode: number): Count {
	const { stats, errors = [] } = (report ?? {}) as {
		stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
		errors?: unknown[];
	};
	if (stats === undefined) return broken;
	const failed = stats.unexpected + stats.flaky + errors.length;
	return withExitCode({ passed: stats.expected, failed, skipped: stats.skipped }, exitCode);
}

/** An error outside of any test shows only in the exit code. */
function withExitCode(count: Count, exitCode: number): Count {
	const empty = count.passed + count.failed + count.skipped === 0;
	return count.failed === 0 && (exitCode !== 0 || empty) ? { ...count, failed: 1 } : count;
}

export function lastLine({ passed, failed, skipped }: Count): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
