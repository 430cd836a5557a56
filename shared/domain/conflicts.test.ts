import { expect, test } from 'vitest';
import type { OperationType, PayloadOf } from '../schema/operation.ts';
import { type Applied, applyStatement } from './apply-statement.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { sampleOrder } from './sample-order.ts';

const target = { fulfillmentOrderId: 'fo-1042', orderId: 'order-1042' };
const mugs = (quantity: number) => ({ lineId: 'line-1', sku: 'MUG', quantity });

function subjectWith(quantity: number, method: 'ship' | 'pickup' = 'ship'): Subject {
	return { siteId: 'S-1', ...sampleOrder([{ sku: 'MUG', quantity }], method) };
}

function say<T extends OperationType>(subject: Subject, type: T, payload: PayloadOf<T>): Applied {
	return applyStatement(subject, {
		opId: type,
		type,
		payload,
		actorName: 'Ann',
		at: '2026-11-22T10:00:00Z',
	} as AnyStatement);
}

function after<T extends OperationType>(subject: Subject, type: T, payload: PayloadOf<T>): Subject {
	const result = say(subject, type, payload);
	if (result.outcome === 'refused') throw new Error(`${type} was refused: ${result.reason}`);
	return result.subject;
}

function applied(result: Applied) {
	if (result.outcome === 'refused') throw new Error(`Refused: ${result.reason}`);
	return result;
}

const kinds = (result: Applied) =>
	applied(result).exceptions.map(({ exceptionKind, priority }) => [exceptionKind, priority]);

test('a pick for a cancelled FO is kept, the FO stays cancelled, and the unit is to be put back', () => {
	const cancelled = after(subjectWith(2), 'cancel', { ...target, reason: 'customer asked' });
	const result = say(cancelled, 'pick', { ...target, ...mugs(1) });
	expect(applied(result).subject.fulfillmentOrder).toMatchObject({
		state: 'cancelled',
		putBack: [{ sku: 'MUG', quantity: 1 }],
	});
	expect(kinds(result)).toEqual([['picked_after_cancel', 'normal']]);
});

test('cancelling an FO whose goods are picked or packed makes a put back task of them', () => {
	let subject = after(subjectWith(3), 'pick', { ...target, ...mugs(2) });
	subject = after(subject, 'pack', { ...target, packageId: 'p1', lines: [mugs(1)], weightGrams: 400 });
	subject = after(subject, 'cancel', { ...target, reason: 'customer asked' });
	expect(subject.fulfillmentOrder).toMatchObject({ state: 'cancelled', putBack: [{ sku: 'MUG', quantity: 2 }] });
	subject = after(subject, 'put_back', { ...target, sku: 'MUG', quantity: 2 });
	expect(subject.fulfillmentOrder?.putBack).toEqual([]);
});

test('a handover of a cancelled FO counts as fulfilled, and somebody must bill or recover it', () => {
	let subject = after(subjectWith(2, 'pickup'), 'pick', { ...target, ...mugs(2) });
	subject = after(subject, 'stage', { ...target, location: 'PU-01' });
	subject = after(subject, 'cancel', { ...target, reason: 'customer asked' });
	const result = say(subject, 'hand_over', {
		...target,
		lines: [mugs(2)],
		identityCheck: 'pass_code',
		collectedBy: 'Ada',
	});
	expect(applied(result).subject.order?.lines[0]).toMatchObject({ withCustomer: 2, cancelled: 0 });
	expect(applied(result).subject.fulfillmentOrder).toMatchObject({ state: 'handed_over', putBack: [] });
	expect(kinds(result)).toEqual([['fulfilled_after_cancel', 'high']]);
});

test('a package of a cancelled FO that left counts as shipped, and somebody must bill or recover it', () => {
	let subject = after(subjectWith(2), 'cancel', { ...target, reason: 'customer asked' });
	subject = after(subject, 'pick', { ...target, ...mugs(2) });
	subject = after(subject, 'pack', { ...target, packageId: 'p1', lines: [mugs(2)], weightGrams: 700 });
	const result = say(subject, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	expect(applied(result).subject.order?.lines[0]?.withCustomer).toBe(2);
	expect(kinds(result)).toEqual([['fulfilled_after_cancel', 'high']]);
});

test('of two devices that pick the same line, units up to the ordered quantity are kept and the surplus is put back', () => {
	const first = after(subjectWith(2), 'pick', { ...target, ...mugs(2) });
	const second = say(first, 'pick', { ...target, ...mugs(2) });
	expect(applied(second).subject.fulfillmentOrder).toMatchObject({
		state: 'picked',
		putBack: [{ sku: 'MUG', quantity: 2 }],
	});
	expect(kinds(second)).toEqual([['surplus_pick', 'normal']]);
});

test('a second handover of the same pickup is kept and opens an exception of high priority', () => {
	let subject = after(subjectWith(2, 'pickup'), 'pick', { ...target, ...mugs(2) });
	subject = after(subject, 'stage', { ...target, location: 'PU-01' });
	const handover: PayloadOf<'hand_over'> = {
		...target,
		lines: [mugs(2)],
		identityCheck: 'pass_code',
		collectedBy: 'Ada',
	};
	subject = after(subject, 'hand_over', handover);
	const second = say(subject, 'hand_over', handover);
	expect(kinds(second)).toEqual([['second_handover', 'high']]);
	expect(applied(second).movements).toEqual([]);
	expect(applied(second).subject.order?.lines[0]?.withCustomer).toBe(2);
});

test('the same item returned twice is paid back once, and the second time is a case for review', () => {
	const mug = { ...mugs(1), reason: 'unwanted', grade: 'as_new', disposition: 'restock' } as const;
	const refund = { minor: 250, currency: 'GBP' };
	const order = { orderId: 'order-1042', orderNumber: '1042', lines: [mug], refund };
	let subject = after(subjectWith(1), 'pack', { ...target, packageId: 'p1', lines: [mugs(1)], weightGrams: 300 });
	subject = after(subject, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	subject = after(subject, 'return', { ...order, returnId: 'r1' });
	expect(subject.returnCase).toMatchObject({ state: 'settled', refund });
	const second = say({ ...subject, returnCase: undefined }, 'return', { ...order, returnId: 'r2' });
	expect(applied(second).subject.returnCase).toMatchObject({ state: 'needs_review', refund: { minor: 0 } });
	expect(kinds(second)).toEqual([['returned_more_than_sold', 'high']]);
});

test('part of a pickup can be handed over and the rest waits on its shelf', () => {
	let subject = after(subjectWith(3, 'pickup'), 'pick', { ...target, ...mugs(3) });
	subject = after(subject, 'stage', { ...target, location: 'PU-01' });
	subject = after(subject, 'hand_over', { ...target, lines: [mugs(2)], identityCheck: 'photo_id', collectedBy: 'Ada' });
	expect(subject.fulfillmentOrder).toMatchObject({ state: 'ready', stagedAt: 'PU-01' });
	subject = after(subject, 'hand_over', { ...target, lines: [mugs(1)], identityCheck: 'photo_id', collectedBy: 'Ada' });
	expect(subject.fulfillmentOrder?.state).toBe('handed_over');
});

test('a unit found after it was reported missing is picked, not put back', () => {
	const short = after(subjectWith(2), 'short', { ...target, ...mugs(2), reason: 'not_found' });
	expect(short.fulfillmentOrder?.state).toBe('cancelled');
	const found = after(short, 'pick', { ...target, ...mugs(1) });
	expect(found.fulfillmentOrder?.lines[0]).toMatchObject({
		quantities: { picked: 1, short: 1 },
		shorts: [{ quantity: 1 }],
	});
});

test('a cancellation that can stop nothing any more is refused with its reason', () => {
	let subject = after(subjectWith(1), 'pack', { ...target, packageId: 'p1', lines: [mugs(1)], weightGrams: 300 });
	subject = after(subject, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	expect(say(subject, 'cancel', { ...target, reason: 'x' })).toEqual({ outcome: 'refused', reason: 'already_shipped' });
	expect(say({ ...subject, siteId: 'S-2' }, 'cancel', { ...target, reason: 'x' })).toEqual({
		outcome: 'refused',
		reason: 'not_found',
	});
});

test('a site may decline an FO only while nothing of it is in hand', () => {
	const declined = after(subjectWith(2), 'decline', { ...target, reason: 'no staff' });
	expect(declined.fulfillmentOrder?.state).toBe('declined');
	expect(declined.order?.lines[0]).toMatchObject({ open: 2, unassigned: 2 });
	const started = after(subjectWith(2), 'pick', { ...target, ...mugs(1) });
	expect(say(started, 'decline', { ...target, reason: 'no staff' })).toEqual({
		outcome: 'refused',
		reason: 'already_started',
	});
});
