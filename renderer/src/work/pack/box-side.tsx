import { Alert, Text, TextInput, Title } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { addressText, labelOf } from '../../../../shared/domain/decide-address.ts';
import type { FulfillmentOrder, Package } from '../../../../shared/schema/fulfillment-order.ts';
import type { NamedUnits } from '../../../../shared/schema/stock-position.ts';
import { identityText } from '../../fulfillment/scanned-identity.ts';
import { QuantityField, useTimeText } from '../../ui/index.ts';
import { type Box, contentsWeightGrams, unitsInBox, weightDoubt } from './box.ts';
import classes from './pack.module.css';

/** What is typed is heavier than anything a person carries only by mistake. */
const heaviestGrams = 1_000_000;

interface OpenBoxSideProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly box: Box;
	readonly named: readonly NamedUnits[];
	readonly weightGrams: number | null;
	readonly onWeight: (weightGrams: number | null) => void;
	readonly weightField: Ref<HTMLInputElement>;
}

/** The box that is being filled, and its weight. */
export function OpenBoxSide({ fulfillmentOrder, box, named, weightGrams, onWeight, weightField }: OpenBoxSideProps) {
	const { t, i18n } = useTranslation('pack');
	const expected = contentsWeightGrams(fulfillmentOrder, box);
	const grams = new Intl.NumberFormat(i18n.language).format(expected ?? 0);
	const doubt = weightGrams === null ? null : weightDoubt(expected, weightGrams);
	const place = fulfillmentOrder.packages.length + 1;
	const isEmpty = unitsInBox(box) === 0;
	return (
		<section className={classes.box} aria-label={t('box', { place })}>
			<Title order={2}>
				{t('box', { place })}
				{isEmpty ? '' : ` · ${t('units', { count: unitsInBox(box) })}`}
			</Title>
			{isEmpty ? (
				<Text size="lg" c="dimmed">
					{t('boxEmpty')}
				</Text>
			) : (
				<Contents fulfillmentOrder={fulfillmentOrder} units={Object.entries(box)} named={named} />
			)}
			<QuantityField
				key={place}
				label={t('weightLabel')}
				description={isEmpty ? undefined : expected === null ? t('weightUnknown') : t('weightExpected', { grams })}
				unit="g"
				maximum={heaviestGrams}
				onChange={onWeight}
				inputRef={weightField}
			/>
			{doubt === null ? null : (
				<Alert color="yellow" role="status">
					{t(doubt === 'too_heavy' ? 'tooHeavy' : 'tooLight', { grams })}
				</Alert>
			)}
		</section>
	);
}

interface LabelSideProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly package: Package;
	readonly trackingText: string;
	readonly onTrackingText: (text: string) => void;
}

/** The closed package that waits for its label. */
export function LabelSide(props: LabelSideProps) {
	const { t, i18n } = useTranslation('pack');
	const { fulfillmentOrder } = props;
	const place = fulfillmentOrder.packages.indexOf(props.package) + 1;
	const isVoid = labelOf(props.package, fulfillmentOrder.shipTo) === 'void';
	const units = props.package.lines.reduce((sum, each) => sum + each.quantity, 0);
	const weight = new Intl.NumberFormat(i18n.language, { style: 'unit', unit: 'gram' });
	return (
		<section className={classes.box} data-closed="true" aria-label={t('box', { place })}>
			<div>
				<Title order={2}>{t('labelTitle', { place })}</Title>
				<Text c="dimmed">
					{t('packageLine', {
						units: t('units', { count: units }),
						weight: weight.format(props.package.weightGrams),
					})}
				</Text>
			</div>
			<Contents
				fulfillmentOrder={fulfillmentOrder}
				units={props.package.lines.map(({ lineId, quantity }) => [lineId, quantity])}
				named={props.package.named ?? []}
			/>
			{isVoid ? (
				<Alert color="yellow" role="alert" p="xs" className={classes.voidLabel}>
					<b>{t('voidLabel.task')}.</b> {t('voidLabel.text', { address: addressText(fulfillmentOrder.shipTo) })}
				</Alert>
			) : null}
			<TextInput
				key={props.package.id}
				label={t('trackingLabel')}
				description={isVoid ? undefined : t('labelText')}
				size="lg"
				autoComplete="off"
				autoCorrect="off"
				spellCheck={false}
				maxLength={100}
				value={props.trackingText}
				onChange={(event) => props.onTrackingText(event.currentTarget.value)}
			/>
		</section>
	);
}

interface ContentsProps {
	readonly fulfillmentOrder: FulfillmentOrder;
	readonly units: readonly (readonly [lineId: string, quantity: number])[];
	/** Which units they are, as far as it is known. */
	readonly named: readonly NamedUnits[];
}

function Contents({ fulfillmentOrder, units, named }: ContentsProps) {
	const { t } = useTranslation(['pack', 'fulfillment']);
	const { day } = useTimeText();
	return (
		<ul className={classes.contents}>
			{units.map(([lineId, quantity]) => {
				const line = fulfillmentOrder.lines.find((each) => each.lineId === lineId);
				const own = named.filter(({ sku }) => sku === line?.sku);
				const text = own.map((each) => `${own.length > 1 ? `${each.quantity} × ` : ''}${identityText(each, t, day)}`);
				return (
					<li key={lineId}>
						<strong>{quantity}</strong> × {line?.name ?? lineId}
						{text.length === 0 ? null : (
							<Text span c="dimmed">
								{` · ${text.join('; ')}`}
							</Text>
						)}
					</li>
				);
			})}
		</ul>
	);
}

/** What of the order is on its way already. */
export function ShippedPackages({ fulfillmentOrder }: { readonly fulfillmentOrder: FulfillmentOrder }) {
	const { t } = useTranslation('pack');
	const shipped = fulfillmentOrder.packages.filter((each) => each.shippedAt !== null);
	if (shipped.length === 0) return null;
	return (
		<div>
			<Text c="dimmed">{t('shippedPackages')}</Text>
			{shipped.map((each) => (
				<Text key={each.id}>
					{t('shippedPackage', {
						place: fulfillmentOrder.packages.indexOf(each) + 1,
						tracking: each.trackingNumber ?? '',
					})}
				</Text>
			))}
		</div>
	);
}
