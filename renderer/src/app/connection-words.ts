import type { TFunction } from 'i18next';
import type { Connection, DeviceStatus } from '../../../shared/device/device-client.ts';
import { spanText } from '../ui/time-text.ts';

/** A reading of this device's clock as a time of day, set right by what is known of the server's. */
export function deviceClockText(wallMs: number, serverOffsetMs: number | null, language: string): string {
	return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
		wallMs + (serverOffsetMs ?? 0),
	);
}

/** The connection in words; online means that our server answered lately. */
export function connectionWords(
	connection: Connection,
	serverOffsetMs: number | null,
	language: string,
	t: TFunction<'app'>,
): string {
	if (connection.kind !== 'cut_off') return t(`status.${connection.kind}`);
	return t('status.cut_off', { since: deviceClockText(connection.sinceMs, serverOffsetMs, language) });
}

/** All that the indicator of every screen says: how the device is connected, for how long not, and how much waits. */
export function indicatorWords(
	{
		connection,
		serverOffsetMs,
		storageProblem,
		waiting,
	}: Pick<DeviceStatus, 'connection' | 'serverOffsetMs' | 'storageProblem' | 'waiting'>,
	deviceMs: number,
	language: string,
	t: TFunction<'app'>,
): string {
	const isStored = storageProblem === null;
	const minutes = connection.kind === 'cut_off' ? Math.floor((deviceMs - connection.sinceMs) / 60_000) : 0;
	const parts = [
		isStored ? connectionWords(connection, serverOffsetMs, language, t) : t('status.storage'),
		// For the first minute its own time says enough.
		isStored && minutes >= 1 ? t('status.forSpan', { span: spanText(minutes, language) }) : '',
		waiting === 0 ? '' : t('status.waiting', { count: waiting }),
	];
	return parts.filter((part) => part !== '').join(' · ');
}
