export { CameraButton } from './camera-button.tsx';
export {
	openScanHub,
	type Scan,
	type ScanHub,
	type ScanHubOptions,
	type ScanListener,
	type ScanSource,
} from './scan-hub.ts';
export { createVerdictSound, type Verdict } from './verdict-sound.ts';
