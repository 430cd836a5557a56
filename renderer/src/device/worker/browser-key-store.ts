import type { DeviceKey, KeyStore } from '../../../../shared/device/ports.ts';
import { keyIdOf } from '../../../../shared/domain/device-key.ts';

const table = 'key';
const entry = 'device';
/** A damaged IndexedDB may never answer. Work does not wait for it: another key is made and made known. */
const patienceMs = 5000;

/**
 * The device's Ed25519 key as WebCrypto keeps it, its private half not extractable, in an IndexedDB database of its own. Where
 * that was wiped or can't be used, a new key is made.
 */
export function browserKeyStore(databaseName = 'backstock-key'): KeyStore {
	return {
		open: async () => {
			const kept = await orNothing(withTable(databaseName, 'readonly', (keys) => keys.get(entry)));
			if (isKeyPair(kept)) return deviceKey(kept);
			const made = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
			await orNothing(withTable(databaseName, 'readwrite', (keys) => keys.put(made, entry)));
			return deviceKey(made);
		},
	};
}

async function deviceKey({ privateKey, publicKey: half }: CryptoKeyPair): Promise<DeviceKey> {
	const raw = new Uint8Array(await crypto.subtle.exportKey('raw', half));
	const publicKey = raw.toBase64({ alphabet: 'base64url', omitPadding: true });
	return {
		keyId: keyIdOf(publicKey),
		publicKey,
		sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, new Uint8Array(bytes))),
	};
}

function isKeyPair(kept: unknown): kept is CryptoKeyPair {
	if (typeof kept !== 'object' || kept === null || !('privateKey' in kept && 'publicKey' in kept)) return false;
	return kept.privateKey instanceof CryptoKey && kept.publicKey instanceof CryptoKey;
}

async function withTable<T>(
	databaseName: string,
	mode: IDBTransactionMode,
	work: (keys: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
	const opening = indexedDB.open(databaseName, 1);
	opening.onupgradeneeded = () => void opening.result.createObjectStore(table);
	const database = await resultOf(opening);
	try {
		return await resultOf(work(database.transaction(table, mode, { durability: 'strict' }).objectStore(table)));
	} finally {
		database.close();
	}
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

async function orNothing<T>(work: Promise<T>): Promise<T | null> {
	const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
	return await Promise.race([work.catch(() => null), late]);
}
