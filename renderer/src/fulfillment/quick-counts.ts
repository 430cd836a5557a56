import type { CountCase } from '../../../shared/schema/count.ts';

const binOrder = new Intl.Collator('en', { numeric: true });

/** A count of one product that central asks for after a short or a debt: one scan and one number. */
export function isQuickCount({ reason, asked, state }: CountCase): boolean {
	return (reason === 'short' || reason === 'debt') && asked.length === 1 && state === 'open';
}

/** The counts of half a minute, the oldest first. */
export function openQuickCounts(counts: readonly CountCase[]): readonly CountCase[] {
	return counts.filter(isQuickCount).sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id));
}

/** The screen on which it is done. */
export function countPath({ asked }: CountCase): string {
	return `/count/${encodeURIComponent(asked[0]?.sku ?? '')}`;
}

/** The one that is nearest on the way: in the same aisle as where somebody stands, or between there and where they go next. */
export function quickCountOnTheWay(
	counts: readonly CountCase[],
	hereBin: string,
	nextBin: string | undefined,
): CountCase | null {
	const from = binOrder.compare(hereBin, nextBin ?? hereBin) <= 0 ? hereBin : (nextBin ?? hereBin);
	const to = from === hereBin ? (nextBin ?? hereBin) : hereBin;
	const near = counts.filter(isQuickCount).filter(({ asked }) => {
		const bin = asked[0]?.bin ?? '';
		if (bin === '') return false;
		const isBetween = binOrder.compare(from, bin) <= 0 && binOrder.compare(bin, to) <= 0;
		return isBetween || aisleOf(bin) === aisleOf(hereBin);
	});
	const distance = (each: CountCase) =>
		each.asked[0]?.bin === hereBin ? 0 : aisleOf(each.asked[0]?.bin ?? '') === aisleOf(hereBin) ? 1 : 2;
	return (
		near.toSorted(
			(a, b) => distance(a) - distance(b) || binOrder.compare(a.asked[0]?.bin ?? '', b.asked[0]?.bin ?? ''),
		)[0] ?? null
	);
}

/** A-12-3 lies in A-12. */
function aisleOf(bin: string): string {
	return bin.split('-').slice(0, -1).join('-') || bin;
}
