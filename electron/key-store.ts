import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { DeviceKey, KeyStore, SecretStore } from '../shared/device/ports.ts';
import { keyIdOf } from '../shared/domain/device-key.ts';

/** The device's Ed25519 key; its private half is kept as PKCS 8 in this store and never leaves the main process. */
export function nodeKeyStore(store: SecretStore): KeyStore {
	return { open: async () => deviceKey((await storedKey(store)) ?? (await newKey(store))) };
}

async function storedKey(store: SecretStore): Promise<KeyObject | null> {
	try {
		const stored = await store.read();
		if (stored === null) return null;
		const key = createPrivateKey({ key: Buffer.from(stored, 'base64'), format: 'der', type: 'pkcs8' });
		return key.asymmetricKeyType === 'ed25519' ? key : null;
	} catch {
		return null;
	}
}

async function newKey(store: SecretStore): Promise<KeyObject> {
	const { privateKey } = generateKeyPairSync('ed25519');
	const kept = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
	// A key that can't be kept signs until the next start, which makes another one known to central.
	await store.write(kept).catch(() => undefined);
	return privateKey;
}

function deviceKey(privateKey: KeyObject): DeviceKey {
	const { x: publicKey } = createPublicKey(privateKey).export({ format: 'jwk' });
	if (publicKey === undefined) throw new Error('an Ed25519 key without a public half');
	return {
		keyId: keyIdOf(publicKey),
		publicKey,
		sign: async (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
	};
}
