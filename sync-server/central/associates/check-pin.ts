import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const argon2Async = promisify(argon2);

/**
 * Does what `verifyPin` of shared/pin.ts does, on a thread of its own: a sign-in must not hold up the server's other answers.
 * A hash that can't be read fits no PIN.
 */
export async function checkPin(pin: string, encodedHash: string): Promise<boolean> {
	const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/.exec(encodedHash);
	const [, memory, passes, parallelism, salt, hash] = parts ?? [];
	if (salt === undefined || hash === undefined) return false;
	const expected = Buffer.from(hash, 'base64');
	const computed = await argon2Async('argon2id', {
		message: pin,
		nonce: Buffer.from(salt, 'base64'),
		memory: Number(memory),
		passes: Number(passes),
		parallelism: Number(parallelism),
		tagLength: expected.length,
	});
	return timingSafeEqual(computed, expected);
}
