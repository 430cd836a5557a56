import { sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { keyIdOf } from '../../domain/device-key.ts';
import type { KeyStore } from '../ports.ts';

export interface SimulatedKeyPair {
	/** The 32 bytes in base64url. */
	readonly publicKey: string;
	readonly sign: (bytes: Uint8Array) => Uint8Array;
}

export interface SimulatedKeys extends KeyStore {
	/** The next start finds no key and makes another. */
	lose(): void;
}

/** Keys from a maker that is given the key's number: 1, and one more each time the key was lost. Nothing in it waits. */
export function simulatedKeys(make: (number: number) => SimulatedKeyPair = unverifiable): SimulatedKeys {
	let number = 1;
	return {
		open: async () => {
			const { publicKey, sign } = make(number);
			return { keyId: keyIdOf(publicKey), publicKey, sign: async (bytes) => sign(bytes) };
		},
		lose: () => {
			number += 1;
		},
	};
}

/** For tests that verify nothing: the signature has a signature's shape only. */
function unverifiable(number: number): SimulatedKeyPair {
	const seed = utf8ToBytes(`key ${number}`);
	return {
		publicKey: sha512(seed).slice(0, 32).toBase64({ alphabet: 'base64url', omitPadding: true }),
		sign: (bytes) => sha512(Uint8Array.from([...seed, ...bytes])),
	};
}
