import { Button, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { Connection, DeviceClient } from '../../../shared/device/device-client.ts';
import { useDeviceValues } from '../device/index.ts';
import classes from './app-frame.module.css';
import { EnrollScreen } from './enroll-screen.tsx';

const useEnrollAgain = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

/** Why the device must be enrolled again; null when it needs not. */
function causeOf({ kind }: Connection): 'credential' | 'lane_frozen' | null {
	return kind === 'credential' || kind === 'lane_frozen' ? kind : null;
}

/** Says that central no longer takes this device's credential or its work, and offers the way back in; nothing otherwise. */
export function EnrollAgainNotice() {
	const { t } = useTranslation('app');
	const { connection } = useDeviceValues((status) => ({ connection: status.connection }));
	const cause = causeOf(connection);
	if (cause === null) return null;
	return (
		<div className={classes.notice} data-kind="attention" role="alert">
			<Text>{t(`enroll.again.why.${cause}`)}</Text>
			<Button ml="auto" variant="default" onClick={() => useEnrollAgain.setState({ isOpen: true })}>
				{t('enroll.again.act')}
			</Button>
		</div>
	);
}

/** The enrollment over whatever is shown; what lies under it stays as it is. */
export function EnrollAgain({ client }: { readonly client: DeviceClient }) {
	const { t } = useTranslation('app');
	const { isOpen } = useEnrollAgain();
	const { connection, enrolled } = useDeviceValues((status) => ({
		connection: status.connection,
		enrolled: status.enrolled,
	}));
	const close = () => useEnrollAgain.setState({ isOpen: false });
	const cause = causeOf(connection);
	return (
		<Modal opened={isOpen && cause !== null} onClose={close} fullScreen>
			{cause === null ? null : (
				<EnrollScreen
					client={client}
					deviceName={enrolled?.deviceName}
					explanation={t(`enroll.again.explanation.${cause}`)}
				/>
			)}
		</Modal>
	);
}
