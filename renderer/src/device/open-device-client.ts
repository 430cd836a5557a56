import type { DeviceClient } from '../../../shared/device/device-client.ts';
import type { ShellBridge } from '../../../shared/device/shell-bridge.ts';
import { connectToShell } from './connect-to-shell.ts';
import { connectToWorker } from './connect-to-worker.ts';

declare global {
	interface Window {
		/** Set by the shell's preload; absent in a browser. */
		readonly backstock?: ShellBridge;
	}
}

let opened: Promise<DeviceClient> | null = null;

/** The page's one device client: the shell's if there is a shell, else the worker's. */
export function openDeviceClient(): Promise<DeviceClient> {
	opened ??= open();
	return opened;
}

async function open(): Promise<DeviceClient> {
	if (window.backstock !== undefined) return connectToShell(window.backstock);
	// Without it the browser may clear our storage when the disk runs low. Not waited for: Firefox asks the person first.
	void navigator.storage?.persist?.().catch(() => false);
	return connectToWorker();
}
