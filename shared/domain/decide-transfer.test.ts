import { expect, test } from 'vitest';
import type { Transfer } from '../schema/transfer.ts';
import { applyStatement } from './apply-statement.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { sampleTransfer, stated, subjectWith } from './sample-supply.ts';

const transferId = 'transfer-1';
const pick = (quantity: number) => stated('pick_transfer', { transferId, sku: 'MUG', quantity });
const send = (quantity: number) => stated('send_transfer', { transferId, lines: [{ sku: 'MUG', quantity }] });

function after(subject: Subject, ...statements: readonly AnyStatement[]) {
	let current = subject;
	const movements: string[] = [];
	const exceptions: string[] = [];
	for (const statement of statements) {
		const result = applyStatement(current, statement);
		if (result.outcome === 'refused') return { refused: result.reason };
		current = result.subject;
		movements.push(
			...result.movements.map(({ siteId, quantity, from, to }) => `${siteId} ${quantity} ${from} > ${to}`),
		);
		exceptions.push(...result.exceptions.map((draft) => `${draft.exceptionKind}@${draft.siteId ?? current.siteId}`));
	}
	return { movements, exceptions, transfer: current.stockDocuments?.get(transferId) as Transfer };
}

const sender = (change: Partial<Transfer> = {}, line: Partial<Transfer['lines'][number]> = {}) =>
	subjectWith('S-2', sampleTransfer(change, line));

test('what a site asks another for is set aside there at once, one line a product', () => {
	const line = { sku: 'MUG', name: 'Mug', gtins: [], quantity: 2 };
	const request = stated('request_transfer', {
		transferId,
		number: 'T-7',
		fromSiteId: 'S-2',
		fromSiteName: 'Leeds',
		toSiteName: 'York',
		expectedOn: '2026-11-24',
		lines: [line, { ...line, quantity: 3 }],
	});
	const { movements, transfer } = after({ siteId: 'S-1' }, request, request);
	expect(movements).toEqual(['S-2 5 available > allocated']);
	expect(transfer).toMatchObject({ state: 'requested', toSiteId: 'S-1', lines: [{ sku: 'MUG', requested: 5 }] });
	expect(after({ siteId: 'S-2' }, request)).toEqual({ refused: 'same_site' });
});

test('a site gives another one goods that nobody asked for: what is picked makes its lines, and nothing is set aside before', () => {
	const open = stated('open_transfer', {
		transferId,
		number: 'T-7',
		fromSiteName: 'Leeds',
		toSiteId: 'S-1',
		toSiteName: 'York',
		expectedOn: '2026-11-24',
	});
	const named = stated('pick_transfer', {
		transferId,
		sku: 'MUG',
		quantity: 2,
		name: 'Mug',
		gtins: ['09501101530003'],
	});
	const { movements, transfer } = after({ siteId: 'S-2' }, open, open, named, pick(1), send(3));
	expect(movements).toEqual([
		'S-2 2 available > picked',
		'S-2 1 available > picked',
		'S-2 3 picked > other_site',
		'S-1 3 other_site > in_transit',
	]);
	expect(transfer).toMatchObject({
		state: 'in_transit',
		unasked: true,
		fromSiteId: 'S-2',
		lines: [{ name: 'Mug', gtins: ['09501101530003'], requested: 0, picked: 3, sent: 3 }],
	});
	expect(after({ siteId: 'S-1' }, open)).toEqual({ refused: 'same_site' });
});

test('picked goods leave what was set aside first, and in one step they are outside here and on their way there', () => {
	const { movements, transfer } = after(sender(), pick(6), send(6));
	expect(movements).toEqual([
		'S-2 5 allocated > picked',
		'S-2 1 available > picked',
		'S-2 6 picked > other_site',
		'S-1 6 other_site > in_transit',
	]);
	expect(transfer).toMatchObject({ state: 'in_transit', sentAt: '2026-11-22T12:00:00Z' });
});

test('what is not sent can be promised again, and what is short is told to both sites', () => {
	const short = stated('short_transfer', { transferId, sku: 'MUG', quantity: 2, reason: 'not_found' });
	expect(after(sender(), short, pick(1), send(1))).toMatchObject({
		movements: [
			'S-2 2 allocated > lost',
			'S-2 1 allocated > picked',
			'S-2 2 allocated > available',
			'S-2 1 picked > other_site',
			'S-1 1 other_site > in_transit',
		],
		exceptions: ['transfer_units_short@S-1', 'transfer_units_short@S-2'],
	});
});

test('two people who send the same goods send them once, and it is told', () => {
	expect(after(sender(), pick(3), send(3), send(3))).toMatchObject({
		transfer: { lines: [{ sent: 3 }] },
		exceptions: ['sent_more_than_picked@S-2'],
	});
});

test('what is put back is wanted again, and is in no box any more', () => {
	const pack = stated('pack_transfer', {
		transferId,
		sscc: '095012345678901237',
		lines: [{ sku: 'MUG', quantity: 3 }],
	});
	const putBack = (quantity: number) => stated('put_back_transfer', { transferId, sku: 'MUG', quantity });
	const { movements, transfer } = after(sender(), pick(3), pack, pack, putBack(1), putBack(9), putBack(1));
	expect(movements).toEqual(['S-2 3 allocated > picked', 'S-2 1 picked > allocated', 'S-2 2 picked > allocated']);
	expect(transfer?.boxes).toEqual([]);
	expect(after(sender(), pick(3), pack, putBack(1)).transfer?.boxes[0]?.lines).toEqual([{ sku: 'MUG', quantity: 2 }]);
});

test('a declined or cancelled transfer sets nothing aside; what was picked is to be put back', () => {
	const cancel = stated('cancel_transfer', { transferId, reason: 'not needed' });
	const decline = stated('decline_transfer', { transferId, reason: 'all sold' });
	const picked = sampleTransfer({ state: 'open' }, { picked: 2 });
	expect(after(subjectWith('S-1', picked), cancel)).toMatchObject({
		movements: ['S-2 3 allocated > available'],
		exceptions: ['transfer_put_back@S-2'],
		transfer: { state: 'cancelled', stoppedBecause: 'not needed' },
	});
	expect(after(sender(), decline)).toMatchObject({
		movements: ['S-2 5 allocated > available'],
		exceptions: ['transfer_stopped@S-1'],
		transfer: { state: 'declined' },
	});
	expect(after(sender(), cancel)).toEqual({ refused: 'not_found' });
	expect(after(sender(), decline, decline)).toEqual({ refused: 'already_cancelled' });
	expect(after(sender({ state: 'in_transit' }), decline)).toEqual({ refused: 'already_sent' });
});

test('goods that were picked or sent although it had been stopped are where they are, and both sites are told', () => {
	expect(after(sender({ state: 'cancelled' }), pick(2), send(2))).toMatchObject({
		movements: ['S-2 2 available > picked', 'S-2 2 picked > other_site', 'S-1 2 other_site > in_transit'],
		exceptions: ['transfer_put_back@S-2', 'sent_after_stop@S-1', 'sent_after_stop@S-2'],
		transfer: { state: 'in_transit' },
	});
});

test('a site picks, packs, sends and puts back only what it sends itself', () => {
	expect(after(subjectWith('S-1', sampleTransfer()), pick(1))).toEqual({ refused: 'not_found' });
	expect(after(subjectWith('S-1', sampleTransfer()), send(1))).toEqual({ refused: 'not_found' });
});

test('which units are in hand is known until they are put back or sent', () => {
	const phones = (...serials: string[]) => ({ transferId, sku: 'MUG', quantity: serials.length, serials });
	const picked = after(
		sender(),
		stated('pick_transfer', phones('s1', 's2', 's3')),
		stated('put_back_transfer', phones('s2')),
	);
	expect(picked.transfer?.inHand).toEqual([{ sku: 'MUG', quantity: 2, serials: ['s1', 's3'] }]);
	const { transferId: _, ...units } = phones('s1', 's3');
	const sent = after(
		sender({ inHand: [units] }, { picked: 2 }),
		stated('send_transfer', { transferId, lines: [units] }),
	);
	expect(sent.transfer?.inHand).toEqual([]);
	const lot = { sku: 'MUG', quantity: 5, lot: 'L1' };
	const part = stated('send_transfer', { transferId, lines: [{ ...lot, quantity: 2 }] });
	expect(after(sender({ inHand: [lot] }, { picked: 5 }), part).transfer?.inHand).toEqual([{ ...lot, quantity: 3 }]);
});
