import { expect, it } from 'vitest';
import { passCodeOf } from './pass-code.ts';

it('a pass code is six characters that nobody reads wrong', () => {
	expect(passCodeOf(new Uint8Array([0, 1, 24, 25, 255, 7, 9]))).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{6}$/);
});
