import { useLocation, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFulfillmentOrder, useReplicaReady, useSite } from '../../replica/index.ts';
import { LoadingState, ProblemState, Screen } from '../../ui/index.ts';
import { HandoverCounter } from './handover-counter.tsx';
import './use-open-pickup.ts';

/** `/pickup/$fulfillmentOrderId/handover`: the goods go to whoever may collect them, all or a part. */
export function HandoverScreen() {
	const { t } = useTranslation('pickup');
	const { fulfillmentOrderId } = useParams({ strict: false });
	const passChecked = useLocation({ select: (location) => location.state.passChecked === true });
	const fulfillmentOrder = useFulfillmentOrder(fulfillmentOrderId);
	const isReady = useReplicaReady();
	const site = useSite();
	if (fulfillmentOrder !== null && site !== null) {
		return (
			<HandoverCounter
				key={fulfillmentOrder.id}
				fulfillmentOrder={fulfillmentOrder}
				site={site}
				passChecked={passChecked}
			/>
		);
	}
	return (
		<Screen title={t('handover.title')}>
			{isReady ? <ProblemState title={t('missing.title')}>{t('missing.detail')}</ProblemState> : <LoadingState />}
		</Screen>
	);
}
