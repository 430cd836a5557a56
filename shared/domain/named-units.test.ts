import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NamedUnits } from '../schema/stock-position.ts';
import { applyStatement } from './apply-statement.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { namedAtMost, nameSteps, withNamed, withoutNamed } from './named-units.ts';
import { sampleOrder } from './sample-order.ts';
import { transferStep } from './transfer-units.ts';

const serial = fc.constantFrom('s1', 's2', 's3', 's4', 's5');
const told = fc
	.record(
		{
			quantity: fc.integer({ min: 1, max: 5 }),
			lot: fc.constantFrom('L1', 'L2'),
			expiresOn: fc.constantFrom('2026-12-01', '2026-02-31'),
			serials: fc.uniqueArray(serial, { minLength: 1, maxLength: 5 }),
		},
		{ requiredKeys: ['quantity'] },
	)
	.map((units) => ({ sku: 'A', ...units }));
const steps = fc.array(
	fc
		.integer({ min: 0, max: 6 })
		.map((quantity) => ({ ...transferStep('A', quantity, 'picked', 'available'), putBack: -quantity })),
	{ maxLength: 4 },
);
const unitsOf = (all: readonly { readonly quantity: number }[]) => all.reduce((sum, { quantity }) => sum + quantity, 0);

describe('whatever is told of units', () => {
	test('the steps move as many as before, each with a serial number of its own or none, and put back what they move', () => {
		fc.assert(
			fc.property(steps, fc.array(told, { maxLength: 4 }), (before, all) => {
				const after = nameSteps(before, all);
				expect(unitsOf(after)).toBe(unitsOf(before));
				for (const { quantity, putBack, serials, expiresOn } of after) {
					expect(quantity).toBeGreaterThan(0);
					expect(putBack).toBe(-quantity);
					if (serials !== undefined) expect(serials).toHaveLength(quantity);
					expect(expiresOn).not.toBe('2026-02-31');
				}
			}),
		);
	});

	test('a list names no more than there are, and none of those that are gone', () => {
		fc.assert(
			fc.property(fc.array(told, { maxLength: 5 }), told, fc.integer({ min: 0, max: 12 }), (all, gone, most) => {
				const list = all.reduce<readonly NamedUnits[]>(withNamed, []);
				const left = withoutNamed(list, gone);
				expect(unitsOf(left)).toBeLessThanOrEqual(unitsOf(list));
				for (const each of gone.serials ?? []) expect(left.flatMap(({ serials = [] }) => serials)).not.toContain(each);
				expect(unitsOf(namedAtMost(left, 'A', most))).toBe(Math.min(most, unitsOf(left)));
			}),
		);
	});
});

const target = { fulfillmentOrderId: 'fo-1042', orderId: 'order-1042' };
const line = { lineId: 'line-1', sku: 'A' };

function after(subject: Subject, type: AnyStatement['type'], payload: object) {
	const statement = { opId: 'op', type, payload, actorName: 'Ann', at: '2026-11-22T10:00:00Z' } as AnyStatement;
	const applied = applyStatement(subject, statement);
	if (applied.outcome === 'refused') throw new Error(applied.reason);
	return applied;
}
const start = (): Subject => ({ siteId: 'S-1', ...sampleOrder([{ sku: 'A', quantity: 2 }], 'pickup') });

describe('the units of an order', () => {
	test('that were picked by serial number are named in the ledger and with the order, and the surplus too', () => {
		const serials = ['s1', 's2', 's3'];
		const picked = after(start(), 'pick', { ...target, ...line, quantity: 3, serials });
		expect(picked.movements).toMatchObject([
			{ quantity: 2, from: 'allocated', to: 'picked', serials: ['s1', 's2'] },
			{ quantity: 1, from: 'available', to: 'picked', serials: ['s3'] },
		]);
		expect(picked.subject.fulfillmentOrder?.named).toEqual([
			{ sku: 'A', quantity: 2, serials: ['s1', 's2'] },
			{ sku: 'A', quantity: 1, serials: ['s3'] },
		]);
		const back = after(picked.subject, 'put_back', { ...target, sku: 'A', quantity: 1, serials: ['s2'] });
		expect(back.movements).toMatchObject([{ from: 'picked', to: 'available', serials: ['s2'] }]);
		expect(back.subject.fulfillmentOrder).toMatchObject({
			putBack: [],
			named: [{ serials: ['s1'] }, { serials: ['s3'] }],
		});
	});

	test('that were taken back without a word are named no more', () => {
		const picked = after(start(), 'pick', { ...target, ...line, quantity: 1, lot: 'L1' });
		const undone = after(picked.subject, 'undo_pick', { ...target, ...line, quantity: 1 });
		expect(undone.subject.fulfillmentOrder?.named).toEqual([]);
	});

	test('that nobody named have no list of names', () => {
		const picked = after(start(), 'pick', { ...target, ...line, quantity: 2 });
		expect(picked.subject.fulfillmentOrder).not.toHaveProperty('named');
	});

	test('leave and come back as they were named over the counter', () => {
		const picked = after(start(), 'pick', { ...target, ...line, quantity: 2, serials: ['s1', 's2'] });
		const lines = [
			{ ...line, quantity: 1, serials: ['s2'] },
			{ ...line, quantity: 1 },
		];
		const handover = { ...target, lines, identityCheck: 'pass_code', collectedBy: 'Ada' };
		const left = after(picked.subject, 'hand_over', handover);
		expect(left.movements).toMatchObject([
			{ quantity: 1, to: 'customer', serials: ['s2'] },
			{ quantity: 1, to: 'customer' },
		]);
		const back = after(left.subject, 'return', {
			returnId: 'r1',
			orderId: 'order-1042',
			orderNumber: '1042',
			lines: [{ ...line, quantity: 1, serials: ['s2'], reason: 'unwanted', grade: 'as_new', disposition: 'restock' }],
			refund: { minor: 0, currency: 'GBP' },
		});
		expect(back.movements).toMatchObject([{ quantity: 1, from: 'customer', to: 'available', serials: ['s2'] }]);
	});

	test('of a lot that has expired by then are picked, and a manager is told', () => {
		const pick = { ...target, ...line, quantity: 1, lot: 'L1' };
		const expired = after(start(), 'pick', { ...pick, expiresOn: '2026-11-21' });
		expect(expired.movements).toMatchObject([{ from: 'allocated', to: 'picked', lot: 'L1', expiresOn: '2026-11-21' }]);
		expect(expired.exceptions).toMatchObject([{ exceptionKind: 'expired_picked', lot: 'L1', expiresOn: '2026-11-21' }]);
		expect(after(start(), 'pick', { ...pick, expiresOn: '2026-11-22' }).exceptions).toEqual([]);
		expect(after(start(), 'pick', { ...pick, expiresOn: '2026-13-45' })).toMatchObject({
			exceptions: [],
			movements: [{ lot: 'L1' }],
		});
	});
});
