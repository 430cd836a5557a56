import { openDeviceClient } from '../../../renderer/src/device/open-device-client.ts';
import type { DeviceClient, DeviceEvent } from '../../../shared/device/device-client.ts';

declare global {
	interface Window {
		device: DeviceClient;
		heard: DeviceEvent[];
	}
}

window.heard = [];
window.device = await openDeviceClient();
window.device.subscribe((event) => window.heard.push(event));
document.title = 'Device core is open';
