import fc from 'fast-check';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { Signature } from '../../../../shared/schema/fulfillment-order.ts';
import { pointInField, signaturePath } from './signature-path.ts';

const point = fc
	.record({ x: fc.double({ min: -50, max: 900, noNaN: true }), y: fc.double({ min: -50, max: 400, noNaN: true }) })
	.map(({ x, y }) => pointInField(x, y));

test('whatever is drawn is a signature that a handover may carry', () => {
	fc.assert(
		fc.property(fc.array(fc.array(point, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 8 }), (drawn) => {
			expect(Value.Check(Signature, signaturePath(drawn))).toBe(true);
		}),
		{ numRuns: 300 },
	);
});

test('a drawing that would not end is thinned until it fits', () => {
	const scribble = Array.from({ length: 30_000 }, (_, index) => pointInField(index % 600, index % 200));
	expect(Value.Check(Signature, signaturePath([scribble]))).toBe(true);
	const dots = Array.from({ length: 5000 }, (_, index) => [pointInField(index % 600, index % 200)]);
	expect(Value.Check(Signature, signaturePath(dots))).toBe(true);
});

test('nothing drawn is no signature', () => {
	expect(signaturePath([])).toBeNull();
	expect(signaturePath([[]])).toBeNull();
});
