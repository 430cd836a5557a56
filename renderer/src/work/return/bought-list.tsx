import { ActionIcon, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../../../shared/schema/order.ts';
import { useMoneyText } from '../../ui/index.ts';
import { type CounterGoods, onCounter } from './counter-goods.ts';
import classes from './return.module.css';
import { returnableLines } from './returnable-units.ts';

interface BoughtListProps {
	readonly order: Order;
	readonly counter: CounterGoods;
	readonly onAddByHand: (lineId: string) => void;
}

/** What was bought: of each line what was sold, what is back, and what can still come back. */
export function BoughtList({ order, counter, onAddByHand }: BoughtListProps) {
	const { t } = useTranslation('return');
	const moneyText = useMoneyText();
	return (
		<ul className={classes.bought} aria-label={t('bought.title')}>
			{returnableLines(order).map(({ line, sold, returned, canComeBack }) => {
				const rest = canComeBack - onCounter(counter, line.id);
				const facts = [
					moneyText(line.unitPrice),
					sold === 0 ? t('bought.neverSold') : t('bought.sold', { count: sold }),
					...(returned > 0 ? [t('bought.returned', { count: returned })] : []),
				];
				return (
					<li key={line.id} className={classes.boughtLine} data-state={canComeBack === 0 ? 'none' : 'open'}>
						<div className={classes.lineText}>
							<Text size="lg" lineClamp={2}>
								{line.name}
							</Text>
							<Text c="dimmed">{facts.join(' · ')}</Text>
						</div>
						<div className={classes.rest}>
							<span className={classes.restCount}>{canComeBack}</span>
							<Text span size="xs" c="dimmed">
								{t('bought.canComeBack')}
							</Text>
						</div>
						<ActionIcon
							size={44}
							variant="default"
							aria-label={t('bought.addByHand', { name: line.name })}
							disabled={rest <= 0}
							onClick={() => onAddByHand(line.id)}
						>
							<span aria-hidden="true" className={classes.sign}>
								+
							</span>
						</ActionIcon>
					</li>
				);
			})}
		</ul>
	);
}
