import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOrder, useReplicaReady } from '../../replica/index.ts';
import { LoadingState, ProblemState, Screen } from '../../ui/index.ts';
import { ReturnCounter } from './return-counter.tsx';

/** `/return/$orderId`: goods of one order come back, and are paid back. */
export function ReturnScreen() {
	const { t } = useTranslation('return');
	const { orderId } = useParams({ strict: false });
	const order = useOrder(orderId);
	const isReady = useReplicaReady();
	if (order !== null) return <ReturnCounter key={order.id} order={order} />;
	return (
		<Screen title={t('title')}>
			{isReady ? <ProblemState title={t('missing.title')}>{t('missing.detail')}</ProblemState> : <LoadingState />}
		</Screen>
	);
}
