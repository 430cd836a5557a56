import { decideCount } from './decide-count.ts';
import {
	decideCancelCount,
	decideNoteUnknownCode,
	decideOpenCount,
	decidePostCount,
	decideReviewCount,
	decideSettleUnknownCode,
	decideSubmitCount,
} from './decide-count-case.ts';
import { type AnyStatement, type Decision, refused, type Subject } from './decision.ts';

const countTypes = [
	'open_count',
	'count',
	'note_unknown_code',
	'settle_unknown_code',
	'submit_count',
	'review_count',
	'post_count',
	'cancel_count',
] as const satisfies readonly AnyStatement['type'][];
export type CountStatement = Extract<AnyStatement, { type: (typeof countTypes)[number] }>;

export function isCountStatement(statement: AnyStatement): statement is CountStatement {
	return (countTypes as readonly string[]).includes(statement.type);
}

/** What follows from a statement about a count. */
export function decideCounting({ siteId, stockDocuments }: Subject, statement: CountStatement): Decision {
	const counting = stockDocuments?.get(statement.payload.countId);
	if (counting !== undefined && counting.kind !== 'count') return refused('not_found');
	switch (statement.type) {
		case 'open_count':
			return decideOpenCount(counting, siteId, statement);
		case 'count':
			return decideCount(counting, statement);
		case 'note_unknown_code':
			return decideNoteUnknownCode(counting, statement);
		case 'settle_unknown_code':
			return decideSettleUnknownCode(counting, statement);
		case 'submit_count':
			return decideSubmitCount(counting, statement);
		case 'review_count':
			return decideReviewCount(counting, statement);
		case 'post_count':
			return decidePostCount(counting, statement);
		case 'cancel_count':
			return decideCancelCount(counting, statement);
	}
}
