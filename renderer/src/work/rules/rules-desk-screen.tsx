import { Alert, Group, List, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RulesDesk } from '../../../../shared/protocol/rules-messages.ts';
import type { PromisingRule, RuleSet } from '../../../../shared/schema/promising-rules.ts';
import { newId } from '../../device/index.ts';
import { EmptyState, Screen, useTimeText } from '../../ui/index.ts';
import { GroupsDialog } from './groups-dialog.tsx';
import { HistoryView } from './history-view.tsx';
import { PreviewView } from './preview-view.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { useRuleTextParts } from './published-view.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { withoutRule, withRule } from './rule-form.ts';
import { RuleList } from './rule-list.tsx';
import { changeText } from './rule-text.ts';
import classes from './rules.module.css';
import { askRules, type ChangeAnswer, type RulesDeskView } from './use-rules-desk.ts';

type Editing = { readonly rule: PromisingRule | null; readonly id: string; readonly template?: PromisingRule };

/** What an empty rule set may begin with. */
const example = (name: string): PromisingRule => ({
	id: 'example',
	name,
	products: {},
	siteGroup: { kinds: ['store'] },
	effect: { safetyStock: { units: 1 } },
});

/** The rules as operations works on them: every change is saved in the draft at once, and holds when the draft is published. */
export function RulesDeskScreen({ view, desk }: { readonly view: RulesDeskView; readonly desk: RulesDesk }) {
	const { t } = useTranslation('rules');
	const time = useTimeText();
	const parts = useRuleTextParts();
	const [shown, setShown] = useState<'rules' | 'preview' | 'history'>('rules');
	const [editing, setEditing] = useState<Editing | null>(null);
	const [isGrouping, setGrouping] = useState(false);
	const [isPublishing, setPublishing] = useState(false);
	const [said, setSaid] = useState<string | null>(null);
	const { published, draft, changes } = desk.state;
	const current = draft ?? published;
	const changed = useMemo(() => new Set(changes.flatMap(({ ruleId }) => ruleId ?? [])), [changes]);

	const wordsOf = (answer: ChangeAnswer): string | null => {
		if (answer === 'unreachable') return t('failed.unreachable');
		if (answer === 'refused') return t('failed.refused');
		if (answer.problem === undefined) return null;
		if (answer.problem.error === 'conflict') {
			const { draft: theirs, published: now } = answer.state;
			const by = theirs?.changedBy ?? now.publishedBy ?? '';
			return t('failed.conflict', { by, at: time.time(theirs?.changedAt ?? now.publishedAt ?? now.changedAt) });
		}
		const faults = answer.faults.map(({ code, name, value }) =>
			t(`fault.${code}`, { name, value, defaultValue: code }),
		);
		return faults.length > 0 ? faults.join(' ') : t('failed.refused');
	};
	const save = async ({ rules, groups }: RuleSet, done: string) => {
		const question = { baseVersion: published.version, revision: draft?.revision ?? 0, rules, groups };
		const problem = wordsOf(await view.change('rules_save', question));
		setSaid(problem ?? done);
		if (problem !== null) return;
		setEditing(null);
		setGrouping(false);
	};
	const discard = async () => {
		setSaid(wordsOf(await view.change('rules_discard', { revision: draft?.revision ?? 0 })) ?? t('done.discarded'));
	};
	const publish = async (note: string) => {
		setPublishing(false);
		if (draft === null) return;
		const { version, revision } = draft;
		const problem = wordsOf(await view.change('rules_publish', { version, revision, note }));
		setSaid(problem ?? t('done.published', { version }));
		if (problem === null) setShown('rules');
	};
	const restore = async (version: number) => {
		const asked = await askRules('rules_version', { version });
		if (!asked.ok) setSaid(t(`failed.${asked.reason}`));
		else if (asked.answer.version !== undefined) {
			await save(asked.answer.version, t('done.restored', { version }));
			setShown('rules');
		}
	};
	const edit = (next: Editing) => {
		setSaid(null);
		setEditing(next);
	};
	const isSaved = draft !== null;
	const status =
		draft === null
			? t('published.version', {
					version: published.version,
					by: published.publishedBy,
					at: time.time(published.publishedAt ?? published.changedAt),
				})
			: t('draft', { by: draft.changedBy, at: time.time(draft.changedAt), count: changes.length });
	return (
		<Screen
			title={t('title')}
			subtitle={status}
			onBack={shown === 'rules' ? undefined : () => setShown('rules')}
			actions={[
				{ key: 'F2', label: t('act.new'), onAct: () => edit({ rule: null, id: newId() }) },
				{
					key: 'F4',
					label: t('act.groups'),
					onAct: () => {
						setSaid(null);
						setGrouping(true);
					},
				},
				shown === 'preview'
					? { key: 'F6', label: t('act.rules'), onAct: () => setShown('rules') }
					: { key: 'F6', label: t('act.preview'), onAct: () => setShown('preview'), disabled: !isSaved },
				shown === 'history'
					? { key: 'F7', label: t('act.rules'), onAct: () => setShown('rules') }
					: { key: 'F7', label: t('act.history'), onAct: () => setShown('history') },
				{ key: 'F8', label: t('act.publish'), onAct: () => setPublishing(true), disabled: !isSaved },
				{ key: 'F9', label: t('act.discard'), onAct: () => void discard(), disabled: !isSaved },
			]}
		>
			<div className={classes.page}>
				{said === null || editing !== null || isGrouping ? null : <Alert role="status">{said}</Alert>}
				{shown === 'preview' ? <PreviewView revision={draft?.revision ?? 0} /> : null}
				{shown === 'history' ? (
					<HistoryView desk={desk} parts={parts} onRestore={(each) => void restore(each)} />
				) : null}
				{shown !== 'rules' ? null : (
					<>
						<Warnings desk={desk} />
						{current.rules.length === 0 ? (
							<EmptyState
								title={t('empty.title')}
								action={{
									label: t('empty.example'),
									onAct: () => edit({ rule: null, id: newId(), template: example(t('empty.exampleName')) }),
								}}
							>
								{t('empty.detail')}
							</EmptyState>
						) : (
							<RuleList
								rules={current.rules}
								parts={parts}
								changed={changed}
								onOpen={(rule) => edit({ rule, id: rule.id })}
							/>
						)}
						<Group>
							<Text c="dimmed">{t('order')}</Text>
						</Group>
					</>
				)}
			</div>
			{editing === null ? null : (
				<RuleDialog
					rule={editing.rule}
					template={editing.template}
					newId={editing.id}
					ruleSet={current}
					choices={desk.choices}
					problem={said}
					onSave={(rule, place) => void save(withRule(current, rule, place), t('done.saved', { name: rule.name }))}
					onRemove={(ruleId) => void save(withoutRule(current, ruleId), t('done.removed'))}
					onClose={() => {
						setSaid(null);
						setEditing(null);
					}}
				/>
			)}
			{isGrouping ? (
				<GroupsDialog
					ruleSet={current}
					choices={desk.choices}
					problem={said}
					onSave={(ruleSet) => void save(ruleSet, t('done.groups'))}
					onClose={() => {
						setSaid(null);
						setGrouping(false);
					}}
				/>
			) : null}
			{isPublishing && draft !== null ? (
				<PublishDialog
					changes={changes.map((change) => changeText(change, parts))}
					onPublish={(note) => void publish(note)}
					onClose={() => setPublishing(false)}
				/>
			) : null}
		</Screen>
	);
}

function Warnings({ desk }: { readonly desk: RulesDesk }) {
	const { t } = useTranslation('rules');
	const { warnings } = desk.state;
	if (warnings.length === 0) return null;
	return (
		<List aria-label={t('warnings')}>
			{warnings.map(({ code, where, name, value }) => (
				<List.Item key={`${code} ${where}`}>{t(`warning.${code}`, { name, value, defaultValue: code })}</List.Item>
			))}
		</List>
	);
}
