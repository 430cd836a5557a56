import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Keychain, secretFile } from './secret-file.ts';

/** Turns the bits over: enough to see that the text is not in the file. */
const turning: Keychain = {
	encrypt: (text) => new TextEncoder().encode(text).map((byte) => byte ^ 0xff),
	decrypt: (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes.map((byte) => byte ^ 0xff)),
};

describe('the file of secrets', () => {
	let folder = '';
	let path = '';
	let said: string[] = [];
	const say = (line: string) => void said.push(line);
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'backstock-secrets-'));
		path = join(folder, 'identity.json');
		said = [];
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('gives back what was written last, and nothing before', async () => {
		const store = secretFile(path, turning, say);
		expect(await store.read()).toBeNull();
		await store.write('one');
		await store.write('credential-two');
		expect(await secretFile(path, turning, say).read()).toBe('credential-two');
		expect(await readFile(path, 'utf8')).not.toContain('credential-two');
		expect(said).toEqual([]);
	});

	it('says that there is no keychain, and lets only the owner read the file', async () => {
		const store = secretFile(path, null, say);
		await store.write('plain');
		expect(said.join()).toContain('No keychain');
		expect((await stat(path)).mode & 0o077).toBe(0);
		expect(await store.read()).toBe('plain');
	});

	it('asks for a new enrollment, aloud, when the keychain is gone or has another key', async () => {
		await secretFile(path, turning, say).write('secret');
		expect(await secretFile(path, null, say).read()).toBeNull();
		const other: Keychain = {
			...turning,
			decrypt: () => {
				throw new Error('another key');
			},
		};
		expect(await secretFile(path, other, say).read()).toBeNull();
		expect(said.filter((line) => line.includes('enrolled again'))).toHaveLength(2);
	});

	it('takes a damaged file for none', async () => {
		await writeFile(path, '{"protection":"key');
		expect(await secretFile(path, turning, say).read()).toBeNull();
	});
});
