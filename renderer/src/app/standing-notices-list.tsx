import { Button, CloseButton, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { useDeviceValues } from '../device/index.ts';
import classes from './app-frame.module.css';
import { useAppUpdate } from './app-update.ts';
import { noticeWords } from './notice-words.ts';
import { standingNotices } from './standing-notices.ts';

/** What was read and put away, while the app is open. */
const usePutAway = create<{ readonly keys: ReadonlySet<string> }>()(() => ({ keys: new Set() }));

function putAway(key: string): void {
	usePutAway.setState(({ keys }) => ({ keys: new Set([...keys, key]) }));
}

/** What stands above every screen as long as it is so: storage, clock, version, replica, what was mended at the start. */
export function StandingNoticesList() {
	const { t, i18n } = useTranslation('app');
	const status = useDeviceValues(
		({ connection, storageProblem, clockWarning, replicaProblem, rebuilding, server, recovery }) => ({
			connection,
			storageProblem,
			clockWarning,
			replicaProblem,
			rebuilding,
			server,
			recovery,
		}),
	);
	const keys = usePutAway((state) => state.keys);
	const [areAllShown, setAllShown] = useState(false);
	const notices = useMemo(() => standingNotices(status).filter(({ key }) => !keys.has(key)), [status, keys]);
	const hidden = areAllShown ? 0 : notices.length - 1;
	return (
		<div role="status">
			{notices.slice(0, areAllShown ? undefined : 1).map((notice) => (
				<div key={notice.key} className={classes.notice} data-kind={notice.tone}>
					<Text>{noticeWords(notice, i18n.language, t)}</Text>
					{notice.kind === 'outdated' ? <UpdateButton /> : null}
					{hidden < 1 ? null : (
						<Button ml="auto" variant="default" style={{ flex: 'none' }} onClick={() => setAllShown(true)}>
							{t('standing.more', { count: hidden })}
						</Button>
					)}
					{notice.canBeClosed ? (
						<CloseButton
							ml={hidden < 1 ? 'auto' : undefined}
							aria-label={t('notice.close')}
							onClick={() => putAway(notice.key)}
						/>
					) : null}
				</div>
			))}
		</div>
	);
}

/** In a browser the new version comes with the page; in the shell somebody must install it. */
function UpdateButton() {
	const { t } = useTranslation('app');
	const apply = useAppUpdate((state) => state.apply);
	if (import.meta.env.VITE_IN_SHELL) return null;
	return (
		<Button ml="auto" variant="default" onClick={apply ?? (() => window.location.reload())}>
			{t('update.apply')}
		</Button>
	);
}
