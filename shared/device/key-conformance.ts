import { keyIdOf } from '../domain/device-key.ts';
import type { ConformanceCase } from './journal-conformance.ts';
import type { KeyStore } from './ports.ts';

/** Whether these 64 bytes are the key's signature over the message, by an implementation other than the store's own. */
export type VerifySignature = (publicKey: string, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

export interface KeyConformanceCase extends Pick<ConformanceCase, 'name'> {
	/** Throws when the promise of the name is broken. `store` gives a new view of the same, at first empty, place. */
	run(store: () => Promise<KeyStore>, verify: VerifySignature): Promise<void>;
}

/** What every adapter of `KeyStore` must do. */
export const keyConformance: readonly KeyConformanceCase[] = [
	{
		name: 'the key stays the same over restarts, and is named after its public half',
		run: async (store) => {
			const first = await (await store()).open();
			const second = await (await store()).open();
			isTrue(first.publicKey === second.publicKey && first.keyId === second.keyId, 'another key after a restart');
			isTrue(/^[\w-]{43}$/.test(first.publicKey), 'the public key is not 32 bytes in base64url');
			isTrue(first.keyId === keyIdOf(first.publicKey), 'the id is not of the public key');
		},
	},
	{
		name: 'what it signs can be verified, and nothing else can',
		run: async (store, verify) => {
			const key = await (await store()).open();
			const message = Uint8Array.from({ length: 32 }, (_, index) => index);
			const signature = await key.sign(message);
			isTrue(signature.length === 64, `a signature of ${signature.length} bytes`);
			isTrue(await verify(key.publicKey, message, signature), 'its own signature does not verify');
			const again = await (await (await store()).open()).sign(message);
			isTrue(await verify(key.publicKey, message, again), 'the signature after a restart does not verify');
			const changed = message.with(0, 7);
			isTrue(!(await verify(key.publicKey, changed, signature)), 'the signature verifies for another message');
		},
	},
	{
		name: 'the private half can not be read out of the key',
		run: async (store) => {
			const key = await (await store()).open();
			const found = Object.keys(key).sort().join();
			isTrue(found === 'keyId,publicKey,sign', `the key shows ${found}`);
		},
	},
];

function isTrue(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}
