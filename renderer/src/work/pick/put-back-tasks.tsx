import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import classes from './pick.module.css';

/** Units in hand that nobody wants any more, and the bins that they go back to. */
export function PutBackTasks({ fulfillmentOrder }: { readonly fulfillmentOrder: FulfillmentOrder }) {
	const { t } = useTranslation('pick');
	const { putBack, lines } = fulfillmentOrder;
	if (putBack.length === 0) return null;
	return (
		<section className={classes.putBack} aria-label={t('putBackTitle')}>
			<Title order={2}>{t('putBackTitle')}</Title>
			<Text mt={4}>{t('putBackText')}</Text>
			{putBack.map(({ sku, quantity }) => {
				const line = lines.find((each) => each.sku === sku);
				return (
					<Text key={sku} mt="xs" size="lg" fw={600}>
						{line?.bin || t('noBin')} · {t('putBackTask', { quantity, name: line?.name ?? sku })}
					</Text>
				);
			})}
		</section>
	);
}
