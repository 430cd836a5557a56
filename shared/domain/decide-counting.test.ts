import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountCase } from '../schema/count.ts';
import type { OperationType, PayloadOf } from '../schema/operation.ts';
import type { StockPosition } from '../schema/stock-position.ts';
import { type Applied, applyStatement } from './apply-statement.ts';
import { countDifferences } from './count-differences.ts';
import { seenDifferences } from './decide-count-case.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { emptyPosition, postMovement } from './stock-ledger.ts';

const price = { minor: 300, currency: 'GBP' };

function say<T extends OperationType>(subject: Subject, type: T, payload: PayloadOf<T>, actorName = 'Ann'): Applied {
	return applyStatement(subject, { opId: type, type, payload, actorName, at: '2026-11-22T10:00:00Z' } as AnyStatement);
}

function after<T extends OperationType>(subject: Subject, type: T, payload: PayloadOf<T>, actorName?: string): Subject {
	const result = say(subject, type, payload, actorName);
	if (result.outcome === 'refused') throw new Error(`${type} was refused: ${result.reason}`);
	return result.subject;
}

function caseOf({ stockDocuments }: Subject): CountCase {
	const found = stockDocuments?.get('c1');
	if (found?.kind !== 'count') throw new Error('There is no count');
	return found;
}

function opened(areas: readonly string[] = [], asked: CountCase['asked'] = []): Subject {
	const payload = { countId: 'c1', countKind: 'free' as const, areas: [...areas], asked: [...asked] };
	return after({ siteId: 'S-1' }, 'open_count', payload);
}

type Found = Partial<PayloadOf<'count'>> & { readonly expected: number; readonly counted: number };
const line = ({ expected, counted, ...more }: Found): PayloadOf<'count'> => ({
	countId: 'c1',
	sku: 'MUG',
	posts: 'after_review',
	unitPrice: price,
	...more,
	scans: [{ expected, counted }],
});
const submit = (roles: PayloadOf<'submit_count'>['roles'] = ['associate'], area?: string) => ({
	countId: 'c1',
	roles,
	...(area === undefined ? {} : { area }),
});
const movements = (result: Applied) => {
	if (result.outcome === 'refused') throw new Error(result.reason);
	return result.movements.map(({ sku, quantity, from, to, fromBin, toBin }) => [
		sku,
		quantity,
		from,
		to,
		fromBin ?? toBin,
	]);
};
const post = (subject: Subject) => ({ countId: 'c1', differences: [...seenDifferences(caseOf(subject))] });

test('a count goes from open over submitted and in review to posted, and only then moves stock', () => {
	let subject = opened();
	for (const payload of [line({ expected: 9, counted: 8 }), line({ sku: 'TEA', expected: 4, counted: 4 })]) {
		const result = say(subject, 'count', payload);
		expect(movements(result)).toEqual([]);
		subject = after(subject, 'count', payload);
	}
	subject = after(subject, 'submit_count', submit());
	expect(caseOf(subject)).toMatchObject({ state: 'submitted', submittedBy: 'Ann' });
	subject = after(subject, 'review_count', { countId: 'c1', recount: [] }, 'Max');
	expect(caseOf(subject)).toMatchObject({ state: 'in_review', reviewedBy: 'Max' });
	const posted = say(subject, 'post_count', post(subject), 'Max');
	expect(movements(posted)).toEqual([['MUG', 1, 'available', 'lost', undefined]]);
	if (posted.outcome === 'applied') expect(caseOf(posted.subject)).toMatchObject({ state: 'posted', closedBy: 'Max' });
});

test('where nothing differs the count is closed by its submit; where nothing was counted it is cancelled', () => {
	const same = after(opened(), 'count', line({ expected: 3, counted: 3 }));
	expect(caseOf(after(same, 'submit_count', submit())).state).toBe('posted');
	expect(caseOf(after(opened(), 'submit_count', submit())).state).toBe('cancelled');
});

test('a difference over the tolerance of its author is counted once more, and then a person judges it', () => {
	let subject = after(opened(), 'count', line({ expected: 9, counted: 2 }));
	subject = after(subject, 'count', line({ sku: 'TEA', expected: 2, counted: 1 }));
	expect(caseOf(after(subject, 'submit_count', submit(['manager']))).state).toBe('submitted');
	subject = after(subject, 'submit_count', submit());
	expect(caseOf(subject)).toMatchObject({ state: 'recount', recount: [{ sku: 'MUG', turn: 2 }] });
	expect(caseOf(after(subject, 'submit_count', submit())).state).toBe('recount');
	subject = after(subject, 'count', line({ expected: 8, counted: 3 }), 'Bob');
	expect(caseOf(subject).lines.filter(({ sku }) => sku === 'MUG')).toMatchObject([
		{ counted: 3, turn: 2, countedBy: 'Bob' },
	]);
	subject = after(subject, 'submit_count', submit(), 'Bob');
	expect(caseOf(subject).state).toBe('submitted');
});

test('few units of great worth are over the tolerance too', () => {
	const dear = line({ expected: 2, counted: 1, unitPrice: { minor: 900_00, currency: 'GBP' } });
	expect(caseOf(after(after(opened(), 'count', dear), 'submit_count', submit())).state).toBe('recount');
});

test('several people count areas at once, and the count is submitted when the last of them is done', () => {
	let subject = opened(['Front', 'Back']);
	subject = after(subject, 'count', line({ area: 'Front', bin: 'A-1', scope: 'bin', expected: 5, counted: 5 }), 'Ann');
	subject = after(subject, 'count', line({ area: 'Back', bin: 'B-1', scope: 'bin', expected: 4, counted: 3 }), 'Bob');
	subject = after(subject, 'submit_count', submit(['associate'], 'Front'), 'Ann');
	expect(caseOf(subject)).toMatchObject({ state: 'open', areas: [{ countedBy: 'Ann' }, { countedBy: null }] });
	subject = after(subject, 'submit_count', submit(['associate'], 'Back'), 'Bob');
	expect(caseOf(subject).state).toBe('submitted');
	expect(movements(say(subject, 'post_count', post(subject)))).toEqual([['MUG', 1, 'available', 'lost', 'B-1']]);
});

test('one SKU in two areas is one shelf to books that know no bins; did goods move between, it is counted once more', () => {
	let subject = opened(['Front', 'Back']);
	subject = after(subject, 'count', line({ area: 'Front', expected: 12, counted: 5 }));
	const together = after(subject, 'count', line({ area: 'Back', expected: 12, counted: 7 }), 'Bob');
	expect(countDifferences(caseOf(together))).toMatchObject([{ expected: 12, counted: 12, difference: 0 }]);
	subject = after(subject, 'count', line({ area: 'Back', expected: 11, counted: 7 }), 'Bob');
	expect(countDifferences(caseOf(subject))).toMatchObject([{ movedMeanwhile: true }]);
	expect(caseOf(after(subject, 'submit_count', submit(['operations'])))).toMatchObject({ state: 'recount' });
});

test('any interleaving of sales and picks with the scans of a count posts the same difference', () => {
	const bins = ['A-1', 'B-1', 'C-1'] as const;
	const drift = fc.tuple(...bins.map(() => fc.integer({ min: -6, max: 6 })));
	const turn = fc.record({ bin: fc.nat({ max: 2 }), sold: fc.integer({ min: 0, max: 3 }) });
	const sales = fc.array(turn, { maxLength: 12 });
	fc.assert(
		fc.property(
			drift,
			sales,
			fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
			fc.infiniteStream(fc.nat({ max: 3 })),
			(off, sold, scans, pauses) => {
				const books = bins.map(() => 40);
				const shelf = off.map((units) => 40 + units);
				let position: StockPosition = emptyPosition('S-1', 'MUG', 'A-1');
				position = { ...position, units: { ...position.units, available: 120 } };
				const queue = [...sold];
				const sell = (count: number) => {
					for (const { bin, sold: units } of queue.splice(0, count)) {
						books[bin] = (books[bin] ?? 0) - units;
						shelf[bin] = (shelf[bin] ?? 0) - units;
						if (units === 0) continue;
						const sale = {
							siteId: 'S-1',
							sku: 'MUG',
							quantity: units,
							from: 'available',
							to: 'customer',
							reason: 'sold',
						} as const;
						position = postMovement(position, sale).position;
					}
				};
				let subject = opened();
				for (const bin of scans) {
					sell(pauses.next().value ?? 0);
					const found = {
						expected: books[bin] ?? 0,
						counted: Math.max(0, shelf[bin] ?? 0),
						bin: bins[bin] ?? '',
						scope: 'bin',
					} as const;
					subject = after(subject, 'count', line(found));
				}
				sell(queue.length);
				const wanted = scans.reduce((sum, bin) => sum + (off[bin] ?? 0), 0);
				subject = after(subject, 'submit_count', submit(['operations']));
				const before = position.units.available;
				if (caseOf(subject).state !== 'posted') {
					const posted = say(subject, 'post_count', post(subject));
					if (posted.outcome === 'refused') throw new Error(posted.reason);
					for (const movement of posted.movements) position = postMovement(position, movement).position;
				}
				expect(position.units.available - before).toBe(wanted);
			},
		),
	);
});

test('a manager posts what was seen and nothing else: a line that came meanwhile is seen first', () => {
	let subject = after(after(opened(), 'count', line({ expected: 9, counted: 8 })), 'submit_count', submit());
	const seen = post(subject);
	subject = after(subject, 'count', line({ sku: 'TEA', expected: 9, counted: 8 }), 'Bob');
	expect(say(subject, 'post_count', seen)).toEqual({ outcome: 'refused', reason: 'changed_meanwhile' });
	expect(say(subject, 'post_count', post(subject)).outcome).toBe('applied');
});

test('a manager may have a SKU counted once more, which takes its earlier lines out', () => {
	let subject = after(after(opened(), 'count', line({ expected: 9, counted: 8 })), 'submit_count', submit());
	subject = after(subject, 'review_count', { countId: 'c1', recount: ['MUG', 'nothing'] });
	expect(caseOf(subject)).toMatchObject({ state: 'recount', recount: [{ sku: 'MUG', turn: 2 }] });
	subject = after(subject, 'count', line({ bin: 'B-1', expected: 9, counted: 9 }));
	expect(caseOf(after(subject, 'submit_count', submit())).state).toBe('posted');
});

test('a code that nobody knows waits for triage: its units become a product’s, or it is set aside', () => {
	let subject = after(opened(), 'count', line({ expected: 9, counted: 7 }));
	for (const [code, quantity] of [
		['111', 2],
		['222', 1],
		['222', 3],
	] as const)
		subject = after(subject, 'note_unknown_code', { countId: 'c1', code, quantity });
	expect(caseOf(subject).unknownCodes).toMatchObject([
		{ code: '111', quantity: 2 },
		{ code: '222', quantity: 3 },
	]);
	const submitted = after(subject, 'submit_count', submit());
	expect(caseOf(submitted).state).toBe('submitted');
	expect(say(submitted, 'post_count', post(submitted))).toEqual({ outcome: 'refused', reason: 'unknown_codes_left' });
	const mug = { sku: 'MUG', name: 'Mug', expected: 9 };
	subject = after(subject, 'settle_unknown_code', { countId: 'c1', code: '111', product: mug });
	subject = after(subject, 'settle_unknown_code', { countId: 'c1', code: '222', product: null }, 'Bob');
	expect(caseOf(subject).unknownCodes.map(({ settled }) => settled)).toEqual([
		{ sku: 'MUG', by: 'Ann' },
		{ sku: null, by: 'Bob' },
	]);
	expect(countDifferences(caseOf(subject))).toMatchObject([{ sku: 'MUG', counted: 9, difference: 0 }]);
	const again = say(subject, 'settle_unknown_code', { countId: 'c1', code: '111', product: mug });
	expect(again).toMatchObject({ outcome: 'applied', events: [] });
});

test('what is counted for a closed count moves nothing, and a person hears of it', () => {
	const closed = after(opened(), 'cancel_count', { countId: 'c1' });
	const late = say(closed, 'count', line({ expected: 9, counted: 7 }));
	expect(movements(late)).toEqual([]);
	expect(late).toMatchObject({
		exceptions: [{ exceptionKind: 'counted_late', expected: 9, counted: 7, quantity: -2 }],
	});
	expect(say(closed, 'post_count', { countId: 'c1', differences: [] })).toEqual({
		outcome: 'refused',
		reason: 'count_closed',
	});
	expect(say(closed, 'cancel_count', { countId: 'c1' })).toEqual({ outcome: 'refused', reason: 'count_closed' });
	expect(say(closed, 'submit_count', submit())).toMatchObject({ outcome: 'applied', events: [] });
});

test('a count that was asked for after a short is closed by its one number', () => {
	const asked = after(opened(), 'open_count', { countId: 'c1', countKind: 'directed', areas: [], asked: [] });
	const subject = opened([], [{ sku: 'MUG', name: 'Mug', bin: 'A-1' }]);
	expect(caseOf(asked).countKind).toBe('free');
	const result = say(subject, 'count', { ...line({ expected: 4, counted: 3 }), posts: 'at_once' });
	expect(movements(result)).toEqual([['MUG', 1, 'available', 'lost', undefined]]);
	if (result.outcome === 'applied') expect(caseOf(result.subject)).toMatchObject({ state: 'posted', closedBy: 'Ann' });
});

test('a line of a count that does not exist is not found, and an early post is refused', () => {
	expect(say({ siteId: 'S-1' }, 'count', line({ expected: 1, counted: 1 }))).toEqual({
		outcome: 'refused',
		reason: 'not_found',
	});
	expect(say(opened(), 'post_count', { countId: 'c1', differences: [] })).toEqual({
		outcome: 'refused',
		reason: 'count_not_submitted',
	});
	expect(say(opened(), 'review_count', { countId: 'c1', recount: [] })).toEqual({
		outcome: 'refused',
		reason: 'count_not_submitted',
	});
});

const adjust = (quantity: number, minor: number) =>
	({
		adjustmentId: 'a1',
		sku: 'MUG',
		name: 'Mug',
		quantity,
		reason: 'damaged',
		bin: 'A-1',
		unitPrice: { minor, currency: 'GBP' },
	}) as const;

test.each([
	['an associate, few and cheap', 'associate', 5, 100, false],
	['an associate, too many', 'associate', 6, 100, true],
	['an associate, too dear', 'associate', 2, 100_00, true],
	['a manager, as many', 'manager', 6, 100, false],
	['a manager, far too many', 'manager', 100_000, 100, true],
	['nobody who is known', null, 1, 100, true],
] as const)(
	'an adjustment is kept, and over its author’s limit a manager is told: %s',
	(_, role, quantity, minor, isOver) => {
		const statement = {
			opId: 'a',
			type: 'adjust',
			payload: adjust(quantity, minor),
			actorName: 'Ann',
			at: '2026-11-22T10:00:00Z',
		} as const;
		const result = applyStatement({ siteId: 'S-1' }, { ...statement, roles: role === null ? [] : [role] });
		expect(movements(result)).toEqual([['MUG', quantity, 'available', 'damaged', 'A-1']]);
		expect(result).toMatchObject({
			movements: [{ reason: 'adjusted: damaged' }],
			exceptions: isOver ? [{ exceptionKind: 'adjusted_over_limit', quantity, adjustReason: 'damaged' }] : [],
		});
	},
);
