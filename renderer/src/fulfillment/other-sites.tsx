import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../ui/index.ts';
import { certaintyWord, type KnownSite } from './kept-answers.ts';
import classes from './other-sites.module.css';
import type { Elsewhere } from './use-elsewhere.ts';

/** What other sites may promise of a product: live, or as it was last known, and how long ago that was. */
export function OtherSites(props: {
	readonly elsewhere: Elsewhere;
	readonly ownSiteId: string;
	/** The most sites that are shown. */
	readonly most: number;
}) {
	const { t } = useTranslation('fulfillment');
	const time = useTimeText();
	const { answer, isLive, isAsking } = props.elsewhere;
	const others = (answer?.sites ?? []).filter(({ siteId }) => siteId !== props.ownSiteId);
	const age =
		answer === null
			? t(isAsking ? 'elsewhere.asking' : 'elsewhere.never')
			: isLive
				? t('elsewhere.live', { time: time.clock(answer.asOf) })
				: t('elsewhere.asOf', { time: time.time(answer.asOf), age: time.age(answer.asOf) });
	return (
		<section aria-label={t('elsewhere.title')}>
			<Text fw={650} size="lg">
				{t('elsewhere.title')}
			</Text>
			<Text c={isLive ? 'dimmed' : undefined} role="status">
				{age}
			</Text>
			{answer !== null && others.length === 0 ? <Text>{t('elsewhere.nothing')}</Text> : null}
			<ul className={classes.sites}>
				{others.slice(0, props.most).map((site) => (
					<li key={site.siteId}>
						<OtherSite site={site} />
					</li>
				))}
			</ul>
			{others.length > props.most ? (
				<Text c="dimmed">{t('elsewhere.more', { count: others.length - props.most })}</Text>
			) : null}
		</section>
	);
}

function OtherSite({ site }: { readonly site: KnownSite }) {
	const { t } = useTranslation('fulfillment');
	const time = useTimeText();
	const { available, siteName, certainty, kilometers, later, notNow } = site;
	const parts = [
		available > 0 ? t('elsewhere.has', { count: available }) : '',
		certainty === null ? '' : t(`elsewhere.certainty.${certaintyWord(certainty)}`),
		notNow?.reason === 'quiet' ? t('elsewhere.quiet', { count: notNow.units }) : '',
		notNow?.opensOn === undefined ? '' : t('elsewhere.closed', { day: time.day(notNow.opensOn) }),
		later === null ? '' : t('elsewhere.later', { count: later.units, day: time.day(later.from) }),
		kilometers === null ? '' : t('elsewhere.far', { kilometers: Math.round(kilometers) }),
	];
	return (
		<Text span>
			<b>{siteName}</b>: {parts.filter((part) => part !== '').join(' · ')}
		</Text>
	);
}
