import { Alert } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePublishedRules, useSites } from '../../replica/index.ts';
import { EmptyState, useTimeText } from '../../ui/index.ts';
import { PartsNav } from './parts-nav.tsx';
import { RuleList } from './rule-list.tsx';
import { conditionText, effectText, type RuleTextParts } from './rule-text.ts';
import classes from './rules.module.css';

const noChanges: ReadonlySet<string> = new Set();

/** The last published rules that came down to this device, and why they can't be changed here now. */
export function PublishedView({ reason }: { readonly reason: 'role' | 'asking' | 'away' | 'refused' }) {
	const { t } = useTranslation('rules');
	const published = usePublishedRules();
	const time = useTimeText();
	const parts = useRuleTextParts();
	const since =
		published === null
			? t('published.unheard')
			: published.publishedBy === 'central' && published.rules.length === 0
				? t('published.first')
				: t('published.version', {
						version: published.version,
						by: published.publishedBy,
						at: time.time(published.publishedAt),
					});
	return (
		<div className={classes.page}>
			<PartsNav here="promising" />
			<Alert role="status" title={t(`cannot.${reason}`)}>
				{since}
			</Alert>
			{published === null || published.rules.length === 0 ? (
				<EmptyState title={t('empty.title')}>{t('empty.detail.promising')}</EmptyState>
			) : (
				<RuleList
					rules={published.rules}
					linesOf={(rule) => [effectText(rule.effect, parts.t), conditionText(rule, parts)]}
					changed={noChanges}
					onOpen={() => undefined}
				/>
			)}
		</div>
	);
}

/** What sentences about rules need, in the user's language. */
export function useRuleTextParts(): RuleTextParts {
	const { t, i18n } = useTranslation('rules');
	const sites = useSites();
	return useMemo(() => {
		const names = new Map(sites.map(({ id, name }) => [id, name]));
		return { t, language: i18n.language, siteName: (siteId: string) => names.get(siteId) ?? siteId };
	}, [sites, t, i18n.language]);
}
