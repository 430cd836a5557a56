import { Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reservation } from '../../../../shared/schema/reservation.ts';
import { useRecord } from '../../device/index.ts';
import { useReplicaReady, useReservations } from '../../replica/index.ts';
import {
	ChoiceDialog,
	EmptyState,
	LoadingState,
	Screen,
	type TimeText,
	useTimeText,
	useVerdict,
	VerdictPanel,
	VirtualList,
} from '../../ui/index.ts';
import { keptLine, keptReservations } from './kept-reservations.ts';
import classes from './sell.module.css';

/** `/reservations`: what is kept here, for whom and until when; the one that ends first on top. */
export function ReservationsScreen() {
	const { t } = useTranslation('sell');
	const navigate = useNavigate();
	const record = useRecord();
	const time = useTimeText();
	const isReady = useReplicaReady();
	const all = useReservations();
	const { verdict, say } = useVerdict();
	const [chosen, setChosen] = useState<Reservation | null>(null);
	const kept = useMemo(() => keptReservations(all, time.now), [all, time.now]);
	const release = async ({ id, customer }: Reservation) => {
		if (!(await record('release_reservation', { reservationId: id }))) return;
		say({ kind: 'right', title: t('kept.released', { name: customer?.name ?? t('kept.nobody') }) });
	};
	return (
		<Screen
			title={t('kept.list')}
			subtitle={t('kept.count', { count: kept.length })}
			actions={[{ key: 'F4', label: t('reserve.action'), onAct: () => void navigate({ to: '/reserve' }) }]}
		>
			<Stack h="100%" gap="md">
				{verdict === null ? null : <VerdictPanel verdict={verdict} />}
				<div style={{ flex: 1, minHeight: 0 }}>
					{kept.length > 0 ? (
						<VirtualList
							label={t('kept.list')}
							rows={kept}
							rowKey={({ id }) => id}
							rowHeight={80}
							autoFocus
							renderRow={(each) => <Row reservation={each} time={time} />}
							onOpen={setChosen}
						/>
					) : isReady ? (
						<EmptyState title={t('kept.empty')}>{t('kept.emptyHint')}</EmptyState>
					) : (
						<LoadingState />
					)}
				</div>
			</Stack>
			{chosen === null ? null : (
				<ChoiceDialog
					title={t('kept.for', { name: chosen.customer?.name ?? t('kept.nobody') })}
					choices={[
						{ key: '1', label: t('kept.sell'), value: 'sell' as const },
						{ key: '2', label: t('kept.release'), value: 'release' as const, detail: t('kept.releaseDetail') },
					]}
					onClose={() => setChosen(null)}
					onChoose={(what) => {
						const reservation = chosen;
						setChosen(null);
						if (what === 'release') void release(reservation);
						else void navigate({ to: '/sell/$reservationId', params: { reservationId: reservation.id } });
					}}
				/>
			)}
		</Screen>
	);
}

function Row({ reservation, time }: { readonly reservation: Reservation; readonly time: TimeText }) {
	const { t } = useTranslation('sell');
	const { customer, lines, expiresAt } = reservation;
	return (
		<Group wrap="nowrap" gap="md">
			<Stack gap={0} className={classes.rowText}>
				<Text fw={650} size="lg" truncate>
					{customer?.name ?? t('kept.nobody')}
				</Text>
				<Text c="dimmed" truncate>
					{lines.map((line) => keptLine(line, t, time)).join(' · ')}
				</Text>
			</Stack>
			<Text className={classes.rowFact}>{t('kept.until', { due: time.due(expiresAt) })}</Text>
		</Group>
	);
}
