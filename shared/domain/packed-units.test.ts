import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FulfillmentOrder } from '../schema/fulfillment-order.ts';
import type { OperationType, PayloadOf } from '../schema/operation.ts';
import { type Applied, applyStatement } from './apply-statement.ts';
import type { AnyStatement, Subject } from './decision.ts';
import { namedOutside } from './packed-units.ts';
import { sampleOrder } from './sample-order.ts';

const target = { fulfillmentOrderId: 'fo-1042', orderId: 'order-1042' };
const milk = { lineId: 'line-1', sku: 'MILK' };

type Done = Extract<Applied, { outcome: 'applied' }>;
function say<T extends OperationType>(subject: Subject, type: T, payload: PayloadOf<T>): Done {
	const at = '2026-11-22T10:00:00Z';
	const result = applyStatement(subject, { opId: type, type, payload, actorName: 'Ann', at } as AnyStatement);
	if (result.outcome === 'refused') throw new Error(`${type} was refused: ${result.reason}`);
	return result;
}
type Named = Omit<PayloadOf<'pack'>['lines'][number], 'lineId' | 'sku'>;
const picked = (...units: readonly Named[]): Subject =>
	units.reduce((subject, each) => say(subject, 'pick', { ...target, ...milk, ...each }).subject, {
		siteId: 'S-1',
		...sampleOrder([{ sku: 'MILK', quantity: 4 }]),
	} as Subject);
const pack = (subject: Subject, packageId: string, ...units: readonly Named[]): Done =>
	say(subject, 'pack', {
		...target,
		packageId,
		weightGrams: 300,
		lines: units.map((each) => ({ ...milk, ...each })),
	});
const foOf = ({ fulfillmentOrder }: Subject): FulfillmentOrder => {
	if (fulfillmentOrder === undefined) throw new Error('There is an FO');
	return fulfillmentOrder;
};
const shipped = (subject: Subject, packageId: string) =>
	say(subject, 'ship', { ...target, packageId, trackingNumber: packageId }).movements.map(
		({ from, to, quantity, lot, expiresOn, serials }) => ({ from, to, quantity, lot, expiresOn, serials }),
	);
const left = { from: 'picked', to: 'customer', expiresOn: undefined, serials: undefined };

test('what was picked of one lot is of that lot in the package, and leaves as that, also when nobody scans it once more', () => {
	const expiring = { lot: 'L1', expiresOn: '2027-01-01' };
	const packed = pack(picked({ quantity: 4, ...expiring }), 'p1', { quantity: 1 }).subject;
	expect(foOf(packed).packages[0]?.named).toEqual([{ sku: 'MILK', quantity: 1, ...expiring }]);
	expect(shipped(packed, 'p1')).toEqual([{ ...left, ...expiring, quantity: 1 }]);
});

test('of two lots the package has those that were scanned into it, and the last package has the rest', () => {
	let subject = picked({ quantity: 2, lot: 'L1' }, { quantity: 2, lot: 'L2' });
	subject = pack(subject, 'p1', { quantity: 1, lot: 'L2' }).subject;
	expect(shipped(subject, 'p1')).toEqual([{ ...left, quantity: 1, lot: 'L2' }]);
	const unclear = pack(subject, 'p2', { quantity: 1 }).subject;
	expect(foOf(unclear).packages[1]).not.toHaveProperty('named');
	subject = pack(subject, 'p2', { quantity: 3 }).subject;
	expect(foOf(subject).packages[1]?.named?.map(({ quantity, lot }) => [quantity, lot])).toEqual([
		[2, 'L1'],
		[1, 'L2'],
	]);
	expect(namedOutside(foOf(subject))).toEqual([]);
});

test('a unit of another lot than the picked ones is a fact: the package and the FO have that lot, and it is what leaves', () => {
	const before = picked({ quantity: 2, lot: 'L1' });
	const packed = pack(before, 'p1', { quantity: 1, lot: 'L9' });
	expect(foOf(packed.subject).packages[0]?.named).toEqual([{ sku: 'MILK', quantity: 1, lot: 'L9' }]);
	expect(foOf(packed.subject).named).toEqual([
		{ sku: 'MILK', quantity: 1, lot: 'L9' },
		{ sku: 'MILK', quantity: 1, lot: 'L1' },
	]);
	expect(packed.exceptions).toEqual([]);
	expect(shipped(packed.subject, 'p1')).toEqual([{ ...left, quantity: 1, lot: 'L9' }]);
	const old = { quantity: 1, lot: 'L8', expiresOn: '2026-11-01' };
	expect(pack(before, 'p1', old).exceptions).toMatchObject([{ exceptionKind: 'expired_picked', lot: 'L8' }]);
});

test('a lot that nobody named when it was picked is known once it is packed', () => {
	const packed = pack(picked({ quantity: 2 }), 'p1', { quantity: 2, lot: 'L1' }).subject;
	expect(foOf(packed).named).toEqual([{ sku: 'MILK', quantity: 2, lot: 'L1' }]);
	const never = pack(picked(), 'p1', { quantity: 1, lot: 'L1' });
	expect(never.movements).toMatchObject([{ from: 'allocated', to: 'picked', lot: 'L1' }]);
});

test('the package has the serial numbers that were scanned, or all that were picked', () => {
	const two = picked({ quantity: 1, serials: ['s1'] }, { quantity: 1, serials: ['s2'] });
	const one = pack(two, 'p1', { quantity: 1, serials: ['s2'] }).subject;
	expect(shipped(one, 'p1')).toEqual([{ ...left, quantity: 1, lot: undefined, serials: ['s2'] }]);
	expect(foOf(pack(two, 'p1', { quantity: 2 }).subject).packages[0]?.named?.map(({ serials }) => serials)).toEqual([
		['s1'],
		['s2'],
	]);
});

test('whatever was picked and packed, packages name no more units than they hold, and the FO no more than were taken', () => {
	const units = fc.record(
		{ quantity: fc.integer({ min: 1, max: 3 }), lot: fc.constantFrom('L1', 'L2', 'L3') },
		{ requiredKeys: ['quantity'] },
	);
	fc.assert(
		fc.property(
			fc.array(units, { maxLength: 4 }),
			fc.array(fc.array(units, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
			(picks, packs) => {
				const end = packs.reduce(
					(subject, lines, index) => pack(subject, `p${index}`, ...lines).subject,
					picked(...picks),
				);
				const { packages, named = [], lines, putBack } = foOf(end);
				const sum = (list: readonly { readonly quantity: number }[]) =>
					list.reduce((total, { quantity }) => total + quantity, 0);
				for (const each of packages) expect(sum(each.named ?? [])).toBeLessThanOrEqual(sum(each.lines));
				const taken = lines.reduce(
					(total, { quantities: { picked: open, packed } }) => total + open + packed,
					sum(putBack),
				);
				expect(sum(named)).toBeLessThanOrEqual(taken);
			},
		),
	);
});
