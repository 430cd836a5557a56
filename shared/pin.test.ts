import { argon2Sync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPin, verifyPin } from './pin.ts';

test('a PIN fits its own hash and no other does', async () => {
	const hash = await hashPin('3141', randomBytes(16));
	expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(await verifyPin('3141', hash)).toBe(true);
	expect(await verifyPin('3142', hash)).toBe(false);
	expect(await verifyPin('', hash)).toBe(false);
});

test('the same PIN has a different hash each time', async () => {
	expect(await hashPin('1111', randomBytes(16))).not.toBe(await hashPin('1111', randomBytes(16)));
});

test('the hash is the one that another implementation of Argon2id gives', async () => {
	const nonce = randomBytes(16);
	const parameters = { message: '2718', nonce, parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 };
	const expected = argon2Sync('argon2id', parameters).toString('base64').replace(/=+$/, '');
	expect((await hashPin('2718', nonce)).split('$').at(-1)).toBe(expected);
});

test('an unreadable hash fits no PIN', async () => {
	expect(await verifyPin('1111', '')).toBe(false);
	expect(await verifyPin('1111', '$argon2id$v=19$broken')).toBe(false);
});
