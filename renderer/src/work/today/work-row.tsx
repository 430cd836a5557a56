import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import type { TimeText } from '../../ui/index.ts';
import classes from './today-screen.module.css';

/** One fulfillment order in a list: promise, order, customer, how much, and where it stands. */
export function WorkRow({ fulfillment, time }: { readonly fulfillment: FulfillmentOrder; readonly time: TimeText }) {
	const { t } = useTranslation(['today', 'ui']);
	const { orderNumber, customer, method, state, pickerName, promisedAt, lines } = fulfillment;
	const units = lines.reduce((sum, line) => sum + line.ordered, 0);
	const isLate = state !== 'ready' && time.isLate(promisedAt);
	return (
		<Group wrap="nowrap" gap="lg">
			<Text className={classes.due} data-late={isLate || undefined}>
				{time.due(promisedAt)}
			</Text>
			<Text fw={650} size="lg" w={110}>
				{orderNumber}
			</Text>
			<Text flex={1} truncate>
				{customer.name}
			</Text>
			<Text c="dimmed" w={90} ta="right">
				{t('units', { count: units })}
			</Text>
			<Badge variant="default" size="lg" tt="none" fw={500} w={110}>
				{t(`ui:method.${method}`)}
			</Badge>
			<Text w={230} truncate>
				{t(`ui:fulfillmentState.${state}`)}
				{pickerName === null || state === 'ready' ? '' : ` ${t('by', { name: pickerName })}`}
			</Text>
		</Group>
	);
}
