import { Alert, Button, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleChoices } from '../../../../shared/protocol/version-messages.ts';
import { newId } from '../../device/index.ts';
import { Dialog } from '../../ui/index.ts';
import type { NamedRule, RulesBody } from './desk-part.ts';
import { focusFirstWrong } from './focus-first-wrong.ts';
import { type GroupForm, type GroupUse, groupForms, newGroup, readGroupForms, rulesOfGroup } from './group-form.ts';
import classes from './rules.module.css';

interface GroupsDialogProps<Body, Rule> {
	readonly use: GroupUse<Rule>;
	readonly body: Body;
	readonly choices: RuleChoices;
	/** Why they were not saved. */
	readonly problem: string | null;
	readonly onSave: (body: Body) => void;
	readonly onClose: () => void;
}

/** The groups of sites that rules may speak of, all at once. One that a rule speaks of can't be removed. */
export function GroupsDialog<Body extends RulesBody<Rule>, Rule extends NamedRule>(
	props: GroupsDialogProps<Body, Rule>,
) {
	const { use, body, choices, problem, onSave, onClose } = props;
	const { t } = useTranslation('rules');
	const [forms, setForms] = useState(() => {
		const known = groupForms(body);
		return known.length === 0 ? [newGroup(newId())] : known;
	});
	const [isTried, setTried] = useState(false);
	const read = readGroupForms(use, body, forms);
	const change = (key: string, changes: Partial<GroupForm>) =>
		setForms(forms.map((form) => (form.key === key ? { ...form, ...changes } : form)));
	const sites = choices.sites
		.filter(({ kind }) => kind !== 'supplier')
		.map(({ id, name }) => ({ value: id, label: name }));
	return (
		<Dialog onClose={onClose} title={t('groups.title')} size="60rem">
			<form
				onSubmit={(event) => {
					event.preventDefault();
					setTried(true);
					if (read.ok) onSave(read.body);
					else focusFirstWrong(event.currentTarget);
				}}
			>
				<Stack gap="md">
					{problem === null ? null : (
						<Alert color="red.9" role="alert">
							{problem}
						</Alert>
					)}
					<Text c="dimmed">{t('groups.detail')}</Text>
					{forms.map((form, index) => {
						const found = read.ok || !isTried ? undefined : read.problems.get(form.key);
						const error = found && t(`groups.problem.${found}`);
						const users = form.before === null ? [] : rulesOfGroup(use, body, form.before);
						const legend = form.name.trim() === '' ? t('groups.new') : form.name;
						return (
							<fieldset key={form.key}>
								<legend>{legend}</legend>
								<Stack gap="xs">
									<TextInput
										label={t('groups.name')}
										value={form.name}
										error={found === 'no_sites' ? undefined : error}
										autoComplete="off"
										maxLength={200}
										data-autofocus={index === forms.length - 1 ? true : undefined}
										onChange={(event) => change(form.key, { name: event.currentTarget.value })}
									/>
									<MultiSelect
										label={t('groups.sites', { name: legend })}
										data={sites}
										value={[...form.siteIds]}
										error={found === 'no_sites' ? error : undefined}
										searchable
										hidePickedOptions
										comboboxProps={{ withinPortal: true }}
										onChange={(siteIds) => change(form.key, { siteIds })}
									/>
									<Group justify="space-between">
										<Text c="dimmed">
											{users.length === 0 ? t('groups.unused') : t('groups.used', { names: users.join(', ') })}
										</Text>
										<Button
											variant="subtle"
											color="red.9"
											className={classes.removes}
											disabled={users.length > 0}
											onClick={() => setForms(forms.filter(({ key }) => key !== form.key))}
										>
											{t('groups.remove', { name: legend })}
										</Button>
									</Group>
								</Stack>
							</fieldset>
						);
					})}
					<Group justify="space-between">
						<Button variant="default" onClick={() => setForms([...forms, newGroup(newId())])}>
							{t('groups.add')}
						</Button>
						<Group>
							<Button variant="default" onClick={onClose}>
								{t('form.cancel')}
							</Button>
							<Button type="submit">{t('form.save')}</Button>
						</Group>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
