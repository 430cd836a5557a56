import type { BinClosure } from '../../../../shared/schema/bin-closure.ts';

/** A bin that is out of use; without a closure where the site's own record says so. */
export interface ClosedBin {
	readonly bin: string;
	readonly closure: BinClosure | null;
}

const binOrder = new Intl.Collator('en', { numeric: true });

/** The closed bins in the order in which they lie, each with who closed it. */
export function closedBinRows(closed: readonly string[], closures: readonly BinClosure[]): readonly ClosedBin[] {
	const said = new Map(closures.map((closure) => [closure.bin, closure]));
	return closed.toSorted(binOrder.compare).map((bin) => ({ bin, closure: said.get(bin) ?? null }));
}
