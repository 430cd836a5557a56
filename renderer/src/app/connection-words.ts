import type { TFunction } from 'i18next';
import type { Connection } from '../../../shared/device/device-client.ts';

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
