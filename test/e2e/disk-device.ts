import { closeSync, fstatSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KillableChromium, openKillableChromium } from '../crash/killable-chromium.ts';
import { type Device, deviceOf } from './device.ts';

/** A device whose browser keeps its profile on the disk, so that something can happen to it while the browser is closed. */
export interface DiskDevice {
	readonly profile: string;
	/** Starts the browser; the device is the same as before. */
	open(): Promise<Device>;
	/** Closes the browser as a person does; when this resolves nobody uses the profile. */
	shut(): Promise<void>;
	/** Ends it for good. */
	remove(): Promise<void>;
}

export function newDiskDevice(url: string): DiskDevice {
	const profile = mkdtempSync(join(tmpdir(), 'backstock-e2e-profile-'));
	let chromium: KillableChromium | undefined;
	const shut = async () => {
		await chromium?.close();
		chromium = undefined;
	};
	return {
		profile,
		open: async () => {
			chromium = await openKillableChromium(profile);
			return deviceOf(chromium.context, url);
		},
		shut,
		remove: async () => {
			await shut();
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

const indexedDatabases = ({ profile }: DiskDevice) => join(profile, 'Default', 'IndexedDB');

/** Everything that the browser holds in IndexedDB is gone. */
export function wipeIndexedDb(device: DiskDevice): void {
	rmSync(indexedDatabases(device), { recursive: true });
}

/** Turns one bit in the middle of the log of the browser's LevelDB, in which all databases of the app are. */
export function flipByteOfIndexedDb(device: DiskDevice): void {
	const folders = readdirSync(indexedDatabases(device)).filter((name) => name.endsWith('.leveldb'));
	const logs = folders.flatMap((folder) => {
		const names = readdirSync(join(indexedDatabases(device), folder));
		return names.filter((name) => /^\d+\.log$/.test(name)).map((name) => join(indexedDatabases(device), folder, name));
	});
	if (logs.length === 0) throw new Error('The browser keeps no log.');
	for (const log of logs) flipByte(log);
}

function flipByte(path: string): void {
	const file = openSync(path, 'r+');
	try {
		const { size } = fstatSync(file);
		const at = Math.floor(size / 2);
		const byte = Buffer.alloc(1);
		readSync(file, byte, 0, 1, at);
		byte[0] = (byte[0] ?? 0) ^ 0x40;
		writeSync(file, byte, 0, 1, at);
	} finally {
		closeSync(file);
	}
}

/**
 * Changes the journal's file of operations, from a page of the same origin that is not the app, so that nobody has it open.
 * `tear` cuts the last bytes off, `flip` turns one bit in the record with this number from the end.
 */
export async function damageJournal(
	device: Device,
	url: string,
	damage: { readonly what: 'tear' } | { readonly what: 'flip'; readonly fromEnd: number },
): Promise<void> {
	await device.page.goto(`${url}/healthz`);
	await device.page.evaluate(async (chosen) => {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle('backstock-journal');
		const names = await Array.fromAsync(folder.keys());
		const name =
			names
				.filter((each) => /^lane-.*\d{6}\.log$/.test(each))
				.sort()
				.at(-1) ?? '';
		const handle = await folder.getFileHandle(name);
		const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
		const starts = Array.from(bytes).flatMap((byte, at) =>
			byte === 0xff && bytes[at + 1] === 0x42 && bytes[at + 2] === 0x53 && bytes[at + 3] === 0x4a ? [at] : [],
		);
		const writable = await handle.createWritable({ keepExistingData: true });
		if (chosen.what === 'tear') await writable.truncate(bytes.length - 7);
		else {
			const at = (starts.at(-chosen.fromEnd) ?? 0) + 40;
			await writable.write({ type: 'write', position: at, data: Uint8Array.of((bytes[at] ?? 0) ^ 0x20) });
		}
		await writable.close();
	}, damage);
}
