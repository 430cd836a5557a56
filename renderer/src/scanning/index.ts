export { afterTyping } from './after-typing.ts';
export { CameraButton } from './camera-button.tsx';
export type { Scan, ScanHub } from './scan-hub.ts';
export { useInOrder } from './use-in-order.ts';
export { onUnhandledScan, playVerdict, scanHub, useScan } from './use-scan.ts';
