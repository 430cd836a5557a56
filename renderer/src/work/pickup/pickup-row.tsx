import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { useTimeText } from '../../ui/index.ts';
import classes from './pickup.module.css';
import { pickupProgress, unitsHandedOver, unitsInHand, unitsToPick } from './pickup-progress.ts';

export const pickupRowHeight = 74;

function unitsShown(fulfillmentOrder: FulfillmentOrder): number {
	const open = unitsInHand(fulfillmentOrder) + unitsToPick(fulfillmentOrder);
	return open > 0 ? open : unitsHandedOver(fulfillmentOrder);
}

/** One pickup in a list: whose, where it stands or by when it is due, and how much it is. */
export function PickupRow(props: { readonly fulfillmentOrder: FulfillmentOrder; readonly withProgress?: boolean }) {
	const { fulfillmentOrder } = props;
	const { t } = useTranslation('pickup');
	const timeText = useTimeText();
	const progress = pickupProgress(fulfillmentOrder);
	const { stagedAt, pickerName, customer, orderNumber, promisedAt } = fulfillmentOrder;
	const place = progress === 'on_shelf' ? (stagedAt ?? t('board.noShelf')) : null;
	const isPromised = progress === 'to_prepare' || progress === 'to_shelve';
	const facts = [
		...(place === null ? [] : [orderNumber]),
		t('items', { count: unitsShown(fulfillmentOrder) }),
		...(props.withProgress === true ? [t(`progress.${progress}`)] : []),
		...(progress === 'to_prepare' && pickerName !== null ? [t('board.pickedBy', { name: pickerName })] : []),
	];
	return (
		<Group wrap="nowrap" gap="md">
			<Stack gap={2} className={classes.rowText}>
				<Group wrap="nowrap" gap="sm" justify="space-between">
					<Text className={classes.rowName} truncate>
						{customer.name}
					</Text>
					{place === null ? (
						<Text c="dimmed" className={classes.rowNumber}>
							{orderNumber}
						</Text>
					) : null}
				</Group>
				<Text c="dimmed" truncate>
					{isPromised ? (
						<span className={timeText.isLate(promisedAt) ? classes.late : classes.due}>
							{timeText.due(promisedAt)} ·{' '}
						</span>
					) : null}
					{facts.join(' · ')}
				</Text>
			</Stack>
			{place === null ? null : <Text className={classes.rowShelf}>{place}</Text>}
		</Group>
	);
}
