import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** A key's name: SHA-256 of the public key's 32 bytes (given in base64url), the first 32 hexadecimal digits. */
export function keyIdOf(publicKey: string): string {
	return bytesToHex(sha256(Uint8Array.fromBase64(publicKey, { alphabet: 'base64url' }))).slice(0, 32);
}

/** What a device signs of an operation: its hash's 32 bytes. */
export function signedBytes(hash: string): Uint8Array {
	return hexToBytes(hash);
}
