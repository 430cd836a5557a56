import { CloseButton, Progress, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StreamName } from '../../../shared/schema/documents.ts';
import { useDeviceValues } from '../device/index.ts';
import classes from './app-frame.module.css';
import { useAppUpdate } from './app-update.ts';
import { useOutageReadiness } from './ready-for-outages.ts';
import { runningReplay } from './running-replay.ts';

const streams: readonly StreamName[] = ['site', 'shared'];
/** A handful of changes is no load: the bar is for the first one, and after a long outage. */
const worthShowing = 1000;
/** Long enough to be read by somebody who is signing in; it stands under Sync for ever. */
const readyShownMs = 20_000;

/** What takes a while: the first replication, in documents, and the sending of a long queue. Nothing when it is over. */
export function FirstLoad() {
	const { t, i18n } = useTranslation('app');
	const status = useDeviceValues((each) => ({ streams: each.streams, replay: runningReplay(each) }));
	const number = new Intl.NumberFormat(i18n.language);
	const { replay } = status;
	return (
		<>
			{streams.map((stream) => {
				const progress = status.streams[stream];
				if (progress === null || progress.head - progress.position < worthShowing) return null;
				const text = t(`firstLoad.${stream}`, {
					done: number.format(progress.position),
					all: number.format(progress.head),
				});
				return <ProgressLine key={stream} text={text} part={progress.position / progress.head} />;
			})}
			{replay === null ? null : (
				<ProgressLine
					text={t('firstLoad.replay', { done: number.format(replay.done), all: number.format(replay.total) })}
					part={replay.done / replay.total}
				/>
			)}
			<ReadyLine />
		</>
	);
}

/** How far something is. A screen reader is told by the bar when it is asked, not with each step. */
function ProgressLine({ text, part }: { readonly text: string; readonly part: number }) {
	return (
		<div className={classes.load}>
			<Text style={{ whiteSpace: 'nowrap' }}>{text}</Text>
			<Progress value={100 * part} flex={1} aria-label={text} />
		</div>
	);
}

/** Said once, when a browser that has just met this app can do without the network. */
function ReadyLine() {
	const { t } = useTranslation('app');
	const isJustNow = useAppUpdate((state) => state.isKeptJustNow);
	const readiness = useOutageReadiness();
	const [isRead, setRead] = useState(false);
	const isShown = isJustNow && readiness === 'ready' && !isRead;
	useEffect(() => {
		if (!isShown) return;
		const timer = setTimeout(() => setRead(true), readyShownMs);
		return () => clearTimeout(timer);
	}, [isShown]);
	return (
		<div role="status">
			{!isShown ? null : (
				<div className={classes.load}>
					<Text>
						<span aria-hidden="true">✓ </span>
						{t('firstLoad.ready')}
					</Text>
					<CloseButton ml="auto" size="sm" aria-label={t('notice.close')} onClick={() => setRead(true)} />
				</div>
			)}
		</div>
	);
}
