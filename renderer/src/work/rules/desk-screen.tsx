import { Alert, List, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskOf } from '../../../../shared/protocol/version-messages.ts';
import { newId } from '../../device/index.ts';
import { ChoiceDialog, EmptyState, Screen, type ScreenAction, useTimeText } from '../../ui/index.ts';
import type { DeskPart, NamedRule, RulesBody } from './desk-part.ts';
import { GroupsDialog } from './groups-dialog.tsx';
import { HistoryView } from './history-view.tsx';
import { PartsNav } from './parts-nav.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { withoutRule, withRule } from './rule-form.ts';
import { RuleList } from './rule-list.tsx';
import classes from './rules.module.css';
import type { ChangeAnswer, RulesDeskView } from './use-rules-desk.ts';

type Editing<Rule> = { readonly rule: Rule | null; readonly id: string; readonly template?: Rule };
type Dialog = 'groups' | 'costs' | 'move' | 'publish' | null;

interface DeskScreenProps<Body extends RulesBody<Rule>, Rule extends NamedRule> {
	readonly part: DeskPart<Body, Rule>;
	readonly view: RulesDeskView<Body>;
	readonly desk: DeskOf<Body>;
}

/** Rules as operations works on them: every change is saved in the draft at once, and holds when the draft is published. */
export function DeskScreen<Body extends RulesBody<Rule>, Rule extends NamedRule>(props: DeskScreenProps<Body, Rule>) {
	const { part, view, desk } = props;
	const { t } = useTranslation('rules');
	const time = useTimeText();
	const [shown, setShown] = useState<'rules' | 'preview' | 'history'>('rules');
	const [editing, setEditing] = useState<Editing<Rule> | null>(null);
	const [dialog, setDialog] = useState<Dialog>(null);
	const [selectedId, setSelectedId] = useState<string | undefined>();
	const [said, setSaid] = useState<string | null>(null);
	const { published, draft, changes } = desk.state;
	const current = draft ?? published;
	const { rules } = current;
	const changed = useMemo(() => new Set(changes.flatMap(({ ruleId }) => ruleId ?? [])), [changes]);
	const selected = rules.find(({ id }) => id === selectedId) ?? rules[0];

	const wordsOf = (answer: ChangeAnswer<Body>): string | null => {
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
	const save = async (body: Body, done: string) => {
		const asked = { ...part.bodyOf(body), baseVersion: published.version, revision: draft?.revision ?? 0 };
		const problem = wordsOf(await view.change(part.questions.save(asked)));
		setSaid(problem ?? done);
		if (problem !== null) return;
		setEditing(null);
		setDialog(null);
	};
	const discard = async () => {
		const answer = await view.change(part.questions.discard(draft?.revision ?? 0));
		setSaid(wordsOf(answer) ?? t('done.discarded'));
	};
	const publish = async (note: string) => {
		setDialog(null);
		if (draft === null) return;
		const { version, revision } = draft;
		const problem = wordsOf(await view.change(part.questions.publish({ version, revision, note })));
		setSaid(problem ?? t('done.published', { version }));
		if (problem === null) setShown('rules');
	};
	const restore = async (version: number) => {
		const asked = await part.questions.version(version);
		if (!asked.ok) setSaid(t(`failed.${asked.reason}`));
		else if (asked.answer.version !== undefined) {
			await save(asked.answer.version, t('done.restored', { version }));
			setShown('rules');
		}
	};
	const move = async (place: number) => {
		setDialog(null);
		if (selected === undefined) return;
		setSelectedId(selected.id);
		await save(withRule<Rule, Body>(current, selected, place), t('done.moved', { name: selected.name, place }));
	};
	const edit = (next: Editing<Rule>) => {
		setSaid(null);
		setEditing(next);
	};
	const open = (next: Dialog) => {
		setSaid(null);
		setDialog(next);
	};
	const close = () => {
		setSaid(null);
		setEditing(null);
		setDialog(null);
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
	const { preview, costs } = part;
	const actions: ScreenAction[] = [
		{ key: 'F2', label: t('act.new'), onAct: () => edit({ rule: null, id: newId() }) },
		{
			key: 'F3',
			label: t('act.move'),
			onAct: () => open('move'),
			disabled: shown !== 'rules' || rules.length < 2,
		},
		{ key: 'F4', label: t('act.groups'), onAct: () => open('groups') },
		...(costs === undefined ? [] : [{ key: 'F6', label: t('act.costs'), onAct: () => open('costs') }]),
		...(preview === undefined
			? []
			: [
					shown === 'preview'
						? { key: 'F6', label: t('act.rules'), onAct: () => setShown('rules') }
						: { key: 'F6', label: t('act.preview'), onAct: () => setShown('preview'), disabled: !isSaved },
				]),
		shown === 'history'
			? { key: 'F7', label: t('act.rules'), onAct: () => setShown('rules') }
			: { key: 'F7', label: t('act.history'), onAct: () => setShown('history') },
		{ key: 'F8', label: t('act.publish'), onAct: () => setDialog('publish'), disabled: !isSaved },
		{ key: 'F9', label: t('act.discard'), onAct: () => void discard(), disabled: !isSaved },
	];
	const editedPlace = rules.findIndex(({ id }) => id === editing?.rule?.id) + 1;
	const places = editing?.rule === null ? rules.length + 1 : rules.length;
	return (
		<Screen
			title={t(`title.${part.name}`)}
			subtitle={status}
			onBack={shown === 'rules' ? undefined : () => setShown('rules')}
			actions={actions}
		>
			<div className={classes.page}>
				<PartsNav here={part.name} />
				{said === null || editing !== null || dialog !== null ? null : <Alert role="status">{said}</Alert>}
				{shown === 'preview' ? preview?.(draft?.revision ?? 0) : null}
				{shown === 'history' ? (
					<HistoryView
						desk={desk}
						changeText={(change) => part.changeText(change, current)}
						onRestore={(each) => void restore(each)}
					/>
				) : null}
				{shown !== 'rules' ? null : (
					<>
						<Warnings warnings={desk.state.warnings} />
						{rules.length === 0 ? (
							<EmptyState
								title={t('empty.title')}
								action={{
									label: t('empty.example'),
									onAct: () =>
										edit({ rule: null, id: newId(), template: part.example(t(`empty.exampleName.${part.name}`)) }),
								}}
							>
								{t(`empty.detail.${part.name}`)}
							</EmptyState>
						) : (
							<RuleList
								rules={rules}
								linesOf={(rule) => part.linesOf(rule, current)}
								changed={changed}
								selectedId={selected?.id}
								onSelect={({ id }) => setSelectedId(id)}
								onOpen={(rule) => edit({ rule, id: rule.id })}
							/>
						)}
						<Text c="dimmed">{t(`order.${part.name}`)}</Text>
					</>
				)}
			</div>
			{editing === null
				? null
				: part.dialog({
						rule: editing.rule,
						template: editing.template,
						newId: editing.id,
						body: current,
						place: editedPlace === 0 ? places : editedPlace,
						places,
						choices: desk.choices,
						problem: said,
						onSave: (rule, place) =>
							void save(withRule<Rule, Body>(current, rule, place), t('done.saved', { name: rule.name })),
						onRemove: () => void save(withoutRule(current, editing.id), t('done.removed')),
						onClose: close,
					})}
			{dialog === 'groups' ? (
				<GroupsDialog<Body, Rule>
					use={part.groupUse}
					body={current}
					choices={desk.choices}
					problem={said}
					onSave={(body) => void save(body, t('done.groups'))}
					onClose={close}
				/>
			) : null}
			{dialog === 'costs'
				? costs?.({
						body: current,
						problem: said,
						onSave: (body) => void save(body, t('done.costs')),
						onClose: close,
					})
				: null}
			{dialog === 'move' && selected !== undefined ? (
				<MoveDialog
					name={selected.name}
					place={rules.indexOf(selected) + 1}
					places={rules.length}
					onMove={(place) => void move(place)}
					onClose={close}
				/>
			) : null}
			{dialog === 'publish' && draft !== null ? (
				<PublishDialog
					detail={t(`publish.detail.${part.name}`)}
					changes={changes.map((change) => part.changeText(change, current))}
					onPublish={(note) => void publish(note)}
					onClose={close}
				/>
			) : null}
		</Screen>
	);
}

interface MoveDialogProps {
	readonly name: string;
	readonly place: number;
	readonly places: number;
	readonly onMove: (place: number) => void;
	readonly onClose: () => void;
}

/** Where in the list a rule may go, from where it is. */
function MoveDialog({ name, place, places, onMove, onClose }: MoveDialogProps) {
	const { t } = useTranslation('rules');
	const ways = [
		...(place > 1 ? [{ label: t('move.up'), value: place - 1 }] : []),
		...(place < places ? [{ label: t('move.down'), value: place + 1 }] : []),
		...(place > 2 ? [{ label: t('move.first'), value: 1 }] : []),
		...(place < places - 1 ? [{ label: t('move.last'), value: places }] : []),
	];
	return (
		<ChoiceDialog
			title={t('move.title', { name })}
			choices={ways.map((way, index) => ({ ...way, key: String(index + 1) }))}
			onChoose={onMove}
			onClose={onClose}
		/>
	);
}

function Warnings({ warnings }: { readonly warnings: DeskOf<unknown>['state']['warnings'] }) {
	const { t } = useTranslation('rules');
	if (warnings.length === 0) return null;
	return (
		<List aria-label={t('warnings')}>
			{warnings.map(({ code, where, name, value }) => (
				<List.Item key={`${code} ${where}`}>{t(`warning.${code}`, { name, value, defaultValue: code })}</List.Item>
			))}
		</List>
	);
}
