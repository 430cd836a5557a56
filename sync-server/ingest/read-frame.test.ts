import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storableText, storableVersion } from './read-frame.ts';

/** What JSON may hold in any field, also under names that JavaScript gives a meaning of its own. */
const anything = fc.oneof(
	fc.jsonValue(),
	fc.dictionary(fc.constantFrom('toString', 'valueOf', '__proto__', 'constructor', 'toJSON'), fc.jsonValue()),
	fc.string({ unit: 'binary' }),
);

test('whatever stands in the place of a word is made a text that PostgreSQL can store', () => {
	fc.assert(
		fc.property(anything, fc.nat({ max: 200 }), (value, longest) => {
			const text = storableText(value, longest);
			expect(text.length).toBeLessThanOrEqual(longest);
			expect(text).not.toContain('\0');
			// Half of a pair that was cut is one that jsonb does not take.
			expect(text.isWellFormed()).toBe(true);
			if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) {
				expect(value.startsWith(text) || text.endsWith('\uFFFD')).toBe(true);
			}
		}),
	);
	expect(storableText({ toString: 1 }, 100)).toBe('[object Object]');
});

test('whatever stands in the place of a version is made a whole number that PostgreSQL can store', () => {
	fc.assert(
		fc.property(anything, (value) => {
			const version = storableVersion(value);
			expect(Number.isInteger(version) && version >= 0 && version < 2 ** 31).toBe(true);
		}),
	);
});
