import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyStatement } from './apply-statement.ts';
import { binClosureId, closedBinsOf } from './closed-bins.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { stated } from './sample-supply.ts';

const bins = ['A-1', 'A-2', 'B-1'];
const siteId = 'S-1';
const close = (bin: string) => stated('close_bin', { binClosureId: binClosureId(siteId, bin), bin, reason: 'wet' });
const open = (bin: string) => stated('open_bin', { binClosureId: binClosureId(siteId, bin), bin });

function after(statements: readonly AnyStatement[]): Subject {
	return statements.reduce<Subject>(
		(subject, statement) => {
			const applied = applyStatement(subject, statement);
			return applied.outcome === 'applied' ? applied.subject : subject;
		},
		{ siteId },
	);
}
const closuresOf = ({ stockDocuments }: Subject) =>
	[...(stockDocuments?.values() ?? [])].filter((document) => document.kind === 'bin_closure');

test('a bin is as somebody last said, and else as the site’s record has it', () => {
	const said = fc.array(fc.tuple(fc.constantFrom(...bins), fc.boolean()), { maxLength: 12 });
	fc.assert(
		fc.property(said, fc.subarray(bins), (words, recorded) => {
			const subject = after(words.map(([bin, isClosed]) => (isClosed ? close(bin) : open(bin))));
			const closed = closedBinsOf({ closedBins: [...recorded] }, closuresOf(subject));
			for (const bin of bins) {
				const last = words.findLast(([each]) => each === bin)?.[1];
				expect(closed.includes(bin)).toBe(last ?? recorded.includes(bin));
			}
		}),
	);
});

test('closing says who, when and why; saying it again changes nothing, and moves no goods', () => {
	const subject = after([close('A-1')]);
	expect(closuresOf(subject)).toEqual([
		{
			id: 'bin:S-1:A-1',
			kind: 'bin_closure',
			siteId: 'S-1',
			bin: 'A-1',
			state: 'closed',
			changedAt: '2026-11-22T12:00:00Z',
			changedBy: 'Ada',
			reason: 'wet',
		},
	]);
	expect(applyStatement(subject, close('A-1'))).toMatchObject({ outcome: 'applied', events: [], movements: [] });
});

test('a bin that is called otherwise than its document is none', () => {
	const other = stated('close_bin', { binClosureId: binClosureId('S-2', 'A-1'), bin: 'A-1', reason: '' });
	expect(applyStatement({ siteId }, other)).toEqual({ outcome: 'refused', reason: 'not_found' });
});
