import { constants } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type JournalFile, type JournalFolder, StorageFullError } from '../shared/device/ports.ts';

const noRoom: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A folder on disk, made if there is none. Appends go straight to the system, `flush` waits for the disk (fdatasync). */
export async function nodeJournalFolder(path: string): Promise<JournalFolder> {
	await mkdir(path, { recursive: true, mode: 0o700 });
	return {
		list: async () => {
			const entries = await readdir(path, { withFileTypes: true });
			return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
		},
		open: (name) => sayingWhenFull(async () => journalFile(await openedFile(path, name))),
		read: async (name) => new Uint8Array(await readFile(join(path, name))),
		copy: (name, to) =>
			sayingWhenFull(async () => {
				await copyFile(join(path, name), join(path, to));
				await flushed(join(path, to));
				await flushedFolder(path);
			}),
		remove: async (name) => {
			await rm(join(path, name), { force: true });
			await flushedFolder(path);
		},
	};
}

async function openedFile(folder: string, name: string): Promise<FileHandle> {
	const handle = await open(join(folder, name), constants.O_RDWR | constants.O_CREAT, 0o600);
	// A new file's name is on the disk only when its folder is.
	if ((await handle.stat()).size === 0) await flushedFolder(folder);
	return handle;
}

function journalFile(handle: FileHandle): JournalFile {
	const size = async () => (await handle.stat()).size;
	return {
		size,
		read: async (offset, length) => {
			const bytes = new Uint8Array(length);
			let count = 0;
			while (count < length) {
				const { bytesRead } = await handle.read(bytes, count, length - count, offset + count);
				if (bytesRead === 0) break;
				count += bytesRead;
			}
			return bytes.subarray(0, count);
		},
		append: (bytes) =>
			sayingWhenFull(async () => {
				let at = await size();
				for (let count = 0; count < bytes.length; ) {
					const { bytesWritten } = await handle.write(bytes, count, bytes.length - count, at);
					count += bytesWritten;
					at += bytesWritten;
				}
			}),
		flush: () => sayingWhenFull(() => handle.datasync()),
		truncate: (length) => sayingWhenFull(() => handle.truncate(length)),
		close: () => handle.close(),
	};
}

async function flushed(path: string): Promise<void> {
	const handle = await open(path, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Windows can't flush a folder, and needs no such thing. */
export async function flushedFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function sayingWhenFull<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (error instanceof Error && noRoom.has(code)) throw new StorageFullError(error.message);
		throw error;
	}
}
