import { Group, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { printGtin } from '../../../../shared/codes/index.ts';
import type { Product } from '../../../../shared/schema/product.ts';
import { certaintyWord } from '../../fulfillment/kept-answers.ts';
import { type StockHere, usePurchaseOrders, useSite, useTransfers } from '../../replica/index.ts';
import { useMoneyText, useTimeText } from '../../ui/index.ts';
import classes from './lookup.module.css';
import { expectedUnits, unitsHere } from './units-here.ts';

/** What the product is, where it lies here, how many there are, and what is expected. */
export function HereSide(props: {
	readonly product: Product;
	readonly stock: StockHere;
	/** How certain it is that what may be promised here is there, as central last said; null where it said nothing. */
	readonly certainty: number | null;
}) {
	const { product, stock, certainty } = props;
	const { t } = useTranslation(['lookup', 'fulfillment']);
	const money = useMoneyText();
	return (
		<section className={classes.side} aria-label={t('here.title')}>
			<Group wrap="nowrap" gap="lg" align="start">
				<div className={classes.photo} aria-hidden="true">
					{initials(product.department)}
				</div>
				<Stack gap={4} className={classes.rowText}>
					<Title order={2}>{product.name}</Title>
					<Text c="dimmed" className={classes.code}>
						{[product.id, printGtin(product.gtin)].join(' · ')}
					</Text>
					<Text size="lg">
						<Text span fw={700}>
							{money(product.price)}
						</Text>{' '}
						· {product.department}
						{product.tracking === 'none' ? '' : ` · ${t(`tracking.${product.tracking}`)}`}
					</Text>
				</Stack>
			</Group>
			<div className={classes.bin}>{stock.bin === '' ? t('here.noBin') : stock.bin}</div>
			<Bins stock={stock} />
			<ul className={classes.places} aria-label={t('here.title')}>
				{unitsHere(stock.units).map(({ bucket, units }) => (
					<li key={bucket} className={classes.place} data-bucket={bucket}>
						<span className={classes.number}>{units}</span>
						<span>{t(`place.${bucket}`, { count: units })}</span>
					</li>
				))}
			</ul>
			<LastCount countedAt={stock.countedAt} />
			<Text size="lg">{t(stock.mayPromise > 0 ? 'promise.own' : 'promise.none', { count: stock.mayPromise })}</Text>
			{certainty === null || stock.units.available <= 0 ? null : (
				<Text size="lg">
					{t('here.certainty', { how: t(`fulfillment:elsewhere.certainty.${certaintyWord(certainty)}`) })}
				</Text>
			)}
			<Coming sku={product.id} />
		</section>
	);
}

function LastCount({ countedAt }: { readonly countedAt: string | null }) {
	const { t } = useTranslation('lookup');
	const time = useTimeText();
	return (
		<Text size="lg">
			{countedAt === null
				? t('here.neverCounted')
				: t('here.counted', { time: time.time(countedAt), age: time.age(countedAt) })}
		</Text>
	);
}

/** Units in other bins, and lots with the last day on which they may be sold. */
function Bins({ stock }: { readonly stock: StockHere }) {
	const { t } = useTranslation('lookup');
	const time = useTimeText();
	if (stock.bins.length === 0) return null;
	return (
		<ul className={classes.plain} aria-label={t('here.bins')}>
			{stock.bins.map(({ bin, units, lot, expiresOn }) => (
				<li key={`${bin} ${lot ?? ''}`}>
					<Text span fw={650}>
						{t('here.inBin', { count: units, bin })}
					</Text>
					{lot === undefined ? '' : ` · ${t('here.lot', { lot })}`}
					{expiresOn === undefined ? '' : ` · ${t('here.goodUntil', { day: time.day(expiresOn) })}`}
				</li>
			))}
		</ul>
	);
}

function Coming({ sku }: { readonly sku: string }) {
	const { t } = useTranslation('lookup');
	const site = useSite();
	const purchaseOrders = usePurchaseOrders();
	const transfers = useTransfers();
	const time = useTimeText();
	const expected = useMemo(
		() => (site === null ? [] : expectedUnits(sku, site.id, purchaseOrders, transfers)),
		[sku, site, purchaseOrders, transfers],
	);
	return (
		<section aria-label={t('coming.title')}>
			<Text fw={650} size="lg">
				{t('coming.title')}
			</Text>
			{expected.length === 0 ? <Text c="dimmed">{t('coming.nothing')}</Text> : null}
			<ul className={classes.plain}>
				{expected.map(({ id, kind, units, from, number, expectedOn }) => (
					<li key={id}>
						<Text span fw={650}>
							{t(`coming.${kind}`, { count: units, from })}
						</Text>{' '}
						· {t('coming.on', { day: time.day(expectedOn) })}{' '}
						<Text span c="dimmed">
							· {number}
						</Text>
					</li>
				))}
			</ul>
		</section>
	);
}

function initials(department: string): string {
	return department
		.split(/\s+/)
		.filter((word) => /^\p{L}/u.test(word))
		.slice(0, 2)
		.map((word) => word.slice(0, 1).toUpperCase())
		.join('');
}
