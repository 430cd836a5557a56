import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { type TimeText, useTimeText } from '../../ui/index.ts';
import classes from './pickup.module.css';
import { pickupProgress, unitsHandedOver, unitsInHand, unitsToPick } from './pickup-progress.ts';

export const pickupRowHeight = 92;

function unitsShown(fulfillmentOrder: FulfillmentOrder): number {
	const open = unitsInHand(fulfillmentOrder) + unitsToPick(fulfillmentOrder);
	return open > 0 ? open : unitsHandedOver(fulfillmentOrder);
}

/** One pickup in a list: whose, where it stands or what it needs, and by when. */
export function PickupRow(props: { readonly fulfillmentOrder: FulfillmentOrder; readonly withProgress?: boolean }) {
	const { fulfillmentOrder } = props;
	const { t } = useTranslation('pickup');
	const timeText = useTimeText();
	const progress = pickupProgress(fulfillmentOrder);
	const isOpen = progress === 'to_prepare' || progress === 'to_shelve' || progress === 'on_shelf';
	const { stagedAt, pickerName, customer, orderNumber, promisedAt } = fulfillmentOrder;
	const place = progress === 'on_shelf' ? (stagedAt ?? t('board.noShelf')) : null;
	const facts = [
		t('order', { number: orderNumber }),
		t('items', { count: unitsShown(fulfillmentOrder) }),
		...(props.withProgress === true ? [t(`progress.${progress}`)] : []),
		...(progress === 'to_prepare' && pickerName !== null ? [t('board.pickedBy', { name: pickerName })] : []),
	];
	return (
		<Group wrap="nowrap" gap="md">
			<Stack gap={0} className={classes.rowText}>
				<Text className={classes.rowName} truncate>
					{customer.name}
				</Text>
				<Text c="dimmed" truncate>
					{facts.join(' · ')}
				</Text>
				{isOpen ? <Due promisedAt={promisedAt} timeText={timeText} /> : null}
			</Stack>
			{place === null ? null : <Text className={classes.rowShelf}>{place}</Text>}
		</Group>
	);
}

function Due({ promisedAt, timeText }: { readonly promisedAt: string; readonly timeText: TimeText }) {
	return (
		<Text className={timeText.isLate(promisedAt) ? classes.late : classes.due} truncate>
			{timeText.due(promisedAt)}
		</Text>
	);
}
