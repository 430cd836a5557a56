import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Kysely } from 'kysely';
import { keyIdOf, signedBytes } from '../../../shared/domain/device-key.ts';
import type { Tables } from '../../database/tables.ts';

/** Public keys in base64url, by their ids. */
export type PublicKeys = Readonly<Record<string, string>>;

/**
 * Makes a device's key known: from now on central can verify what it signs. Every key is kept for ever. Twice does no harm.
 * @returns the key's id
 */
export async function registerKey(
	db: Kysely<Tables>,
	{ deviceId, publicKey, now }: { readonly deviceId: string; readonly publicKey: string; readonly now: string },
): Promise<string> {
	const id = keyIdOf(publicKey);
	await db
		.insertInto('device_key')
		.values({ id, device_id: deviceId, public_key: publicKey, created_at: now })
		.onConflict((conflict) => conflict.columns(['id', 'device_id']).doNothing())
		.execute();
	return id;
}

/** A name and a signature as an operation carries them; it may be anything that a device sends. */
interface Signed {
	readonly hash: string;
	readonly keyId?: unknown;
	readonly signature?: unknown;
}

export type SignatureVerdict = 'signed' | 'unsigned' | 'mismatch';

/**
 * Whether the device's own key signed an operation. Releases that did not sign are `unsigned`, until the lane `signs`: then
 * nobody can leave the signature out.
 */
export function judgeSignature(
	{ hash, keyId, signature }: Signed,
	lane: { readonly keys: PublicKeys | null; readonly signs: boolean },
): SignatureVerdict {
	if (keyId === undefined && signature === undefined) return lane.signs ? 'mismatch' : 'unsigned';
	if (typeof keyId !== 'string' || typeof signature !== 'string') return 'mismatch';
	const publicKey = lane.keys && Object.hasOwn(lane.keys, keyId) ? lane.keys[keyId] : undefined;
	if (publicKey === undefined) return 'mismatch';
	return isSignatureOf(publicKey, hash, signature) ? 'signed' : 'mismatch';
}

const parsed = new Map<string, KeyObject>();
const mostParsed = 10_000;

/** Ed25519 (RFC 8032) over the hash's 32 bytes. */
function isSignatureOf(publicKey: string, hash: string, signature: string): boolean {
	try {
		const key =
			parsed.get(publicKey) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
		if (parsed.size >= mostParsed) parsed.clear();
		parsed.set(publicKey, key);
		return verify(null, signedBytes(hash), key, Buffer.from(signature, 'base64url'));
	} catch {
		return false;
	}
}
