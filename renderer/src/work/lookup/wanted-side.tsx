import { Anchor, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { destinationOf } from '../../app/destination.ts';
import { useFulfillmentOrders } from '../../replica/index.ts';
import { useTimeText } from '../../ui/index.ts';
import classes from './lookup.module.css';
import { wantedBy } from './units-here.ts';

const mostShown = 5;

/** The open orders of this site that wait for a product, the earliest promise first. */
export function WantedSide({ sku }: { readonly sku: string }) {
	const { t } = useTranslation(['lookup', 'ui']);
	const navigate = useNavigate();
	const time = useTimeText();
	const fulfillmentOrders = useFulfillmentOrders();
	const wanting = useMemo(() => wantedBy(sku, fulfillmentOrders), [sku, fulfillmentOrders]);
	const more = wanting.length - mostShown;
	return (
		<section aria-label={t('wanted.title')}>
			<Text fw={650} size="lg">
				{t('wanted.title')}
			</Text>
			{wanting.length === 0 ? <Text c="dimmed">{t('wanted.nothing')}</Text> : null}
			<ul className={classes.plain}>
				{wanting.slice(0, mostShown).map(({ fulfillmentOrder, units }) => (
					<li key={fulfillmentOrder.id}>
						<Anchor component="button" fw={650} onClick={() => void navigate({ to: destinationOf(fulfillmentOrder) })}>
							{t('wanted.order', { number: fulfillmentOrder.orderNumber, count: units })}
						</Anchor>{' '}
						<Text span>
							{fulfillmentOrder.customer.name} · {t(`ui:fulfillmentState.${fulfillmentOrder.state}`)} ·{' '}
							{time.due(fulfillmentOrder.promisedAt)}
						</Text>
					</li>
				))}
			</ul>
			{more > 0 ? <Text c="dimmed">{t('wanted.more', { count: more })}</Text> : null}
		</section>
	);
}
