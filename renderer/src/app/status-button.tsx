import { Button, VisuallyHidden } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeviceValues } from '../device/index.ts';
import { type Announced, announcementOf } from './announcement.ts';
import classes from './app-frame.module.css';
import { connectionWords, indicatorWords } from './connection-words.ts';

const agesEveryMs = 20_000;
/** A connection that comes and goes within this is not announced. */
const settledAfterMs = 3000;

/** The honest status in words; it opens Sync. */
export function StatusButton() {
	const { t, i18n } = useTranslation('app');
	const navigate = useNavigate();
	const status = useDeviceValues(({ connection, waiting, serverOffsetMs, storageProblem }) => ({
		connection,
		waiting,
		serverOffsetMs,
		storageProblem,
	}));
	const [deviceMs, setDeviceMs] = useState(() => Temporal.Now.instant().epochMilliseconds);
	useEffect(() => {
		const timer = setInterval(() => setDeviceMs(Temporal.Now.instant().epochMilliseconds), agesEveryMs);
		return () => clearInterval(timer);
	}, []);
	return (
		<>
			{/* Silent: it changes with every piece of work. What is worth interrupting for is said below. */}
			<div role="status" aria-live="off" aria-label={t('status.label')}>
				<Button
					variant="subtle"
					className={classes.status}
					onClick={() => void navigate({ to: '/sync' })}
					leftSection={
						<span
							aria-hidden="true"
							className={classes.dot}
							data-kind={status.storageProblem === null ? status.connection.kind : 'cut_off'}
						/>
					}
				>
					{indicatorWords(status, deviceMs, i18n.language, t)}
				</Button>
			</div>
			<Announcer {...status} />
		</>
	);
}

/** Tells a screen reader what changes how somebody works, politely and once. */
function Announcer(status: Parameters<typeof announcementOf>[1] & { readonly serverOffsetMs: number | null }) {
	const { t, i18n } = useTranslation('app');
	const announced = useRef<Announced | null>(null);
	const [text, setText] = useState('');
	const { connection, storageProblem, serverOffsetMs, waiting } = status;
	useEffect(() => {
		const timer = setTimeout(() => {
			const next = announcementOf(announced.current, { connection, storageProblem, waiting });
			announced.current = next.announced;
			if (next.say === 'nothing_waits') setText(t('status.nothingWaits'));
			else if (next.say === 'connection')
				setText(
					storageProblem === null ? connectionWords(connection, serverOffsetMs, i18n.language, t) : t('status.storage'),
				);
		}, settledAfterMs);
		return () => clearTimeout(timer);
	}, [connection, storageProblem, serverOffsetMs, waiting, i18n.language, t]);
	return (
		<VisuallyHidden aria-live="polite" component="div">
			{text}
		</VisuallyHidden>
	);
}
