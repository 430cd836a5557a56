import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyConformance } from '../shared/device/key-conformance.ts';
import { StorageFullError } from '../shared/device/ports.ts';
import { nodeKeyStore } from './key-store.ts';
import { secretFile } from './secret-file.ts';

const silent = () => undefined;

async function verified(publicKey: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
	const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
	return verify(null, message, key, signature);
}

describe("the shell's key store", () => {
	let folder = '';
	let path = '';
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'backstock-key-'));
		path = join(folder, 'key.json');
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	for (const { name, run } of keyConformance) {
		it(name, () => run(async () => nodeKeyStore(secretFile(path, null, silent)), verified));
	}

	it('makes another key when the keychain or the file lost the first', async () => {
		const first = await nodeKeyStore(secretFile(path, null, silent)).open();
		await writeFile(path, '{"protection":"none","content":"no key"}');
		const second = await nodeKeyStore(secretFile(path, null, silent)).open();
		expect(second.keyId).not.toBe(first.keyId);
		expect(await nodeKeyStore(secretFile(path, null, silent)).open()).toMatchObject({ keyId: second.keyId });
	});

	it('signs all the same when the disk has no room for the key', async () => {
		const full = { read: async () => null, write: async () => Promise.reject(new StorageFullError('full')) };
		const key = await nodeKeyStore(full).open();
		const message = new Uint8Array(32);
		expect(await verified(key.publicKey, message, await key.sign(message))).toBe(true);
	});

	it('keeps the private half encrypted where there is a keychain', async () => {
		const turning = {
			encrypt: (text: string) => new TextEncoder().encode(text).map((byte) => byte ^ 0xff),
			decrypt: (bytes: Uint8Array) => new TextDecoder().decode(bytes.map((byte) => byte ^ 0xff)),
		};
		await nodeKeyStore(secretFile(path, turning, silent)).open();
		// A PKCS 8 Ed25519 key begins with these bytes.
		expect(await readFile(path, 'utf8')).not.toContain('MC4CAQAwBQYDK2Vw');
	});
});
