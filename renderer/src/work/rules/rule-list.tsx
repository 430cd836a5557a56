import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PromisingRule } from '../../../../shared/schema/promising-rules.ts';
import { VirtualList } from '../../ui/index.ts';
import { conditionText, effectText, type RuleTextParts } from './rule-text.ts';
import classes from './rules.module.css';

interface RuleListProps {
	readonly rules: readonly PromisingRule[];
	readonly parts: RuleTextParts;
	/** Ids of rules that the draft adds or changes. */
	readonly changed: ReadonlySet<string>;
	readonly onOpen: (rule: PromisingRule) => void;
}

/** The rules in their order, each in two lines. */
export function RuleList({ rules, parts, changed, onOpen }: RuleListProps) {
	const { t } = useTranslation('rules');
	const numbered = rules.map((rule, index) => ({ rule, place: index + 1 }));
	return (
		<div className={classes.list}>
			<VirtualList
				label={t('list')}
				rows={numbered}
				rowKey={({ rule }) => rule.id}
				rowHeight={84}
				autoFocus
				placeName="rules"
				onOpen={({ rule }) => onOpen(rule)}
				renderRow={({ rule, place }) => (
					<Group wrap="nowrap" gap="md">
						<span className={classes.place}>{place}</span>
						<div className={classes.rowText}>
							<Text fw={650} size="lg" className={classes.oneLine}>
								{rule.name} · {effectText(rule.effect, t)}
							</Text>
							<Text c="dimmed" className={classes.oneLine}>
								{conditionText(rule, parts)}
							</Text>
						</div>
						{changed.has(rule.id) ? (
							<Badge size="lg" variant="default" tt="none">
								{t('isChanged')}
							</Badge>
						) : null}
					</Group>
				)}
			/>
		</div>
	);
}
