import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type SecretStore, StorageFullError } from '../shared/device/ports.ts';
import { flushedFolder } from './journal-folder.ts';

/** The system's keychain, as the shell offers it; null where there is none. */
export interface Keychain {
	encrypt(text: string): Uint8Array;
	/** Throws when the keychain no longer has the key. */
	decrypt(bytes: Uint8Array): string;
}

interface Content {
	readonly protection: 'keychain' | 'none';
	readonly content: string;
}

/**
 * The device's secrets in one file that only its owner may read, encrypted by the keychain where there is one. `say` tells an
 * operator, once, that there is none.
 */
export function secretFile(path: string, keychain: Keychain | null, say: (line: string) => void): SecretStore {
	if (keychain === null)
		say('No keychain on this machine: the device credential is kept in a file that only this user may read.');
	return {
		read: async () => {
			const stored = await storedContent(path);
			if (stored === null) return null;
			if (stored.protection === 'none') return stored.content;
			if (keychain === null) {
				say('The device credential was encrypted by a keychain that is gone: the device must be enrolled again.');
				return null;
			}
			try {
				return keychain.decrypt(Buffer.from(stored.content, 'base64'));
			} catch (error) {
				say(`The keychain can't open the device credential (${String(error)}): the device must be enrolled again.`);
				return null;
			}
		},
		write: async (text) => {
			const content: Content =
				keychain === null
					? { protection: 'none', content: text }
					: { protection: 'keychain', content: Buffer.from(keychain.encrypt(text)).toString('base64') };
			await replaceFile(path, JSON.stringify(content));
		},
	};
}

async function storedContent(path: string): Promise<Content | null> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return null;
		throw error;
	}
	try {
		const { protection, content } = JSON.parse(text);
		const isKnown = (protection === 'keychain' || protection === 'none') && typeof content === 'string';
		return isKnown ? { protection, content } : null;
	} catch {
		return null;
	}
}

/** Either the old content or the new is on the disk, never a half. */
async function replaceFile(path: string, text: string): Promise<void> {
	const beside = `${path}.new`;
	try {
		const handle = await open(beside, 'w', 0o600);
		try {
			await handle.writeFile(text);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(beside, path);
		await flushedFolder(dirname(path));
	} catch (error) {
		if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') throw new StorageFullError(String(error));
		throw error;
	}
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
