import { useTranslation } from 'react-i18next';
import { useDeviceValues } from '../../device/index.ts';
import { useReplicaReady, useSite } from '../../replica/index.ts';
import { EmptyState, LoadingState, Screen } from '../../ui/index.ts';
import { CaptureOrder } from './capture-order.tsx';

/** `/capture`: an order is taken for a customer at the counter or on the telephone. */
export function CaptureScreen() {
	const { t } = useTranslation('sell');
	const isReady = useReplicaReady();
	const site = useSite();
	const { roles } = useDeviceValues(({ signedIn }) => ({ roles: signedIn?.roles }));
	const mayCapture = roles?.some((role) => role !== 'associate') === true;
	if (isReady && site !== null && mayCapture) return <CaptureOrder site={site} />;
	return (
		<Screen title={t('capture.title')}>
			{!mayCapture ? (
				<EmptyState title={t('capture.notAllowed')}>{t('capture.notAllowedHint')}</EmptyState>
			) : (
				<LoadingState />
			)}
		</Screen>
	);
}
