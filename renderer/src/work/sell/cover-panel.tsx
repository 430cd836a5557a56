import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OtherSites } from '../../fulfillment/other-sites.tsx';
import { useElsewhere } from '../../fulfillment/use-elsewhere.ts';
import { useSite } from '../../replica/index.ts';
import type { Basket } from './basket.ts';
import { type Cover, isCovered } from './cover.ts';
import classes from './sell.module.css';

/** Whether what is in the basket can be promised now, and what can be done where it can't. */
export function CoverPanel(props: {
	readonly covers: readonly Cover[];
	readonly basket: Basket;
	readonly isOnline: boolean;
	readonly isKnown: boolean;
}) {
	const { t } = useTranslation('sell');
	const { covers, basket, isOnline, isKnown } = props;
	if (basket.lines.length === 0 || !isKnown) return null;
	if (isCovered(covers)) return <Text>{t('cover.allOwn')}</Text>;
	const lacking = basket.lines.find(({ key }) => covers.some((each) => each.key === key && each.covered < each.wanted));
	if (isOnline) {
		return (
			<>
				<Text>{t('cover.centralDecides')}</Text>
				{lacking === undefined ? null : <Others sku={lacking.sku} />}
			</>
		);
	}
	const missing = covers.reduce((sum, { wanted, covered }) => sum + wanted - covered, 0);
	const canBeFewer = covers.some(({ covered }) => covered > 0);
	return (
		<section className={classes.warning} role="alert">
			<div className={classes.warningTitle}>
				<span aria-hidden="true">! </span>
				{t('cover.blocked', { count: missing })}
			</div>
			<Text>{t('cover.why')}</Text>
			<Text mt="xs">{t(canBeFewer ? 'cover.whatToDo' : 'cover.whatToDoNone')}</Text>
		</section>
	);
}

/** Where else a customer could have it. */
function Others({ sku }: { readonly sku: string }) {
	const site = useSite();
	const elsewhere = useElsewhere(sku, site);
	return site === null ? null : <OtherSites elsewhere={elsewhere} ownSiteId={site.id} most={3} />;
}
