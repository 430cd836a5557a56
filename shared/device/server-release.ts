import { release } from '../protocol/release.ts';
import type { DeviceStatus } from './device-client.ts';
import type { Central } from './ports.ts';

/** The same central, which tells of each release that it names in its answers. One that names none is older than releases are. */
export function hearingRelease(central: Central, heard: (serverRelease: number) => void): Central {
	return {
		...central,
		async push(operations) {
			const answer = await central.push(operations);
			if (answer.ok) heard(answer.value.release ?? 0);
			return answer;
		},
		async pull(stream, checkpoint, limit) {
			const answer = await central.pull(stream, checkpoint, limit);
			if (answer.ok) heard(answer.value.release ?? 0);
			return answer;
		},
	};
}

/** The server's release beside this app's. */
export function besideOwnRelease(serverRelease: number | null, own = release): DeviceStatus['server'] {
	if (serverRelease === null) return null;
	return serverRelease === own ? 'same' : serverRelease < own ? 'older' : 'newer';
}
