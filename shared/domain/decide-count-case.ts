import type { Role } from '../schema/associate.ts';
import type { CountCase, CountLine } from '../schema/count.ts';
import type { SeenDifference } from '../schema/count-operation.ts';
import { type CountDifference, countDifferences } from './count-differences.ts';
import { postingSteps } from './decide-count.ts';
import { applied, type Decision, refused, type Statement, type StockEvent } from './decision.ts';
import { isTolerable } from './stock-limits.ts';

/*
 * open ──submit──► submitted ──review──► in_review ──post──► posted
 *   │                │  ▲                  │
 *   │   over the     │  └──submit── recount ◄── review names SKUs
 *   │   tolerance    └────────────────► │
 *   └──submit: nothing differs──► posted            (open, submitted, in_review, recount) ──cancel──► cancelled
 */

const changed = (kind: StockEvent['kind'], document: CountCase, steps: StockEvent['steps'] = []): Decision =>
	applied([{ kind, steps, documents: [document] }]);

/** Somebody begins a count. Told twice, it is the same count. */
export function decideOpenCount(
	counting: CountCase | undefined,
	siteId: string,
	{ payload, actorName, at }: Statement<'open_count'>,
): Decision {
	if (counting !== undefined) return applied([]);
	return changed('count_opened', {
		id: payload.countId,
		kind: 'count',
		siteId,
		countKind: payload.countKind,
		reason: 'asked',
		state: 'open',
		openedAt: at,
		openedBy: actorName,
		areas: payload.areas.map((name) => ({ name, countedBy: null })),
		asked: payload.asked,
		lines: [],
		recount: [],
		unknownCodes: [],
	});
}

/** A code that nobody knows. The same code in the same place once more is a newer number. */
export function decideNoteUnknownCode(
	counting: CountCase | undefined,
	{ payload, actorName }: Statement<'note_unknown_code'>,
): Decision {
	if (counting === undefined) return refused('not_found');
	const { code, quantity, area = '', bin = '' } = payload;
	const others = counting.unknownCodes.filter((each) => each.code !== code || each.area !== area || each.bin !== bin);
	const noted = { code, quantity, area, bin, foundBy: actorName, settled: null };
	return changed('unknown_code_noted', { ...counting, unknownCodes: [...others, noted] });
}

/** Somebody knows the code after all: its units count as that product's. Or it is set aside, and nothing of it is counted. */
export function decideSettleUnknownCode(
	counting: CountCase | undefined,
	{ payload, actorName }: Statement<'settle_unknown_code'>,
): Decision {
	if (counting === undefined) return refused('not_found');
	const { code, product } = payload;
	const open = counting.unknownCodes.filter((each) => each.code === code && each.settled === null);
	if (open.length === 0 || isClosed(counting)) return applied([]);
	const settled = { sku: product?.sku ?? null, by: actorName };
	const unknownCodes = counting.unknownCodes.map((each) => (open.includes(each) ? { ...each, settled } : each));
	if (product === null) return changed('unknown_code_settled', { ...counting, unknownCodes });
	const units = open.reduce((sum, each) => sum + each.quantity, 0);
	const ofProduct = counting.lines.filter(({ sku }) => sku === product.sku);
	const known = ofProduct.findLast(({ lot }) => product.lot === undefined || lot === product.lot);
	// Units of a product that has a line are part of that count; what the books had then covers them, those of another lot too.
	const line = known
		? { ...known, ...serialsWith(known, product), counted: known.counted + units }
		: {
				bin: '',
				area: '',
				scope: 'site' as const,
				turn: 1,
				...product,
				...placeOfCount(ofProduct.at(-1)),
				counted: units,
				countedBy: open[0]?.foundBy ?? actorName,
			};
	const lines = [...counting.lines.filter((each) => each !== known), line];
	return changed('unknown_code_settled', { ...counting, unknownCodes, lines });
}

function serialsWith({ serials = [] }: CountLine, product: Pick<CountLine, 'serials'>): Pick<CountLine, 'serials'> {
	const all = [...new Set([...serials, ...(product.serials ?? [])])];
	return all.length === 0 ? {} : { serials: all };
}

function placeOfCount(line: CountLine | undefined): Partial<CountLine> {
	if (line === undefined) return {};
	const { bin, area, scope, turn, expected, lotBooks } = line;
	return { bin, area, scope, turn, expected, ...(lotBooks === undefined ? {} : { lotBooks }) };
}

/** An area is done, or all of it. When all is: what differs too much is counted once more, and where nothing differs the count is closed. */
export function decideSubmitCount(counting: CountCase | undefined, statement: Statement<'submit_count'>): Decision {
	if (counting === undefined) return refused('not_found');
	if (counting.state !== 'open' && counting.state !== 'recount') return applied([]);
	const { payload, actorName } = statement;
	const { area } = payload;
	const areas = counting.areas.map((each) =>
		each.countedBy === null && (area === undefined || each.name === area) ? { ...each, countedBy: actorName } : each,
	);
	const submitted: CountCase = { ...counting, areas, submittedBy: actorName };
	if (areas.some(({ countedBy }) => countedBy === null)) return changed('count_submitted', submitted);
	const waiting = counting.recount.filter(
		({ sku, turn }) => !counting.lines.some((line) => line.sku === sku && line.turn === turn),
	);
	if (waiting.length > 0) return changed('count_submitted', { ...submitted, recount: waiting });
	return closeOrAsk({ ...submitted, recount: [] }, statement.roles ?? payload.roles, actorName);
}

function closeOrAsk(submitted: CountCase, roles: readonly Role[], actorName: string): Decision {
	const nothing = submitted.lines.length === 0 && submitted.unknownCodes.length === 0;
	if (nothing) return changed('count_cancelled', { ...submitted, state: 'cancelled', closedBy: actorName });
	const differences = countDifferences(submitted);
	const again = differences.filter((each) => mustBeRecounted(each, roles));
	if (again.length > 0)
		return changed('count_submitted', {
			...submitted,
			state: 'recount',
			recount: recountOf(
				again.map(({ sku }) => sku),
				differences,
			),
		});
	const isSettled = submitted.unknownCodes.every(({ settled }) => settled !== null);
	if (isSettled && differences.every(({ difference }) => difference === 0))
		return changed('count_posted', { ...submitted, state: 'posted', closedBy: actorName });
	return changed('count_submitted', { ...submitted, state: 'submitted' });
}

/** Goods that moved between two parts of a count must be counted again until they don't; else twice is enough for a person to judge. */
function mustBeRecounted(
	{ difference, movedMeanwhile, turn, unitPrice }: CountDifference,
	roles: readonly Role[],
): boolean {
	return movedMeanwhile || (turn === 1 && !isTolerable(roles, difference, unitPrice));
}

function recountOf(skus: readonly string[], differences: readonly CountDifference[]): CountCase['recount'] {
	return [...new Set(skus)].map((sku) => ({
		sku,
		turn: 1 + Math.max(1, ...differences.filter((each) => each.sku === sku).map(({ turn }) => turn)),
	}));
}

/** A manager looks at what differs, and may have some of it counted once more. */
export function decideReviewCount(
	counting: CountCase | undefined,
	{ payload, actorName }: Statement<'review_count'>,
): Decision {
	if (counting === undefined) return refused('not_found');
	if (isClosed(counting)) return refused('count_closed');
	if (counting.state !== 'submitted' && counting.state !== 'in_review') return refused('count_not_submitted');
	const differences = countDifferences(counting);
	const wished = payload.recount.filter((sku) => differences.some((each) => each.sku === sku));
	const reviewed = { ...counting, reviewedBy: actorName };
	if (wished.length === 0) return changed('count_reviewed', { ...reviewed, state: 'in_review' });
	return changed('recount_asked', { ...reviewed, state: 'recount', recount: recountOf(wished, differences) });
}

/** The differences go into the books: those that the manager has seen. Is anything else by now, nothing is posted. */
export function decidePostCount(
	counting: CountCase | undefined,
	{ payload, actorName }: Statement<'post_count'>,
): Decision {
	if (counting === undefined) return refused('not_found');
	if (isClosed(counting)) return refused('count_closed');
	if (counting.state !== 'submitted' && counting.state !== 'in_review') return refused('count_not_submitted');
	if (counting.unknownCodes.some(({ settled }) => settled === null)) return refused('unknown_codes_left');
	if (!isSame(seenDifferences(counting), payload.differences)) return refused('changed_meanwhile');
	const posted: CountCase = { ...counting, state: 'posted', closedBy: actorName };
	return changed('count_posted', posted, postingSteps(counting));
}

export function decideCancelCount(counting: CountCase | undefined, { actorName }: Statement<'cancel_count'>): Decision {
	if (counting === undefined) return refused('not_found');
	if (isClosed(counting)) return refused('count_closed');
	return changed('count_cancelled', { ...counting, state: 'cancelled', closedBy: actorName });
}

const isClosed = ({ state }: CountCase) => state === 'posted' || state === 'cancelled';

/** What a manager sees who posts this count as it is now. */
export function seenDifferences(counting: CountCase): readonly SeenDifference[] {
	return countDifferences(counting)
		.filter(({ difference }) => difference !== 0)
		.map(({ sku, bin, lot, difference }) => ({
			sku,
			bin,
			...(lot === undefined || lot === '' ? {} : { lot }),
			difference,
		}));
}

function isSame(one: readonly SeenDifference[], other: readonly SeenDifference[]): boolean {
	const text = (all: readonly SeenDifference[]) =>
		all
			.map(({ sku, bin, lot, difference }) => JSON.stringify([sku, bin, lot ?? null, difference]))
			.sort()
			.join();
	return text(one) === text(other);
}
