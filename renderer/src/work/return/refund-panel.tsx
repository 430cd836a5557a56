import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../../../shared/money.ts';
import type { ReturnLine } from '../../../../shared/schema/return-case.ts';
import { useMoneyText } from '../../ui/index.ts';
import classes from './return.module.css';

/** The money, last and large. */
export function RefundPanel({ refund }: { readonly refund: Money }) {
	const { t } = useTranslation('return');
	const moneyText = useMoneyText();
	return (
		<section className={classes.refund} aria-label={t('money.refund')}>
			{refund.minor === 0 ? (
				<Text size="lg" c="dimmed">
					{t('money.nothing')}
				</Text>
			) : (
				<>
					<Text>{t('money.refund')}</Text>
					<Text className={classes.refundAmount}>{moneyText(refund)}</Text>
					<Text>{t('money.toOriginal')}</Text>
				</>
			)}
		</section>
	);
}

/** A return that was just recorded. */
export interface TakenBack {
	readonly returnId: string;
	readonly refund: Money;
	readonly lines: readonly ReturnLine[];
}

/** What to do after a return: what is paid back, and where the goods go. */
export function TakenBackPanel(props: {
	readonly takenBack: TakenBack;
	readonly orderNumber: string;
	readonly nameOf: (lineId: string) => string;
}) {
	const { t } = useTranslation('return');
	const moneyText = useMoneyText();
	const { takenBack, orderNumber, nameOf } = props;
	return (
		<section className={classes.takenBack} aria-label={t('done.title')}>
			<Text className={classes.refundAmount}>{moneyText(takenBack.refund)}</Text>
			<Text size="lg" fw={650}>
				{t('money.instruction', { money: moneyText(takenBack.refund), number: orderNumber })}
			</Text>
			<Text mt="md" c="dimmed">
				{t('money.putAway')}
			</Text>
			<ul className={classes.putAway}>
				{takenBack.lines.map((line) => (
					<li key={[line.lineId, line.reason, line.grade, line.disposition, line.lot, line.serials?.[0]].join(' ')}>
						{t('done.line', { count: line.quantity, name: nameOf(line.lineId) })} →{' '}
						<b>{t(`disposition.${line.disposition}`)}</b>
					</li>
				))}
			</ul>
		</section>
	);
}
