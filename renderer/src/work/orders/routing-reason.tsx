import { Button, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';

/** Why parts of an order are fulfilled here, as this device knows it; everything that was weighed, central tells when asked. */
export function RoutingReasons(props: { readonly parts: readonly FulfillmentOrder[]; readonly onShowAll: () => void }) {
	const { t } = useTranslation('orders');
	return (
		<Stack gap="sm" align="flex-start">
			{props.parts.map(({ id, number, routing }) =>
				routing === undefined ? (
					<Text key={id}>{t('routing.chosenByPeople', { number })}</Text>
				) : (
					<div key={id}>
						<Text>
							{t('routing.because', {
								number,
								cause: t(`routing.cause.${routing.cause}`),
								parcels: t('routing.parcels', { count: routing.parcels }),
								distance: routing.distanceKm,
							})}
						</Text>
						<List size="sm" c="dimmed" spacing={2}>
							{routing.others.map(({ siteName, distanceKm, verdict }) => (
								<List.Item key={siteName}>
									{t('routing.other', {
										site: siteName,
										distance: distanceKm,
										verdict: t(`routing.verdict.${verdict}`),
									})}
								</List.Item>
							))}
						</List>
					</div>
				),
			)}
			<Button variant="default" onClick={props.onShowAll}>
				{t('routing.showAll')}
			</Button>
		</Stack>
	);
}
