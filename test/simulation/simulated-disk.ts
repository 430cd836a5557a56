import { type JournalFile, type JournalFolder, type SecretStore, StorageFullError } from '../../shared/device/ports.ts';
import { type MemoryDisk, memoryJournalFolder, PowerCut } from '../../shared/device/simulated/memory-journal-folder.ts';

/** One machine's disk: its journal's folder and its small secrets, which lose their power together. */
export interface SimulatedDisk {
	readonly folder: JournalFolder;
	readonly secrets: SecretStore;
	/** After this many more writes and flushes the power is cut, in the middle of the last one. */
	cutPowerAt(steps: number, part: number): void;
	readonly isPowerless: boolean;
	fill(isFull: boolean): void;
	/** The disk as it is found at the next start; `kept` (0 to 1) is how much of what was not flushed has survived. */
	afterPowerCut(kept: number): SimulatedDisk;
	/** Another disk with the same bytes. */
	copy(): Promise<SimulatedDisk>;
	/** Flips a byte of the journal; false when there is none yet. */
	flip(place: number): Promise<boolean>;
	loseSecrets(): void;
}

export function simulatedDisk(
	disk: MemoryDisk = memoryJournalFolder(),
	kept: { readonly secrets: string | null } = { secrets: null },
): SimulatedDisk {
	let secrets = kept.secrets;
	let stepsLeft = Number.POSITIVE_INFINITY;
	let part = 0;
	let isOff = false;
	let isFull = false;

	const step = (): boolean => {
		if (isOff) throw new PowerCut('the power is off');
		stepsLeft -= 1;
		if (stepsLeft >= 0) return false;
		isOff = true;
		return true;
	};
	const cut = (): never => {
		throw new PowerCut('the power was cut');
	};
	const wrapped = (file: JournalFile): JournalFile => ({
		...file,
		append: async (bytes) => {
			if (step()) {
				await file.append(bytes.subarray(0, Math.floor(bytes.length * part)));
				cut();
			}
			if (isFull) {
				await file.append(bytes.subarray(0, bytes.length >> 1));
				throw new StorageFullError('the disk is full');
			}
			await file.append(bytes);
		},
		flush: async () => {
			// Cut half-way through, it may or may not have reached the disk: `kept` tells at the next start.
			if (step()) cut();
			await file.flush();
		},
		truncate: async (size) => {
			if (step()) cut();
			await file.truncate(size);
		},
	});
	return {
		folder: {
			...disk,
			list: async () => (isOff ? cut() : disk.list()),
			open: async (name) => (isOff ? cut() : wrapped(await disk.open(name))),
			copy: async (name, to) => (step() ? cut() : disk.copy(name, to)),
		},
		secrets: {
			read: async () => (isOff ? cut() : secrets),
			write: async (text) => {
				const isCut = step();
				// Replaced as a whole: either the old content is there afterwards or the new.
				if (isFull && !isCut) throw new StorageFullError('the disk is full');
				if (!isCut || part > 0.5) secrets = text;
				if (isCut) cut();
			},
		},
		cutPowerAt: (steps, atPart) => {
			stepsLeft = steps;
			part = atPart;
		},
		get isPowerless() {
			return isOff;
		},
		fill: (full) => {
			isFull = full;
		},
		afterPowerCut: (share) => simulatedDisk(disk.afterPowerCut(share), { secrets }),
		copy: async () => {
			const names = await disk.list();
			const files = await Promise.all(names.map(async (name) => [name, await disk.read(name)] as const));
			return simulatedDisk(memoryJournalFolder(new Map(files)), { secrets });
		},
		flip: async (place) => {
			const names = (await disk.list()).filter((name) => name.startsWith('lane-') && disk.sizeOf(name) > 0).sort();
			const name = names[Math.floor(place * names.length)];
			if (name === undefined) return false;
			disk.damage(name, Math.floor(((place * 7919) % 1) * disk.sizeOf(name)));
			return true;
		},
		loseSecrets: () => {
			secrets = null;
		},
	};
}
