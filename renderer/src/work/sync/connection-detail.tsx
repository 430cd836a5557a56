import { List, Paper, Table, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DeviceStatus } from '../../../../shared/device/device-client.ts';
import type { StreamName } from '../../../../shared/schema/documents.ts';
import { connectionWords } from '../../app/connection-words.ts';
import { useDeviceStatus } from '../../device/index.ts';
import { spanText } from '../../ui/time-text.ts';

const streams: readonly StreamName[] = ['site', 'shared'];

function clockWords({ serverOffsetMs }: DeviceStatus, language: string, t: TFunction<'sync'>): string {
	if (serverOffsetMs === null) return t('connection.clockUnknown');
	const seconds = Math.round(Math.abs(serverOffsetMs) / 1000);
	if (seconds < 2) return t('connection.clockRight');
	const span =
		seconds < 120
			? new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(seconds)
			: spanText(Math.floor(seconds / 60), language);
	return t(serverOffsetMs < 0 ? 'connection.clockFast' : 'connection.clockSlow', { span });
}

function streamWords(status: DeviceStatus, stream: StreamName, language: string, t: TFunction<'sync'>): string {
	const progress = status.streams[stream];
	if (progress === null) return t('connection.notYet');
	const number = new Intl.NumberFormat(language);
	const [position, head] = [number.format(progress.position), number.format(progress.head)];
	return progress.position >= progress.head
		? t('connection.upToDate', { position })
		: t('connection.behind', { position, head });
}

/** The connection in detail: central, the clocks, and how far each stream is. */
export function ConnectionDetail() {
	const { t, i18n } = useTranslation('sync');
	const { t: inApp } = useTranslation('app');
	const { t: inDevice } = useTranslation('device');
	const status = useDeviceStatus();
	const { connection, recovery, serverOffsetMs, storageProblem } = status;
	const rows: readonly (readonly [string, string])[] = [
		[t('connection.central'), connectionWords(connection, serverOffsetMs, i18n.language, inApp)],
		// Cut off, it is the browser's message ("Failed to fetch"), which says less than the line above.
		...('message' in connection && connection.message !== '' && connection.kind !== 'cut_off'
			? [[t('connection.detail'), connection.message] as const]
			: []),
		...streams.map(
			(stream) => [t(`connection.stream.${stream}`), streamWords(status, stream, i18n.language, t)] as const,
		),
		[t('connection.clock'), clockWords(status, i18n.language, t)],
	];
	return (
		<Paper component="section" withBorder p="md" radius="md" aria-label={t('connection.title')}>
			<Title order={2} mb="xs">
				{t('connection.title')}
			</Title>
			{storageProblem === null ? null : (
				<Text role="alert" fw={600}>
					{inDevice(`notSaved.${storageProblem}`)}
				</Text>
			)}
			<Table>
				<Table.Tbody>
					{rows.map(([name, value]) => (
						<Table.Tr key={name}>
							<Table.Th scope="row" fw={500}>
								{name}
							</Table.Th>
							<Table.Td>{value}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
			{recovery.length === 0 ? null : (
				<List mt="sm" listStyleType="none">
					{recovery.map((note) => (
						<List.Item key={`${note.file} ${note.copiedTo}`}>
							{t('connection.recovery', { file: note.file, bytes: note.bytes, copiedTo: note.copiedTo })}
						</List.Item>
					))}
				</List>
			)}
		</Paper>
	);
}
