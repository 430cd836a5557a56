import { Select, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayRecord } from '../../../../shared/domain/permissions.ts';
import { newId, useDeviceStatus, useRecord } from '../../device/index.ts';
import { useReplicaReady, useSite, useSites } from '../../replica/index.ts';
import { useInOrder } from '../../scanning/index.ts';
import { LoadingState, Screen, useTimeText } from '../../ui/index.ts';
import classes from './transfer.module.css';
import { otherSites, transferNumber, usualDays } from './transfer-work.ts';

/** `/transfer/send`: which site gets goods that it has not asked for. What is scanned on the next screen is sent. */
export function SendScreen() {
	const { t } = useTranslation('transfer');
	const navigate = useNavigate();
	const record = useRecord();
	const inOrder = useInOrder();
	const isReady = useReplicaReady();
	const site = useSite();
	const sites = useSites();
	const { now } = useTimeText();
	const roles = useDeviceStatus().signedIn?.roles ?? [];
	const [toSiteId, setToSiteId] = useState<string | null>(null);
	const to = sites.find(({ id }) => id === toSiteId);
	const maySend = mayRecord('open_transfer', roles);
	const begin = async () => {
		if (site === null || to === undefined || !maySend) return;
		const transferId = newId();
		const isSaved = await record('open_transfer', {
			transferId,
			number: transferNumber(transferId),
			fromSiteName: site.name,
			toSiteId: to.id,
			toSiteName: to.name,
			expectedOn: now.toZonedDateTimeISO(to.timeZone).toPlainDate().add({ days: usualDays }).toString(),
		});
		if (isSaved) void navigate({ to: '/transfer/$transferId', params: { transferId }, replace: true });
	};
	return (
		<Screen
			title={t('give.title')}
			primary={{ label: t('give.begin'), disabled: to === undefined || !maySend, onAct: () => inOrder(begin) }}
			onBack={() => void navigate({ to: '/transfer' })}
		>
			{!isReady || site === null ? (
				<LoadingState />
			) : (
				<div className={classes.side}>
					<Select
						label={t('give.to')}
						placeholder={t('request.fromHint')}
						data={[...otherSites(sites, site.id)]}
						value={toSiteId}
						onChange={setToSiteId}
						searchable
						limit={50}
						nothingFoundMessage={t('request.noSite')}
					/>
					<Text c="dimmed">{t(maySend ? 'give.hint' : 'give.needsManager')}</Text>
				</div>
			)}
		</Screen>
	);
}
