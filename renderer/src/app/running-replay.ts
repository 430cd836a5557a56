import type { DeviceStatus } from '../../../shared/device/device-client.ts';

/** How far the sending of a long queue is; null when there is none, or when central can't be reached to send it to. */
export function runningReplay({
	replay,
	connection: { kind },
}: Pick<DeviceStatus, 'replay' | 'connection'>): DeviceStatus['replay'] {
	const isSending = kind === 'online' || kind === 'slow' || kind === 'outdated';
	return isSending && replay !== null && replay.total > 0 ? replay : null;
}
