import { Button, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { DeviceClient } from '../../../shared/device/device-client.ts';
import { useDeviceValues } from '../device/index.ts';
import classes from './app-frame.module.css';
import { EnrollScreen } from './enroll-screen.tsx';

const useEnrollAgain = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

/** Says that central no longer takes this device's credential, and offers the way back in; nothing otherwise. */
export function EnrollAgainNotice() {
	const { t } = useTranslation('app');
	const { connection } = useDeviceValues((status) => ({ connection: status.connection }));
	if (connection.kind !== 'credential') return null;
	return (
		<div className={classes.notice} data-kind="attention" role="alert">
			<Text>{t('enroll.again.why')}</Text>
			<Button ml="auto" variant="default" onClick={() => useEnrollAgain.setState({ isOpen: true })}>
				{t('enroll.again.act')}
			</Button>
		</div>
	);
}

/** The enrollment over whatever is shown; what lies under it stays as it is. */
export function EnrollAgain({ client }: { readonly client: DeviceClient }) {
	const { isOpen } = useEnrollAgain();
	const { connection, enrolled } = useDeviceValues((status) => ({
		connection: status.connection,
		enrolled: status.enrolled,
	}));
	const close = () => useEnrollAgain.setState({ isOpen: false });
	return (
		<Modal opened={isOpen && connection.kind === 'credential'} onClose={close} fullScreen>
			<EnrollScreen client={client} deviceName={enrolled?.deviceName} />
		</Modal>
	);
}
