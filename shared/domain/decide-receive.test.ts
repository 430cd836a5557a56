import { expect, test } from 'vitest';
import type { PurchaseOrder } from '../schema/purchase-order.ts';
import type { IncomingLine, Receipt } from '../schema/receipt.ts';
import type { Transfer } from '../schema/transfer.ts';
import { applyStatement } from './apply-statement.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { samplePurchaseOrder, sampleTransfer, stated, subjectWith } from './sample-supply.ts';

const mugs = (lineId: string, quantity: number, change: Partial<IncomingLine> = {}): IncomingLine => ({
	lineId,
	sku: 'MUG',
	name: 'Mug',
	quantity,
	condition: 'good',
	...change,
});
const receive = (receiptId: string, ...lines: IncomingLine[]) =>
	stated('receive', { receiptId, purchaseOrderId: 'po-1', lines });
const close = (receiptId: string) => stated('close_receipt', { receiptId, purchaseOrderId: 'po-1', complete: true });

function after(subject: Subject, ...statements: readonly AnyStatement[]) {
	let current = subject;
	const movements: string[] = [];
	const exceptions: string[] = [];
	for (const statement of statements) {
		const result = applyStatement(current, statement);
		if (result.outcome === 'refused') throw new Error(result.reason);
		current = result.subject;
		movements.push(
			...result.movements.map(({ siteId, sku, quantity, from, to }) => `${siteId} ${quantity} ${sku} ${from} > ${to}`),
		);
		exceptions.push(...result.exceptions.map(({ exceptionKind }) => exceptionKind));
	}
	const document = (id: string) => current.stockDocuments?.get(id);
	return {
		movements,
		exceptions,
		order: document('po-1') as PurchaseOrder,
		transfer: document('transfer-1') as Transfer,
		receipt: (id: string) => document(id) as Receipt,
	};
}

const site = (change: Partial<PurchaseOrder> = {}) => subjectWith('S-1', samplePurchaseOrder(change));

test('what two people receive of one order adds up, each in a receipt of their own', () => {
	const { order, receipt, exceptions } = after(
		site(),
		receive('r-1', mugs('a', 2)),
		receive('r-2', mugs('b', 1), mugs('c', 1, { condition: 'damaged' })),
	);
	expect(order.lines[0]).toMatchObject({ ordered: 5, received: 3, damaged: 1 });
	expect(receipt('r-1').lines).toHaveLength(1);
	expect(receipt('r-2').lines).toHaveLength(2);
	expect(exceptions).toEqual([]);
});

test('a line that was counted already is not counted again, whatever it says now', () => {
	const { movements, order } = after(site(), receive('r-1', mugs('a', 2)), receive('r-1', mugs('a', 4), mugs('b', 1)));
	expect(movements).toEqual(['S-1 2 MUG supplier > available', 'S-1 1 MUG supplier > available']);
	expect(order.lines[0]?.received).toBe(3);
});

test('damaged goods are in the ledger as damaged, and goods without paper come from a supplier', () => {
	const { movements, receipt } = after(
		subjectWith('S-1'),
		stated('receive', { receiptId: 'r-1', lines: [mugs('a', 2), mugs('b', 1, { condition: 'damaged' })] }),
	);
	expect(movements).toEqual(['S-1 2 MUG supplier > available', 'S-1 1 MUG supplier > damaged']);
	expect(receipt('r-1').against).toBeNull();
});

test('a lot that has expired goes into quarantine, and somebody is told; one that expires today does not', () => {
	const { movements, exceptions } = after(
		site(),
		receive('r-1', mugs('a', 2, { lot: 'L1', expiresOn: '2026-11-21' }), mugs('b', 1, { expiresOn: '2026-11-22' })),
	);
	expect(movements).toEqual(['S-1 2 MUG supplier > quarantine', 'S-1 1 MUG supplier > available']);
	expect(exceptions).toEqual(['expired_received']);
});

test('a serial number that the receipt has already is told and counted once', () => {
	const { movements, exceptions, order } = after(
		site(),
		receive('r-1', mugs('a', 2, { serials: ['s1', 's2'] })),
		receive('r-1', mugs('b', 2, { serials: ['s2', 's3'] }), mugs('c', 1, { serials: ['s1'] })),
	);
	expect(movements).toEqual(['S-1 2 MUG supplier > available', 'S-1 1 MUG supplier > available']);
	expect(exceptions).toEqual(['serial_received_twice', 'serial_received_twice']);
	expect(order.lines[0]?.received).toBe(3);
});

test('a logistic unit that two people receive counts once, and somebody is told', () => {
	const pens = (lineId: string) => mugs(lineId, 3, { sku: 'PEN', name: 'Pen', sscc: '095012345678901237' });
	const { movements, exceptions, order, receipt } = after(site(), receive('r-1', pens('a')), receive('r-2', pens('b')));
	expect(movements).toEqual(['S-1 3 PEN supplier > available']);
	expect(exceptions).toEqual(['unit_received_twice']);
	expect(order.announced[0]?.receiptId).toBe('r-1');
	expect(receipt('r-2').lines[0]?.notCounted).toBe('received_before');
});

test('a logistic unit that was taken back can be received by somebody else', () => {
	const pens = (lineId: string) => mugs(lineId, 3, { sku: 'PEN', name: 'Pen', sscc: '095012345678901237' });
	const { exceptions, order } = after(
		site(),
		receive('r-1', pens('a')),
		stated('undo_receive', { receiptId: 'r-1', purchaseOrderId: 'po-1', lineIds: ['a'] }),
		receive('r-2', pens('b')),
	);
	expect(exceptions).toEqual([]);
	expect(order.lines[1]?.received).toBe(3);
	expect(order.announced[0]?.receiptId).toBe('r-2');
});

test('a product that nobody ordered gets a line of its own', () => {
	const { order } = after(site(), receive('r-1', mugs('a', 2, { sku: 'CUP', name: 'Cup' })));
	expect(order.lines[2]).toEqual({ sku: 'CUP', name: 'Cup', gtins: [], ordered: 0, received: 2, damaged: 0 });
});

test('lines that were a mistake go back once', () => {
	const undo = stated('undo_receive', { receiptId: 'r-1', purchaseOrderId: 'po-1', lineIds: ['a', 'nothing'] });
	const { movements, order, receipt } = after(
		site(),
		receive('r-1', mugs('a', 2, { bin: 'B-1' }), mugs('b', 1)),
		undo,
		undo,
	);
	expect(movements.at(-1)).toBe('S-1 2 MUG available > supplier');
	expect(movements).toHaveLength(3);
	expect(order.lines[0]?.received).toBe(1);
	expect(receipt('r-1').lines[0]?.notCounted).toBe('taken_back');
});

test('an order that came in full is received; too little, too much or damaged is a discrepancy that is told by product', () => {
	const pens = mugs('p', 3, { sku: 'PEN', name: 'Pen' });
	expect(after(site(), receive('r-1', mugs('a', 5), pens), close('r-1'))).toMatchObject({
		order: { state: 'received' },
		exceptions: [],
	});
	for (const line of [mugs('a', 4), mugs('a', 6), mugs('a', 5, { condition: 'damaged' })]) {
		expect(after(site(), receive('r-1', line, pens), close('r-1'))).toMatchObject({
			order: { state: 'discrepancy' },
			exceptions: ['delivery_differs'],
		});
	}
	const closing = applyStatement(site(), close('r-1'));
	expect(closing.outcome === 'applied' && closing.exceptions[0]?.differences).toEqual([
		{ sku: 'MUG', name: 'Mug', expected: 5, received: 0, damaged: 0 },
		{ sku: 'PEN', name: 'Pen', expected: 3, received: 0, damaged: 0 },
	]);
});

test('a receipt can be closed while the order waits for more, and closing twice says nothing new', () => {
	const done = stated('close_receipt', { receiptId: 'r-1', purchaseOrderId: 'po-1', complete: false });
	const { order, receipt } = after(site(), receive('r-1', mugs('a', 2)), done, done);
	expect(order.state).toBe('open');
	expect(receipt('r-1').state).toBe('closed');
	expect(after(site(), receive('r-1', mugs('a', 2)), close('r-1'), close('r-1')).exceptions).toHaveLength(1);
});

test('goods that come after the end are in the ledger, an exception tells it, and what was missing is not missing any more', () => {
	const pens = mugs('p', 3, { sku: 'PEN', name: 'Pen' });
	const { order, movements, exceptions } = after(
		site(),
		receive('r-1', mugs('a', 4), pens),
		close('r-1'),
		receive('r-2', mugs('b', 1)),
	);
	expect(movements.at(-1)).toBe('S-1 1 MUG supplier > available');
	expect(exceptions).toEqual(['delivery_differs', 'received_after_close']);
	expect(order.state).toBe('received');
	const cancelled = after(site({ state: 'cancelled' }), receive('r-1', mugs('a', 1)));
	expect(cancelled).toMatchObject({ order: { state: 'cancelled' }, exceptions: ['received_after_close'] });
	expect(cancelled.order.lines[0]?.received).toBe(1);
});

test('what never came of a transfer is lost on the way, both sites are told, and it is found when it comes later', () => {
	const sent = sampleTransfer({ state: 'in_transit', sentAt: '2026-11-21T09:00:00Z' }, { picked: 5, sent: 5 });
	const into = (lineId: string, quantity: number) =>
		stated('receive', { receiptId: 'r-1', transferId: 'transfer-1', lines: [mugs(lineId, quantity)] });
	const done = stated('close_receipt', { receiptId: 'r-1', transferId: 'transfer-1', complete: true });
	const { movements, exceptions, transfer } = after(subjectWith('S-1', sent), into('a', 3), done, into('b', 2));
	expect(movements).toEqual([
		'S-1 3 MUG in_transit > available',
		'S-1 2 MUG in_transit > lost',
		'S-1 2 MUG lost > available',
	]);
	expect(exceptions).toEqual(['delivery_differs', 'delivery_differs', 'received_after_close', 'received_after_close']);
	expect(transfer.state).toBe('received');
	const told = applyStatement(subjectWith('S-1', sent), done);
	expect(told.outcome === 'applied' && told.exceptions.map(({ siteId }) => siteId)).toEqual(['S-1', 'S-2']);
});

test('a site receives only its own orders, and only transfers that come to it', () => {
	const statement = stated('receive', { receiptId: 'r-1', transferId: 'transfer-1', lines: [mugs('a', 1)] });
	expect(applyStatement(subjectWith('S-2', sampleTransfer()), statement)).toEqual({
		outcome: 'refused',
		reason: 'not_found',
	});
	expect(applyStatement(subjectWith('S-1'), receive('r-1', mugs('a', 1)))).toEqual({
		outcome: 'refused',
		reason: 'not_found',
	});
});
