import type { Checkpoint } from '../protocol/messages.ts';
import type { Journal } from './journal.ts';

/**
 * Up to which operation of the lane a page holds them, judged by central's answers: for servers whose pages don't say it. One
 * that has no answer yet may be in the page already, and is then seen twice until the next page; a page of their own says it exactly.
 */
export function ownSeqByAnswers(journal: Journal, page: Checkpoint, before: number): number {
	let ownSeq = before;
	for (const { seq, opId } of journal.from(before + 1, Number.POSITIVE_INFINITY)) {
		const outcome = journal.acknowledgments.get(opId)?.outcome;
		if (outcome === undefined || outcome.position > page.position) break;
		ownSeq = seq;
	}
	return ownSeq;
}
