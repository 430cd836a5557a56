import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDeviceStatus } from '../device/index.ts';
import classes from './app-frame.module.css';
import { connectionWords } from './connection-words.ts';

/** The honest status in words; it opens Sync. */
export function StatusButton() {
	const { t, i18n } = useTranslation('app');
	const navigate = useNavigate();
	const { connection, waiting, serverOffsetMs, storageProblem } = useDeviceStatus();
	const words =
		storageProblem === null ? connectionWords(connection, serverOffsetMs, i18n.language, t) : t('status.storage');
	return (
		<div role="status" aria-label={t('status.label')}>
			<Button
				variant="subtle"
				className={classes.status}
				onClick={() => void navigate({ to: '/sync' })}
				leftSection={
					<span
						aria-hidden="true"
						className={classes.dot}
						data-kind={storageProblem === null ? connection.kind : 'cut_off'}
					/>
				}
			>
				{words}
				{waiting === 0 ? '' : ` · ${t('status.waiting', { count: waiting })}`}
			</Button>
		</div>
	);
}
