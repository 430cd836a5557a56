import { useLayoutEffect, useRef } from 'react';
import { openScanHub, type Scan, type ScanHub } from './scan-hub.ts';
import { createVerdictSound } from './verdict-sound.ts';

let hub: ScanHub | undefined;
let takeUnhandled: ((scan: Scan) => void) | undefined;

/** The window's one scan hub; opened by the first who asks, which is the boot. */
export function scanHub(): ScanHub {
	hub ??= openScanHub({ window, unhandled: (scan) => takeUnhandled?.(scan) });
	return hub;
}

/** What happens to a scan that no screen handles. */
export function onUnhandledScan(handler: ((scan: Scan) => void) | undefined): void {
	takeUnhandled = handler;
}

/** The handler of the screen that is shown: true means handled. Screens that are mounted later are asked first. */
export function useScan(handler: (scan: Scan) => boolean): void {
	const latest = useRef(handler);
	latest.current = handler;
	// Before the paint: scans that waited for the screen are given to it as soon as it is there.
	useLayoutEffect(() => scanHub().subscribe((scan) => latest.current(scan)), []);
}

/** Plays the sound of a verdict. */
export const playVerdict = createVerdictSound();
