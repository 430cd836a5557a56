import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuantity } from './read-quantity.ts';

test('a blank field is no quantity and no mistake', () => {
	expect(readQuantity('  ', 1, 10)).toEqual({ kind: 'blank' });
});

test('nothing but digits is a quantity: no sign, comma, exponent or letter is guessed at', () => {
	for (const text of ['-1', '1.5', '1,5', '1e3', '0x1', '1 2', '٣', '1234567890'])
		expect(readQuantity(text, 0, 999_999_999)).toEqual({ kind: 'failed', reason: 'not_whole' });
});

test('bounds are included', () => {
	expect(readQuantity('1', 1, 3)).toEqual({ kind: 'ok', quantity: 1 });
	expect(readQuantity('3', 1, 3)).toEqual({ kind: 'ok', quantity: 3 });
	expect(readQuantity('0', 1, 3)).toEqual({ kind: 'failed', reason: 'too_small' });
	expect(readQuantity('4', 1, 3)).toEqual({ kind: 'failed', reason: 'too_big' });
});

test('any whole number that is typed is read as itself', () => {
	fc.assert(
		fc.property(fc.nat(999_999_999), (quantity) => {
			expect(readQuantity(` ${quantity} `, 0, 999_999_999)).toEqual({ kind: 'ok', quantity });
		}),
	);
});
