import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperationType, PayloadOf } from '../schema/operation.ts';
import { type Applied, applyStatement } from './apply-statement.ts';
import { voidLabels } from './decide-address.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { sampleOrder } from './sample-order.ts';
import { emptyPosition, postMovement } from './stock-ledger.ts';

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

test('FO cancelled, then picked: the pick is kept, the FO stays cancelled, and the unit is to be put back', () => {
	const cancelled = after(subjectWith(2), 'cancel', { ...target, reason: 'customer asked' });
	const result = say(cancelled, 'pick', { ...target, ...mugs(1) });
	expect(applied(result).subject.fulfillmentOrder).toMatchObject({
		state: 'cancelled',
		putBack: [{ sku: 'MUG', quantity: 1 }],
	});
	expect(kinds(result)).toEqual([['picked_after_cancel', 'normal']]);
});

test('FO cancelled after it was picked or packed: the cancellation makes a put back task of them', () => {
	let subject = after(subjectWith(3), 'pick', { ...target, ...mugs(2) });
	subject = after(subject, 'pack', { ...target, packageId: 'p1', lines: [mugs(1)], weightGrams: 400 });
	subject = after(subject, 'cancel', { ...target, reason: 'customer asked' });
	expect(subject.fulfillmentOrder).toMatchObject({ state: 'cancelled', putBack: [{ sku: 'MUG', quantity: 2 }] });
	subject = after(subject, 'put_back', { ...target, sku: 'MUG', quantity: 2 });
	expect(subject.fulfillmentOrder?.putBack).toEqual([]);
});

test('FO cancelled, then handed over: it counts as fulfilled, and somebody must bill or recover it', () => {
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

test('FO cancelled, then shipped: it counts as shipped, and somebody must bill or recover it', () => {
	let subject = after(subjectWith(2), 'cancel', { ...target, reason: 'customer asked' });
	subject = after(subject, 'pick', { ...target, ...mugs(2) });
	subject = after(subject, 'pack', { ...target, packageId: 'p1', lines: [mugs(2)], weightGrams: 700 });
	const result = say(subject, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	expect(applied(result).subject.order?.lines[0]?.withCustomer).toBe(2);
	expect(kinds(result)).toEqual([['fulfilled_after_cancel', 'high']]);
});

test('two devices pick the same line: units up to the ordered quantity are kept and the surplus is put back', () => {
	const first = after(subjectWith(2), 'pick', { ...target, ...mugs(2) });
	const second = say(first, 'pick', { ...target, ...mugs(2) });
	expect(applied(second).subject.fulfillmentOrder).toMatchObject({
		state: 'picked',
		putBack: [{ sku: 'MUG', quantity: 2 }],
	});
	expect(kinds(second)).toEqual([['surplus_pick', 'normal']]);
});

test('same pickup handed over twice: the second is kept, and its exception of high priority has both signatures', () => {
	let subject = after(subjectWith(2, 'pickup'), 'pick', { ...target, ...mugs(2) });
	subject = after(subject, 'stage', { ...target, location: 'PU-01' });
	const handover: PayloadOf<'hand_over'> = {
		...target,
		lines: [mugs(2)],
		identityCheck: 'pass_code',
		collectedBy: 'Ada',
	};
	subject = after(subject, 'hand_over', { ...handover, signature: 'M1 1L2 2' });
	expect(subject.fulfillmentOrder?.handover).toMatchObject({ collectedBy: 'Ada', signature: 'M1 1L2 2', units: 2 });
	const second = say(subject, 'hand_over', {
		...handover,
		identityCheck: 'photo_id',
		collectedBy: 'Bob',
		signature: 'M9 9L8 8',
	});
	expect(kinds(second)).toEqual([['second_handover', 'high']]);
	expect(applied(second).movements).toEqual([]);
	expect(applied(second).subject.order?.lines[0]?.withCustomer).toBe(2);
	const told = { what: 'handed_over_again', quantity: 2, detail: 'Bob' };
	expect(applied(second).subject.order?.timeline.at(-1)).toMatchObject(told);
	expect(applied(second).exceptions[0]?.handovers).toMatchObject([
		{ collectedBy: 'Ada', identityCheck: 'pass_code', signature: 'M1 1L2 2', actorName: 'Ann' },
		{ collectedBy: 'Bob', identityCheck: 'photo_id', signature: 'M9 9L8 8', units: 2 },
	]);
});

test('a pickup of several products that is handed over twice is one case, not one for each product', () => {
	const two = [
		{ lineId: 'line-1', sku: 'MUG', quantity: 2 },
		{ lineId: 'line-2', sku: 'TEA', quantity: 1 },
	];
	let subject: Subject = { siteId: 'S-1', ...sampleOrder(two, 'pickup') };
	for (const line of two) subject = after(subject, 'pick', { ...target, ...line });
	const handover: PayloadOf<'hand_over'> = {
		...target,
		lines: two,
		identityCheck: 'pass_code',
		collectedBy: 'Ada',
	};
	subject = after(subject, 'hand_over', handover);
	const second = say(subject, 'hand_over', { ...handover, collectedBy: 'Bob' });
	expect(kinds(second)).toEqual([['second_handover', 'high']]);
	expect(applied(second).exceptions[0]).toMatchObject({ quantity: 3, handovers: [{ units: 3 }, { units: 3 }] });
});

test('same item returned at two cut-off stores: paid back once, and the second time is a case for review with both evidence sets', () => {
	const mug = { ...mugs(1), reason: 'unwanted', grade: 'as_new', disposition: 'restock' } as const;
	const refund = { minor: 250, currency: 'GBP' };
	const order = { orderId: 'order-1042', orderNumber: '1042', lines: [mug], refund };
	let subject = after(subjectWith(1), 'pack', { ...target, packageId: 'p1', lines: [mugs(1)], weightGrams: 300 });
	subject = after(subject, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	subject = after(subject, 'return', { ...order, returnId: 'r1', evidence: { proof: 'receipt_scanned' } });
	expect(subject.returnCase).toMatchObject({ state: 'settled', refund, evidence: { proof: 'receipt_scanned' } });
	const elsewhere = { ...subject, siteId: 'S-2', returnCase: undefined };
	const evidence = { proof: 'number_typed', conditionNote: 'A chip at the rim' } as const;
	const second = say(elsewhere, 'return', { ...order, returnId: 'r2', evidence });
	expect(applied(second).subject.returnCase).toMatchObject({ state: 'needs_review', refund: { minor: 0 } });
	expect(applied(second).movements).toMatchObject([{ siteId: 'S-2', from: 'customer', to: 'available' }]);
	expect(kinds(second)).toEqual([['returned_twice', 'high']]);
	expect(applied(second).exceptions[0]).toMatchObject({
		quantity: 1,
		returns: [
			{ returnId: 'r1', siteId: 'S-1', actorName: 'Ann', evidence: { proof: 'receipt_scanned' } },
			{ returnId: 'r2', siteId: 'S-2', actorName: 'Ann', evidence },
		],
	});
});

test('a return of more than was sold that never came back before is no second return', () => {
	const mug = { ...mugs(2), reason: 'unwanted', grade: 'as_new', disposition: 'restock' } as const;
	let subject = after(subjectWith(1), 'pack', { ...target, packageId: 'p1', lines: [mugs(1)], weightGrams: 300 });
	subject = after(subject, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	const refund = { minor: 500, currency: 'GBP' };
	const order = { orderId: 'order-1042', orderNumber: '1042', lines: [mug], refund };
	const result = say(subject, 'return', { ...order, returnId: 'r1' });
	expect(kinds(result)).toEqual([['returned_more_than_sold', 'high']]);
	expect(applied(result).subject.returnCase?.refund).toEqual({ minor: 250, currency: 'GBP' });
});

const oldHome = { line1: '12 Mill Lane', town: 'Leeds', postalCode: 'LS1', country: 'GB' };
const newHome = { line1: '7 Hill Road', town: 'York', postalCode: 'YO1', country: 'GB' };

function packed(): Subject {
	return after(subjectWith(2), 'pack', { ...target, packageId: 'p1', lines: [mugs(2)], weightGrams: 300 });
}

function voids({ fulfillmentOrder, order }: Subject): readonly string[] {
	if (!fulfillmentOrder || !order) throw new Error('Both are there');
	return voidLabels(fulfillmentOrder, order.shipTo).map(({ id }) => id);
}

test('address edited after the label was printed: the label is void until a new one is printed', () => {
	let subject = after(packed(), 'print_label', { ...target, packageId: 'p1', shipTo: oldHome });
	expect(voids(subject)).toEqual([]);
	subject = after(subject, 'edit_address', { orderId: 'order-1042', shipTo: newHome });
	expect(subject.order?.shipTo).toEqual(newHome);
	expect(subject.order?.timeline.at(-1)).toMatchObject({ what: 'address_edited', detail: '7 Hill Road, YO1 York, GB' });
	expect(voids(subject)).toEqual(['p1']);
	subject = after(subject, 'print_label', { ...target, packageId: 'p1', shipTo: newHome });
	expect(voids(subject)).toEqual([]);
});

test('a label that a cut-off device prints for the old address is void when it is heard of', () => {
	let subject = after(packed(), 'edit_address', { orderId: 'order-1042', shipTo: newHome });
	subject = after(subject, 'print_label', { ...target, packageId: 'p1', shipTo: oldHome });
	expect(voids(subject)).toEqual(['p1']);
});

test('a package that leaves with a void label counts as shipped, and somebody must have it redirected', () => {
	let subject = after(packed(), 'print_label', { ...target, packageId: 'p1', shipTo: oldHome });
	subject = after(subject, 'edit_address', { orderId: 'order-1042', shipTo: newHome });
	const result = say(subject, 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	expect(applied(result).subject.fulfillmentOrder?.state).toBe('shipped');
	expect(kinds(result)).toEqual([['label_void_shipped', 'high']]);
	expect(applied(result).exceptions[0]).toMatchObject({
		labelAddress: oldHome,
		orderAddress: newHome,
		trackingNumber: 'T1',
	});
});

test('an address is not edited any more when everything was shipped, handed over or cancelled', () => {
	const edit = { orderId: 'order-1042', shipTo: newHome };
	const gone = after(packed(), 'ship', { ...target, packageId: 'p1', trackingNumber: 'T1' });
	expect(say(gone, 'edit_address', edit)).toEqual({ outcome: 'refused', reason: 'already_shipped' });
	const stopped = after(subjectWith(1), 'cancel', { ...target, reason: 'customer asked' });
	expect(say(stopped, 'edit_address', edit)).toEqual({ outcome: 'refused', reason: 'already_cancelled' });
	expect(say({ siteId: 'S-1' }, 'edit_address', edit)).toEqual({ outcome: 'refused', reason: 'not_found' });
});

test('sale or pick during a count: the expected quantity is taken at each scan, so what is picked before the submit changes nothing', () => {
	const units = fc.integer({ min: 0, max: 5 });
	fc.assert(
		fc.property(
			fc.integer({ min: -6, max: 6 }),
			fc.array(fc.record({ pickedBefore: units, counts: fc.boolean() }), { minLength: 1, maxLength: 6 }),
			(drift, turns) => {
				// One shelf that holds `drift` more than its books; picks take as much off both.
				let position = { ...emptyPosition('S-1', 'MUG', 'A-1-1') };
				position = { ...position, units: { ...position.units, available: 40 } };
				let onShelf = 40 + drift;
				let scan: { readonly expected: number; readonly counted: number } | null = null;
				for (const { pickedBefore, counts } of turns) {
					onShelf -= pickedBefore;
					if (pickedBefore > 0) position = postMovement(position, pickOf(pickedBefore)).position;
					if (counts) scan = { expected: position.units.available, counted: onShelf };
				}
				const result = applied(
					say({ siteId: 'S-1' }, 'count', {
						countId: 'c1',
						sku: 'MUG',
						posts: 'at_once',
						scans: [scan ?? { expected: 40, counted: 40 }],
					}),
				);
				for (const movement of result.movements) position = postMovement(position, movement).position;
				expect(position.units.available).toBe(scan === null ? onShelf - drift : onShelf);
				const differs = scan !== null && drift !== 0;
				expect(result.exceptions.map(({ exceptionKind }) => exceptionKind)).toEqual(differs ? ['count_differs'] : []);
				if (differs) expect(result.exceptions[0]?.quantity).toBe(drift);
			},
		),
	);
});

const pickOf = (quantity: number) =>
	({ siteId: 'S-1', sku: 'MUG', quantity, from: 'available', to: 'picked', reason: 'units_picked' }) as const;

test('a count over several scans moves the sum of their differences', () => {
	const scans = [
		{ expected: 9, counted: 7 },
		{ expected: 4, counted: 5 },
	];
	const result = applied(say({ siteId: 'S-1' }, 'count', { countId: 'c1', sku: 'MUG', posts: 'at_once', scans }));
	expect(result.movements).toEqual([
		{ siteId: 'S-1', sku: 'MUG', quantity: 1, from: 'available', to: 'lost', reason: 'counted' },
	]);
	expect(result.events).toMatchObject([{ kind: 'counted', sku: 'MUG', expected: 13, counted: 12 }]);
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
