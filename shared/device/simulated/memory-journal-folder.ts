import { type JournalFile, type JournalFolder, StorageFullError } from '../ports.ts';

export class PowerCut extends Error {
	override readonly name = 'PowerCut';
}

interface StoredFile {
	bytes: Uint8Array;
	/** How much of it a power cut leaves. */
	durable: number;
	isOpen: boolean;
}

export interface MemoryDisk extends JournalFolder {
	/** After this many more bytes were written, the power is cut in the middle of a write. */
	cutPowerAfter(bytes: number): void;
	/** From now on the disk takes this many more bytes, or any number again. */
	leaveRoomFor(bytes: number): void;
	/** What is on the disk after a power cut: all that was flushed, and as much of the rest as `kept` (0 to 1) says. */
	afterPowerCut(kept: number): MemoryDisk;
	/** Changes one byte behind the journal's back. */
	damage(name: string, offset: number): void;
	sizeOf(name: string): number;
	flushes(): number;
}

/** A folder in memory that is as strict as a disk: what was not flushed is lost, a write may end in the middle. */
export function memoryJournalFolder(
	initial: ReadonlyMap<string, Uint8Array> = new Map<string, Uint8Array>(),
): MemoryDisk {
	const files = new Map<string, StoredFile>(
		[...initial].map(([name, bytes]) => [name, { bytes: bytes.slice(), durable: bytes.length, isOpen: false }]),
	);
	let powerLeft = Number.POSITIVE_INFINITY;
	let roomLeft = Number.POSITIVE_INFINITY;
	let flushCount = 0;

	const stored = (name: string): StoredFile => {
		if (powerLeft < 0) throw new PowerCut('the power is off');
		const file = files.get(name);
		if (file === undefined) throw new Error(`there is no file ${name}`);
		return file;
	};
	const write = (file: StoredFile, bytes: Uint8Array): void => {
		const taken = Math.max(0, Math.min(bytes.length, powerLeft, roomLeft));
		const longer = new Uint8Array(file.bytes.length + taken);
		longer.set(file.bytes);
		longer.set(bytes.subarray(0, taken), file.bytes.length);
		file.bytes = longer;
		powerLeft -= taken;
		roomLeft -= taken;
		if (taken === bytes.length) return;
		if (powerLeft <= 0) {
			powerLeft = -1;
			throw new PowerCut('the power was cut in the middle of a write');
		}
		throw new StorageFullError('the disk is full');
	};

	const open = (name: string): JournalFile => {
		const file = files.get(name) ?? { bytes: new Uint8Array(0), durable: 0, isOpen: false };
		files.set(name, file);
		if (file.isOpen) throw new Error(`${name} is open already`);
		file.isOpen = true;
		const here = (): StoredFile => {
			if (!file.isOpen) throw new Error(`${name} is closed`);
			return stored(name);
		};
		return {
			size: async () => here().bytes.length,
			read: async (offset, length) => here().bytes.slice(offset, offset + length),
			append: async (bytes) => write(here(), bytes),
			flush: async () => {
				const opened = here();
				opened.durable = opened.bytes.length;
				flushCount += 1;
			},
			truncate: async (size) => {
				const opened = here();
				opened.bytes = opened.bytes.slice(0, size);
				opened.durable = Math.min(opened.durable, size);
			},
			close: async () => {
				file.isOpen = false;
			},
		};
	};

	return {
		list: async () => [...files.keys()],
		open: async (name) => {
			if (powerLeft < 0) throw new PowerCut('the power is off');
			return open(name);
		},
		read: async (name) => stored(name).bytes.slice(),
		copy: async (name, to) => {
			const { bytes } = stored(name);
			const copy: StoredFile = { bytes: new Uint8Array(0), durable: 0, isOpen: false };
			files.set(to, copy);
			write(copy, bytes);
			copy.durable = copy.bytes.length;
		},
		remove: async (name) => {
			if (powerLeft < 0) throw new PowerCut('the power is off');
			if (files.get(name)?.isOpen) throw new Error(`${name} is open`);
			files.delete(name);
		},
		cutPowerAfter: (bytes) => {
			powerLeft = bytes;
		},
		leaveRoomFor: (bytes) => {
			roomLeft = bytes;
		},
		afterPowerCut: (kept) => {
			const left = [...files].map(([name, { bytes, durable }]): [string, Uint8Array] => {
				return [name, bytes.slice(0, durable + Math.floor((bytes.length - durable) * kept))];
			});
			return memoryJournalFolder(new Map(left));
		},
		damage: (name, offset) => {
			const { bytes } = stored(name);
			bytes[offset] = (bytes[offset] ?? 0) ^ 0x40;
		},
		sizeOf: (name) => stored(name).bytes.length,
		flushes: () => flushCount,
	};
}
