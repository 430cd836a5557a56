import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { unitsWanted } from '../../fulfillment/units-wanted.ts';
import classes from './pick.module.css';
import { linesOnPath, unitsGot } from './pick-path.ts';

interface LineListProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly currentLineId: string | null;
}

/** All lines in the order of the path, with how far each is. */
export function LineList({ fulfillmentOrder, currentLineId }: LineListProps) {
	const { t } = useTranslation('pick');
	const current = useRef<HTMLLIElement>(null);
	useEffect(() => {
		current.current?.scrollIntoView({ block: 'nearest' });
	}, [currentLineId]);
	return (
		<ol className={classes.lines} aria-label={t('lines')}>
			{linesOnPath(fulfillmentOrder).map((line) => {
				const isCurrent = line.lineId === currentLineId;
				const { toPick, short, cancelled } = line.quantities;
				const states = [
					unitsWanted(line) > 0 ? `${unitsGot(line)} / ${unitsWanted(line)}` : '',
					short > 0 ? t('lineShort', { count: short }) : '',
					cancelled > 0 ? t('lineCancelled', { count: cancelled }) : '',
					toPick === 0 && short === 0 && cancelled === 0 ? `✓ ${t('lineDone')}` : '',
				];
				return (
					<li
						key={line.lineId}
						ref={isCurrent ? current : undefined}
						className={classes.line}
						data-done={toPick === 0}
						aria-current={isCurrent}
					>
						<span className={classes.lineBin}>{line.bin || t('noBin')}</span>
						<span className={classes.lineName}>{line.name}</span>
						<span className={classes.lineState}>{states.filter((each) => each !== '').join(' · ')}</span>
					</li>
				);
			})}
		</ol>
	);
}
