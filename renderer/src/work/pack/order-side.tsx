import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { type Box, unitsOutside } from './box.ts';
import classes from './pack.module.css';

/** The bench's left: what belongs to the order, and what of it is still outside of a box. */
export function OrderSide({
	fulfillmentOrder,
	box,
}: {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly box: Box;
}) {
	const { t } = useTranslation('pack');
	const { customer, shipTo, lines } = fulfillmentOrder;
	return (
		<section className={classes.side} aria-label={t('order')}>
			<div>
				<Text c="dimmed">{t('shipTo')}</Text>
				<Title order={2}>{customer.name}</Title>
				<Text>{[shipTo.line1, shipTo.postalCode, shipTo.town, shipTo.country].join(', ')}</Text>
			</div>
			<ol className={classes.lines}>
				{lines.map((line) => {
					const outside = unitsOutside(line, box);
					const inBox = box[line.lineId] ?? 0;
					const { packed, shipped, short } = line.quantities;
					const states = [
						inBox > 0 ? t('inBox', { count: inBox }) : '',
						packed + shipped > 0 ? t('packed', { count: packed + shipped }) : '',
						short > 0 ? t('notPicked', { count: short }) : '',
					];
					return (
						<li key={line.lineId} className={classes.line} data-open={outside > 0}>
							<span className={classes.units}>{outside > 0 ? outside : '✓'}</span>
							<span className={classes.name}>{line.name}</span>
							<Text span c="dimmed" className={classes.state}>
								{states.filter((each) => each !== '').join(' · ')}
							</Text>
						</li>
					);
				})}
			</ol>
		</section>
	);
}
