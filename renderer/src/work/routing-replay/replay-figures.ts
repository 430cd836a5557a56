import type { ReplayComparison, ReplayTotals } from '../../../../shared/protocol/replay-messages.ts';

/** How the figure of a row is written. */
export type FigureKind = 'count' | 'share' | 'cost';
/** Whether the change of a figure is good news; not all are news. */
export type Verdict = 'better' | 'worse' | 'neither';

export interface Figure {
	readonly name: string;
	readonly kind: FigureKind;
	readonly before: number;
	readonly after: number;
	readonly difference: number;
	readonly verdict: Verdict;
}

type Total = readonly [
	name: string,
	kind: FigureKind,
	good: 'more' | 'less' | 'neither',
	of: (totals: ReplayTotals) => number,
];

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

const totals: readonly Total[] = [
	['orders', 'count', 'neither', ({ orders }) => orders],
	['units', 'count', 'neither', ({ units }) => units],
	['fillRate', 'share', 'more', ({ shippedUnits, units }) => share(shippedUnits, units)],
	['unfilledUnits', 'count', 'less', ({ unfilledUnits }) => unfilledUnits],
	['wholeOrders', 'count', 'more', ({ wholeOrders }) => wholeOrders],
	['parcels', 'count', 'less', ({ parcels }) => parcels],
	['splitOrders', 'count', 'less', ({ splitOrders }) => splitOrders],
	['lateParcels', 'count', 'less', ({ lateParcels }) => lateParcels],
	['lateDays', 'count', 'less', ({ lateDays }) => lateDays],
	['cost', 'cost', 'less', ({ cost }) => cost],
	['ownCost', 'cost', 'neither', ({ ownCost }) => ownCost],
];

/** The totals of both runs side by side. */
export function totalFigures({ before, after }: Pick<ReplayComparison, 'before' | 'after'>): readonly Figure[] {
	return totals.map(([name, kind, good, of]) => figure(name, kind, good, of(before), of(after)));
}

/** The cost of both runs by what it is for, without what costs nothing in either. */
export function costFigures({ before, after }: Pick<ReplayComparison, 'before' | 'after'>): readonly Figure[] {
	const names = Object.keys(before.terms) as (keyof typeof before.terms)[];
	return names
		.filter((name) => before.terms[name] !== 0 || after.terms[name] !== 0)
		.map((name) => figure(name, 'cost', 'less', before.terms[name], after.terms[name]));
}

function figure(name: string, kind: FigureKind, good: Total[2], before: number, after: number): Figure {
	const difference = after - before;
	const isBetter = good === 'more' ? difference > 0 : difference < 0;
	const verdict = good === 'neither' || Math.abs(difference) < 1e-9 ? 'neither' : isBetter ? 'better' : 'worse';
	return { name, kind, before, after, difference, verdict };
}

export interface SiteFigure {
	readonly siteId: string;
	readonly siteName: string;
	readonly unitsBefore: number;
	readonly unitsAfter: number;
	readonly parcelsBefore: number;
	readonly parcelsAfter: number;
	/** Of the units that it can ship on a day; null where that is none. */
	readonly shareBefore: number | null;
	readonly shareAfter: number | null;
}

export function siteFigures({ sites }: Pick<ReplayComparison, 'sites'>): readonly SiteFigure[] {
	const shareOf = ({ units, capacityUnits }: ReplayComparison['sites'][number]['before']) =>
		capacityUnits === 0 ? null : units / capacityUnits;
	return sites.map(({ siteId, siteName, before, after }) => ({
		siteId,
		siteName,
		unitsBefore: before.units,
		unitsAfter: after.units,
		parcelsBefore: before.parcels,
		parcelsAfter: after.parcels,
		shareBefore: shareOf(before),
		shareAfter: shareOf(after),
	}));
}
