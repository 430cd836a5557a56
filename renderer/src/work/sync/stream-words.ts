import type { TFunction } from 'i18next';
import type { DeviceStatus } from '../../../../shared/device/device-client.ts';
import type { StreamName } from '../../../../shared/schema/documents.ts';

/** What central knows of a stream and this device does not. Cut off, nobody here can say more than what was last heard. */
export function streamWords(
	{ streams, connection }: Pick<DeviceStatus, 'streams' | 'connection'>,
	stream: StreamName,
	language: string,
	t: TFunction<'sync'>,
): string {
	const progress = streams[stream];
	if (progress === null) return t('connection.notYet');
	const number = new Intl.NumberFormat(language);
	const [position, head] = [number.format(progress.position), number.format(progress.head)];
	if (progress.position < progress.head)
		return t('connection.behind', { count: progress.head - progress.position, position, head });
	const isHeard = connection.kind === 'online' || connection.kind === 'slow';
	return t(isHeard ? 'connection.upToDate' : 'connection.asLastHeard', { position });
}
