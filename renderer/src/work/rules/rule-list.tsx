import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { VirtualList } from '../../ui/index.ts';
import type { NamedRule } from './desk-part.ts';
import classes from './rules.module.css';

interface RuleListProps<Rule> {
	readonly rules: readonly Rule[];
	/** What a rule says, and what it is about. */
	readonly linesOf: (rule: Rule) => readonly [string, string];
	/** Ids of rules that the draft adds or changes. */
	readonly changed: ReadonlySet<string>;
	readonly selectedId?: string | undefined;
	readonly onSelect?: ((rule: Rule) => void) | undefined;
	readonly onOpen: (rule: Rule) => void;
}

/** The rules in their order, each in two lines. */
export function RuleList<Rule extends NamedRule>(props: RuleListProps<Rule>) {
	const { rules, linesOf, changed, onSelect, onOpen } = props;
	const { t } = useTranslation('rules');
	const numbered = rules.map((rule, index) => ({ rule, place: index + 1, lines: linesOf(rule) }));
	return (
		<div className={classes.list}>
			<VirtualList
				label={t('list')}
				rows={numbered}
				rowKey={({ rule }) => rule.id}
				rowHeight={84}
				autoFocus
				placeName="rules"
				selectedKey={props.selectedId}
				onSelect={({ rule }) => onSelect?.(rule)}
				onOpen={({ rule }) => onOpen(rule)}
				renderRow={({ rule, place, lines: [effect, condition] }) => (
					<Group wrap="nowrap" gap="md">
						<span className={classes.place}>{place}</span>
						<div className={classes.rowText}>
							<Text fw={650} size="lg" className={classes.oneLine}>
								{rule.name} · {effect}
							</Text>
							<Text c="dimmed" className={classes.oneLine}>
								{condition}
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
