import { memo, type Ref, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { unitsWanted } from '../../fulfillment/units-wanted.ts';
import classes from './pick.module.css';
import { linesOnPath, unitsGot, unitsRerouted } from './pick-path.ts';

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
				const { toPick, cancelled } = line.quantities;
				const rerouted = unitsRerouted(line);
				const short = line.quantities.short - rerouted;
				const states = [
					unitsWanted(line) > 0 ? `${unitsGot(line)} / ${unitsWanted(line)}` : '',
					short > 0 ? t('lineShort', { count: short }) : '',
					rerouted > 0 ? t('lineRerouted', { count: rerouted }) : '',
					cancelled > 0 ? t('lineCancelled', { count: cancelled }) : '',
					toPick === 0 && line.quantities.short === 0 && cancelled === 0 ? `✓ ${t('lineDone')}` : '',
				];
				return (
					<LineRow
						key={line.lineId}
						place={isCurrent ? current : null}
						bin={line.bin || t('noBin')}
						name={line.name}
						state={states.filter((each) => each !== '').join(' · ')}
						isDone={toPick === 0}
						isCurrent={isCurrent}
					/>
				);
			})}
		</ol>
	);
}

interface LineRowProps {
	readonly place: Ref<HTMLLIElement>;
	readonly bin: string;
	readonly name: string;
	readonly state: string;
	readonly isDone: boolean;
	readonly isCurrent: boolean;
}

/** Of words only, so that a pick draws the line anew that it changed and no other. */
const LineRow = memo(function LineRow({ place, bin, name, state, isDone, isCurrent }: LineRowProps) {
	return (
		<li ref={place} className={classes.line} data-done={isDone} aria-current={isCurrent}>
			<span className={classes.lineBin}>{bin}</span>
			<span className={classes.lineName}>{name}</span>
			<span className={classes.lineState}>{state}</span>
		</li>
	);
});
