import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openDeviceClient, useDeviceValues } from '../device/index.ts';
import classes from './app-frame.module.css';
import { Preferences } from './preferences.tsx';

/** The frame's foot: who works, where, and the way out. */
export function WhoAndWhere() {
	const { t } = useTranslation('app');
	const { signedIn, enrolled } = useDeviceValues((status) => ({
		signedIn: status.signedIn,
		enrolled: status.enrolled,
	}));
	const lock = async () => {
		const client = await openDeviceClient();
		await client.signOut();
	};
	return (
		<footer className={classes.foot}>
			<Text fw={600}>{signedIn?.name}</Text>
			{signedIn === null || signedIn.checkedByCentral ? null : <Text c="dimmed">{t('who.checkedHere')}</Text>}
			<Button size="sm" variant="subtle" onClick={() => void lock()}>
				{t('who.lock')}
			</Button>
			<Text ml="auto" c="dimmed">
				{enrolled === null ? '' : `${enrolled.siteName} · ${enrolled.deviceName}`}
			</Text>
			<Preferences />
		</footer>
	);
}
