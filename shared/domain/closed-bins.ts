import type { BinClosure } from '../schema/bin-closure.ts';
import type { Site } from '../schema/site.ts';
import { applied, type Decision, refused, type Statement, type Subject } from './decision.ts';

export function binClosureId(siteId: string, bin: string): string {
	return `bin:${siteId}:${bin}`.slice(0, 100);
}

/** Bins that are not in use: those that the site's record names, unless its people have opened them since, and those that they have closed. */
export function closedBinsOf(
	site: Pick<Site, 'closedBins'> | null,
	closures: readonly Pick<BinClosure, 'bin' | 'state'>[],
): readonly string[] {
	const bins = new Set(site?.closedBins ?? []);
	for (const { bin, state } of closures) {
		if (state === 'closed') bins.add(bin);
		else bins.delete(bin);
	}
	return [...bins].sort();
}

/** A bin goes out of use, or comes back into it. Saying the same again changes nothing. */
export function decideBinClosure(
	{ siteId, stockDocuments }: Subject,
	statement: Statement<'close_bin'> | Statement<'open_bin'>,
): Decision {
	const { payload, actorName, at } = statement;
	const { bin, binClosureId: id } = payload;
	if (id !== binClosureId(siteId, bin)) return refused('not_found');
	const state = statement.type === 'close_bin' ? 'closed' : 'open';
	const before = stockDocuments?.get(id);
	if (before?.kind === 'bin_closure' && before.state === state) return applied([]);
	const reason = statement.type === 'close_bin' ? statement.payload.reason : '';
	const closure: BinClosure = {
		id,
		kind: 'bin_closure',
		siteId,
		bin,
		state,
		changedAt: at,
		changedBy: actorName,
		...(reason === '' ? {} : { reason }),
	};
	return applied([{ kind: state === 'closed' ? 'bin_closed' : 'bin_opened', steps: [], documents: [closure] }]);
}
