import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FulfillmentLine, FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import classes from './pickup.module.css';
import { inHand } from './pickup-progress.ts';

export interface PickupItemsProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	/** What stands large at the line's end. */
	readonly count: (line: FulfillmentLine) => string;
	readonly isDone?: (line: FulfillmentLine) => boolean;
}

/** The lines of a pickup, with what is missing of each. */
export function PickupItems({ fulfillmentOrder, count, isDone }: PickupItemsProps) {
	const { t } = useTranslation('pickup');
	return (
		<ul className={classes.items} aria-label={t('handover.items')}>
			{fulfillmentOrder.lines.map((line) => {
				const { short, toPick } = line.quantities;
				const notes = [
					...(short > 0 ? [t('stage.missing', { count: short })] : []),
					...(toPick > 0 ? [t('stage.toPick', { count: toPick })] : []),
				];
				const state = inHand(line) === 0 ? 'none' : isDone?.(line) === true ? 'done' : 'open';
				return (
					<li key={line.lineId} className={classes.item} data-state={state}>
						<div className={classes.itemName}>
							<Text size="lg" lineClamp={2}>
								{line.name}
							</Text>
							<Text c="dimmed" truncate>
								{[line.sku, ...notes].join(' · ')}
							</Text>
						</div>
						<span className={classes.itemCount}>
							{state === 'done' ? <span aria-hidden="true">✓ </span> : null}
							{count(line)}
						</span>
					</li>
				);
			})}
		</ul>
	);
}
