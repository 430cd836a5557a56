import { type JournalFile, type JournalFolder, StorageFullError } from '../../../../shared/device/ports.ts';

/** How long a file of a tab that has just closed may stay locked. */
const patienceMs = 5000;

/** A folder of the origin private file system, through synchronous access handles: they exist in workers only. */
export async function opfsJournalFolder(name: string): Promise<JournalFolder> {
	const root = await navigator.storage.getDirectory();
	const folder = await root.getDirectoryHandle(name, { create: true });
	const open = new Map<string, FileSystemSyncAccessHandle>();

	async function openHandle(file: string): Promise<FileSystemSyncAccessHandle> {
		const handle = await accessHandle(folder, file);
		open.set(file, handle);
		return handle;
	}

	async function read(file: string): Promise<Uint8Array> {
		const handle = open.get(file);
		if (handle !== undefined) return readAt(handle, 0, handle.getSize());
		const closed = await folder.getFileHandle(file);
		return new Uint8Array(await (await closed.getFile()).arrayBuffer());
	}

	return {
		list: async () => await Array.fromAsync(folder.keys()),
		open: async (file) => journalFile(await openHandle(file), () => open.delete(file)),
		read,
		copy: async (file, to) => {
			const bytes = await read(file);
			const copy = journalFile(await openHandle(to), () => open.delete(to));
			await copy.truncate(0);
			await copy.append(bytes);
			await copy.flush();
			await copy.close();
		},
		remove: async (file) => {
			try {
				await folder.removeEntry(file);
			} catch (error) {
				if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
			}
		},
	};
}

function journalFile(handle: FileSystemSyncAccessHandle, closed: () => void): JournalFile {
	return {
		size: async () => handle.getSize(),
		read: async (offset, length) => readAt(handle, offset, length),
		append: async (bytes) =>
			sayingWhenFull(() => {
				const written = handle.write(new Uint8Array(bytes), { at: handle.getSize() });
				// Without room Chromium 156 throws nothing: it gives its error code, -8, as the unsigned 4294967288.
				if (written !== bytes.length) throw new StorageFullError('the disk took only a part of the record');
			}),
		flush: async () => sayingWhenFull(() => handle.flush()),
		truncate: async (size) => sayingWhenFull(() => handle.truncate(size)),
		close: async () => {
			handle.close();
			closed();
		},
	};
}

function readAt(handle: FileSystemSyncAccessHandle, offset: number, length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	const count = handle.read(bytes, { at: offset });
	return bytes.subarray(0, count);
}

/** Opens the file alone. The handle of a tab that was closed a moment ago may still hold it. */
async function accessHandle(folder: FileSystemDirectoryHandle, file: string): Promise<FileSystemSyncAccessHandle> {
	const entry = await folder.getFileHandle(file, { create: true }).catch((error: unknown) => {
		throw whenFull(error);
	});
	const giveUpAt = performance.now() + patienceMs;
	for (;;) {
		try {
			return await entry.createSyncAccessHandle();
		} catch (error) {
			const isLocked = error instanceof DOMException && error.name === 'NoModificationAllowedError';
			if (!isLocked || performance.now() > giveUpAt) throw whenFull(error);
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
	}
}

function sayingWhenFull<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw whenFull(error);
	}
}

function whenFull(error: unknown): unknown {
	const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
	return isFull ? new StorageFullError(error.message) : error;
}
