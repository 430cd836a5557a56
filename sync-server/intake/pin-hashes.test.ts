import { expect, test } from 'vitest';
import { hashPin, pinSaltBytes, verifyPin } from '../../shared/pin.ts';
import { hashPins } from './pin-hashes.ts';

test('PINs that were hashed together open like those that were hashed alone, and no two hashes are alike', async () => {
	const [first = '', second = '', other = ''] = await hashPins(['1111', '1111', '2222']);
	expect(await verifyPin('1111', first)).toBe(true);
	expect(await verifyPin('1111', second)).toBe(true);
	expect(await verifyPin('1111', other)).toBe(false);
	expect(first).not.toBe(second);
	const alone = await hashPin('1111', new Uint8Array(pinSaltBytes));
	expect(first.split('$').slice(0, 4)).toEqual(alone.split('$').slice(0, 4));
});
