import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPin } from '../../../shared/pin.ts';
import { checkPin } from './check-pin.ts';

test('the server checks the hashes that devices and the demo data make', async () => {
	const hash = await hashPin('3141', randomBytes(16));
	expect(await checkPin('3141', hash)).toBe(true);
	expect(await checkPin('3142', hash)).toBe(false);
});

test('an unreadable hash fits no PIN', async () => {
	for (const broken of ['', '$argon2id$', '$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA']) {
		expect(await checkPin('1111', broken)).toBe(false);
	}
});
