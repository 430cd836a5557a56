import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timesMoney } from '../../../../shared/money.ts';
import { Dialog, QuantityField, useMoneyText } from '../../ui/index.ts';
import { type Basket, type BasketLine, mostUnits, totalOf, unitsIn } from './basket.ts';
import classes from './sell.module.css';

/** What a line says beside its price, for instance how many of it may be promised. */
export interface LineRemark {
	readonly text: string;
	readonly isWarning: boolean;
}

/** The goods so far, the active line marked, and what they cost. */
export function BasketList(props: {
	readonly basket: Basket;
	readonly remarkOf: (line: BasketLine) => LineRemark | null;
	readonly onActivate: (key: string) => void;
}) {
	const { t } = useTranslation('sell');
	const money = useMoneyText();
	const { basket, remarkOf } = props;
	const total = totalOf(basket);
	if (basket.lines.length === 0) {
		return (
			<div className={classes.empty}>
				<Text size="xl" fw={650}>
					{t('basket.empty')}
				</Text>
				<Text size="lg" c="dimmed">
					{t('basket.emptyHint')}
				</Text>
			</div>
		);
	}
	return (
		<>
			<ul className={classes.lines} aria-label={t('basket.title')}>
				{basket.lines.map((line) => {
					const remark = remarkOf(line);
					return (
						<li key={line.key}>
							<button
								type="button"
								className={classes.line}
								data-active={line.key === basket.activeKey || undefined}
								aria-current={line.key === basket.activeKey}
								onClick={({ currentTarget }) => {
									// Enter belongs to the screen again, not to this line.
									currentTarget.blur();
									props.onActivate(line.key);
								}}
							>
								<span className={classes.count}>{line.quantity ?? '?'}</span>
								<span className={classes.what}>
									<span className={classes.name}>{line.name}</span>
									<span className={classes.detail}>
										{[
											line.sku,
											line.bin,
											line.lot === undefined ? '' : t('basket.lot', { lot: line.lot }),
											...(line.serials ?? []),
										]
											.filter((each) => each !== '')
											.join(' · ')}
									</span>
									{remark === null ? null : (
										<span className={classes.remark} data-warning={remark.isWarning || undefined}>
											{remark.isWarning ? <span aria-hidden="true">! </span> : null}
											{remark.text}
										</span>
									)}
								</span>
								<span className={classes.price}>
									{line.quantity === null ? t('basket.howMany') : money(timesMoney(line.unitPrice, line.quantity))}
								</span>
							</button>
						</li>
					);
				})}
			</ul>
			{total === null ? null : (
				<Group justify="space-between" className={classes.total}>
					<Text size="lg">{t('basket.units', { count: unitsIn(basket) })}</Text>
					<Text className={classes.totalAmount}>{money(total)}</Text>
				</Group>
			)}
		</>
	);
}

/** How many of one line: blank, whatever it was before. */
export function QuantityDialog(props: {
	readonly line: BasketLine;
	readonly onSay: (quantity: number) => void;
	readonly onClose: () => void;
}) {
	const { t } = useTranslation('sell');
	const [quantity, setQuantity] = useState<number | null>(null);
	return (
		<Dialog onClose={props.onClose} title={t('quantity.title', { name: props.line.name })}>
			<Stack gap="sm">
				<QuantityField
					label={t('quantity.label')}
					maximum={mostUnits}
					onChange={setQuantity}
					onEnter={props.onSay}
					autoFocus
				/>
				<Group justify="flex-end">
					<Button variant="default" onClick={props.onClose}>
						{t('quantity.keep')}
					</Button>
					<Button disabled={quantity === null} onClick={() => quantity !== null && props.onSay(quantity)}>
						{t('quantity.say')}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}
