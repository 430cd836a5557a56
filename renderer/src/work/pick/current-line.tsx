import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { printGtin } from '../../../../shared/codes/index.ts';
import type { FulfillmentLine } from '../../../../shared/schema/fulfillment-order.ts';
import classes from './pick.module.css';
import { unitsGot } from './pick-path.ts';

/** The line in front of which the picker stands: its bin first, read from two meters. */
export function CurrentLine({
	line,
	nextBins,
}: {
	readonly line: FulfillmentLine;
	readonly nextBins: readonly string[];
}) {
	const { t } = useTranslation('pick');
	const got = unitsGot(line);
	const { toPick, short } = line.quantities;
	return (
		<section className={classes.current} aria-label={line.name}>
			<div className={classes.bin}>{line.bin || t('noBin')}</div>
			<div>
				<div className={classes.name}>{line.name}</div>
				<Text c="dimmed" className={classes.code}>
					{[line.sku, ...line.gtins.slice(0, 1).map(printGtin)].join(' · ')}
				</Text>
			</div>
			<div className={classes.counts}>
				<Count label={t('need')} value={toPick + got} />
				<Count label={t('got')} value={got} />
				{short > 0 ? <Count label={t('missing')} value={short} kind="missing" /> : null}
			</div>
			<Text size="lg" c="dimmed">
				{nextBins.length > 0 ? t('next', { bins: nextBins.join(' · ') }) : t('scanFirst')}
			</Text>
		</section>
	);
}

function Count(props: { readonly label: string; readonly value: number; readonly kind?: 'missing' }) {
	return (
		<div className={classes.count}>
			<span className={classes.number} data-kind={props.kind}>
				{props.value}
			</span>
			<Text component="span" size="lg" c="dimmed">
				{props.label}
			</Text>
		</div>
	);
}
