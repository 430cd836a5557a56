import { List, Paper, Progress, Table, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceStatus } from '../../../../shared/device/device-client.ts';
import type { StreamName } from '../../../../shared/schema/documents.ts';
import { connectionWords, deviceClockText } from '../../app/connection-words.ts';
import { useOutageReadiness } from '../../app/ready-for-outages.ts';
import { runningReplay } from '../../app/running-replay.ts';
import { useDeviceStatus, useLastHeard, useOldestUnanswered } from '../../device/index.ts';
import type { TimeText } from '../../ui/index.ts';
import { spanText } from '../../ui/time-text.ts';
import { operationInstant } from './operation-row.tsx';
import { streamWords } from './stream-words.ts';

const streams: readonly StreamName[] = ['site', 'shared'];

/** Beyond this the device is warned of a wrong clock; without a warning the server's is set to another time, as a demonstration's. */
const tolerableMs = 2 * 60_000;

function clockWords({ serverOffsetMs, clockWarning }: DeviceStatus, language: string, t: TFunction<'sync'>): string {
	if (serverOffsetMs === null) return t('connection.clockUnknown');
	if (clockWarning === null && Math.abs(serverOffsetMs) > tolerableMs) return t('connection.clockShifted');
	const slowMs = clockWarning === null ? serverOffsetMs : -clockWarning.offMs;
	const seconds = Math.round(Math.abs(slowMs) / 1000);
	if (seconds < 2) return t('connection.clockRight');
	const span =
		seconds < 120
			? new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(seconds)
			: spanText(Math.floor(seconds / 60), language);
	return t(slowMs < 0 ? 'connection.clockFast' : 'connection.clockSlow', { span });
}

/** What central knows and this device does not, and the other way round; the clocks, the versions, and what was mended. */
export function ConnectionDetail({ time, sent }: { readonly time: TimeText; readonly sent: number }) {
	const { t, i18n } = useTranslation('sync');
	const { t: inApp } = useTranslation('app');
	const { t: inDevice } = useTranslation('device');
	const status = useDeviceStatus();
	const oldest = useOldestUnanswered();
	const heard = useLastHeard();
	const readiness = useOutageReadiness();
	const { connection, recovery, serverOffsetMs, storageProblem, waiting } = status;
	const replay = runningReplay(status);
	const language = i18n.language;
	const number = new Intl.NumberFormat(language);
	const heardWords =
		heard.kind === 'now'
			? t('connection.heardNow')
			: heard.kind === 'never'
				? t('connection.heardNever')
				: deviceClockText(heard.atMs, serverOffsetMs, language);
	const since = oldest === null ? null : operationInstant(oldest.operation);
	const notThere = [
		waiting === 0 || since === null
			? ''
			: t('connection.waiting', { count: waiting, since: time.time(since), age: time.age(since) }),
		sent === 0 ? '' : t('connection.underway', { count: sent }),
	].filter((each) => each !== '');
	const rows: readonly (readonly [string, ReactNode])[] = [
		[t('connection.central'), connectionWords(connection, serverOffsetMs, language, inApp)],
		// Cut off, it is the browser's message ("Failed to fetch"), which says less than the line above.
		...('message' in connection && connection.message !== '' && connection.kind !== 'cut_off'
			? [[t('connection.detail'), connection.message] as const]
			: []),
		[t('connection.heard'), heardWords],
		[
			t('connection.notHere'),
			<List key="streams" listStyleType="none" spacing={2}>
				{streams.map((stream) => (
					<List.Item key={stream}>
						{t(`connection.stream.${stream}`)}: {streamWords(status, stream, language, t)}
					</List.Item>
				))}
			</List>,
		],
		[t('connection.notThere'), notThere.length === 0 ? t('connection.nothingMissingThere') : notThere.join('; ')],
		[t('connection.outages'), t(`connection.readiness.${readiness}`)],
		[t('connection.clock'), clockWords(status, language, t)],
		[t('connection.app'), t(`connection.server.${status.server ?? 'unknown'}`)],
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
			{replay === null ? null : (
				<>
					<Text>{t('connection.replay', { done: number.format(replay.done), all: number.format(replay.total) })}</Text>
					<Progress
						value={(100 * replay.done) / replay.total}
						my="xs"
						aria-label={t('connection.replay', {
							done: number.format(replay.done),
							all: number.format(replay.total),
						})}
					/>
				</>
			)}
			<Table verticalSpacing={6}>
				<Table.Tbody>
					{rows.map(([name, value]) => (
						<Table.Tr key={name}>
							<Table.Th scope="row" fw={500} w="32%" style={{ verticalAlign: 'top' }}>
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
							{t(`connection.recovery.${note.what}`, {
								file: note.file,
								bytes: number.format(note.bytes),
								copiedTo: note.copiedTo,
							})}
						</List.Item>
					))}
				</List>
			)}
		</Paper>
	);
}
