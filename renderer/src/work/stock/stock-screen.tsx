import { Badge, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../shared/schema/associate.ts';
import { useDeviceValues } from '../../device/index.ts';
import { useReplicaReady } from '../../replica/index.ts';
import { LoadingState, Screen, VirtualList } from '../../ui/index.ts';
import { placesFor } from './stock-places.ts';
import { useWaitingWork } from './use-waiting-work.ts';

const none: readonly Role[] = [];

/** `/stock`: all work on the stock itself, each with how much of it waits. */
export function StockScreen() {
	const { t } = useTranslation('stock');
	const navigate = useNavigate();
	const isReady = useReplicaReady();
	const waiting = useWaitingWork();
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles ?? none }));
	const places = useMemo(() => placesFor(roles), [roles]);
	return (
		<Screen title={t('title')}>
			{isReady ? (
				<VirtualList
					label={t('list')}
					rows={places}
					rowKey={({ name }) => name}
					rowHeight={50}
					autoFocus
					placeName="stock"
					onOpen={({ to }) => void navigate({ to })}
					renderRow={({ name }) => (
						<Group wrap="nowrap" gap="lg">
							<Text fw={650} size="lg" w={270} truncate>
								{t(`place.${name}.title`)}
							</Text>
							<Text c="dimmed" flex={1} truncate>
								{t(`place.${name}.detail`)}
							</Text>
							{(waiting[name] ?? 0) === 0 ? null : (
								<Badge variant="default" size="lg" tt="none" fw={500}>
									{t('waiting', { count: waiting[name] })}
								</Badge>
							)}
						</Group>
					)}
				/>
			) : (
				<LoadingState />
			)}
		</Screen>
	);
}
