export { afterTyping } from './after-typing.ts';
export { CameraButton } from './camera-button.tsx';
export {
	openScanHub,
	type Scan,
	type ScanHub,
	type ScanHubOptions,
	type ScanListener,
	type ScanSource,
} from './scan-hub.ts';
export { useInOrder } from './use-in-order.ts';
export { onUnhandledScan, playVerdict, scanHub, useScan } from './use-scan.ts';
export { createVerdictSound, type Verdict } from './verdict-sound.ts';
