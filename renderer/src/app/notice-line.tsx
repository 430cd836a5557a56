import { Button, CloseButton, Text } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './app-frame.module.css';
import { useAppUpdate } from './app-update.ts';
import { EnrollAgainNotice } from './enroll-again.tsx';
import { closeNotice, useNotices } from './notices.ts';
import { StandingNoticesList } from './standing-notices-list.tsx';

/** Notices above the screen: what is wrong with the device, what a scan found nowhere, and that a new version is ready. */
export function NoticeLine() {
	const { t } = useTranslation('app');
	const notice = useNotices((state) => state.notice);
	const apply = useAppUpdate((state) => state.apply);
	const path = useRouterState({ select: (state) => state.location.pathname });
	// A notice belongs to the screen on which it appeared.
	useEffect(() => closeNotice, [path]);
	return (
		<>
			<EnrollAgainNotice />
			<StandingNoticesList />
			<div role="alert">
				{notice === null ? null : (
					<div className={classes.notice} data-kind={notice.kind}>
						<Text fw={600}>{notice.title}</Text>
						{notice.detail === undefined ? null : <Text>{notice.detail}</Text>}
						<CloseButton ml="auto" aria-label={t('notice.close')} onClick={closeNotice} />
					</div>
				)}
			</div>
			<div role="status">
				{apply === null ? null : (
					<div className={classes.notice} data-kind="attention">
						<Text>{t('update.ready')}</Text>
						<Button ml="auto" variant="default" onClick={apply}>
							{t('update.apply')}
						</Button>
					</div>
				)}
			</div>
		</>
	);
}
