import { argon2id, argon2Verify } from 'hash-wasm';

/**
 * OWASP's setting for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. About 60 ms in WebAssembly.
 * The encoded hash carries its own parameters, so that older hashes stay readable when these grow.
 */
const parameters = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;
export const pinSaltBytes = 16;

/**
 * A slow hash of a PIN in the encoded form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`; runs wherever WebAssembly does.
 * @param salt `pinSaltBytes` random bytes, new for each hash
 */
export function hashPin(pin: string, salt: Uint8Array): Promise<string> {
	if (salt.length < pinSaltBytes) throw new Error(`A PIN's salt has at least ${pinSaltBytes} bytes`);
	return argon2id({ ...parameters, password: pin, salt, outputType: 'encoded' });
}

/** Whether this is the PIN behind the encoded hash. A hash that can't be read fits no PIN. */
export async function verifyPin(pin: string, encodedHash: string): Promise<boolean> {
	if (!encodedHash.startsWith('$argon2id$')) return false;
	try {
		return await argon2Verify({ password: pin, hash: encodedHash });
	} catch {
		return false;
	}
}
