import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StreamName } from '../../../shared/schema/documents.ts';
import { useDeviceStatus } from '../device/index.ts';
import classes from './app-frame.module.css';

const streams: readonly StreamName[] = ['site', 'shared'];
/** A handful of changes is no load: the bar is for the first one, and after a long outage. */
const worthShowing = 1000;

/** How far the first replication is, in documents; nothing when it is over. */
export function FirstLoad() {
	const { t, i18n } = useTranslation('app');
	const status = useDeviceStatus();
	const number = new Intl.NumberFormat(i18n.language);
	return streams.map((stream) => {
		const progress = status.streams[stream];
		if (progress === null || progress.head - progress.position < worthShowing) return null;
		const text = t(`firstLoad.${stream}`, {
			done: number.format(progress.position),
			all: number.format(progress.head),
		});
		return (
			<div key={stream} className={classes.load}>
				<Text role="status" style={{ whiteSpace: 'nowrap' }}>
					{text}
				</Text>
				<Progress value={(100 * progress.position) / progress.head} flex={1} aria-label={text} />
			</div>
		);
	});
}
