import type { CountCase } from '../../../../shared/schema/count.ts';

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

/** A count of one product that central asks for: one scan and one number. */
export function isQuickCount({ reason, asked, state }: CountCase): boolean {
	return (reason === 'short' || reason === 'debt') && asked.length === 1 && state === 'open';
}

/** The screen on which a count goes on. */
export function countDestination(counting: CountCase): string {
	const [first] = counting.asked;
	if (isQuickCount(counting) && first !== undefined) return `/count/${encodeURIComponent(first.sku)}`;
	const path = `/count/case/${encodeURIComponent(counting.id)}`;
	return counting.state === 'submitted' || counting.state === 'in_review' ? `${path}/review` : path;
}
