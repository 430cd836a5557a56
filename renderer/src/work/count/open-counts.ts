import type { CountCase } from '../../../../shared/schema/count.ts';
import { countPath, isQuickCount } from '../../fulfillment/quick-counts.ts';

const urgency: readonly CountCase['reason'][] = ['short', 'debt', 'asked', 'planned'];

/** The counts that are not closed: those that take half a minute first, then the oldest. */
export function openCounts(counts: readonly CountCase[]): readonly CountCase[] {
	return counts
		.filter(({ state }) => state !== 'posted' && state !== 'cancelled')
		.sort(
			(a, b) =>
				urgency.indexOf(a.reason) - urgency.indexOf(b.reason) ||
				a.openedAt.localeCompare(b.openedAt) ||
				a.id.localeCompare(b.id),
		);
}

/** The screen on which a count goes on. */
export function countDestination(counting: CountCase): string {
	if (isQuickCount(counting)) return countPath(counting);
	const path = `/count/case/${encodeURIComponent(counting.id)}`;
	return counting.state === 'submitted' || counting.state === 'in_review' ? `${path}/review` : path;
}
