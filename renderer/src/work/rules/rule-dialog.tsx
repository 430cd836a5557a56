import {
	Alert,
	Button,
	Group,
	Modal,
	MultiSelect,
	NativeSelect,
	SimpleGrid,
	Stack,
	TagsInput,
	Textarea,
	TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RulesDesk } from '../../../../shared/protocol/rules-messages.ts';
import type { PromisingRule, RuleSet } from '../../../../shared/schema/promising-rules.ts';
import { formOf, type RuleForm, readRuleForm } from './rule-form.ts';

interface RuleDialogProps {
	/** Null for a new one. */
	readonly rule: PromisingRule | null;
	/** What a new one begins with. */
	readonly template?: PromisingRule | undefined;
	readonly newId: string;
	readonly ruleSet: RuleSet;
	readonly choices: RulesDesk['choices'];
	/** Why it was not saved. */
	readonly problem: string | null;
	readonly onSave: (rule: PromisingRule, place: number) => void;
	readonly onRemove: (ruleId: string) => void;
	readonly onClose: () => void;
}

const kinds = ['store', 'warehouse'] as const;
const capabilities = ['ship', 'pickup', 'return'] as const;
const trackings = ['none', 'lot', 'serial'] as const;

/** One rule, to be changed. What stays blank says nothing. */
export function RuleDialog({
	rule,
	template,
	newId,
	ruleSet,
	choices,
	problem,
	onSave,
	onRemove,
	onClose,
}: RuleDialogProps) {
	const { t } = useTranslation('rules');
	const { rules, groups } = ruleSet;
	const places = rule === null ? rules.length + 1 : rules.length;
	const [form, setForm] = useState(() => {
		const found = rule === null ? -1 : rules.findIndex(({ id }) => id === rule.id);
		const place = found === -1 ? places : found + 1;
		return formOf(rule ?? template ?? null, place, choices.currencies[0] ?? 'GBP');
	});
	const [isTried, setTried] = useState(false);
	const read = readRuleForm(form, rule?.id ?? newId, places);
	const change = (changes: Partial<RuleForm>) => setForm((before) => ({ ...before, ...changes }));
	const errorOf = (field: keyof RuleForm) => {
		const found = read.ok || !isTried ? undefined : read.problems[field];
		return found === undefined ? undefined : t(`problem.${found}`);
	};
	const text = (field: TextField, label: string, description?: string) => (
		<TextInput
			label={label}
			description={description}
			value={form[field]}
			error={errorOf(field)}
			autoComplete="off"
			onChange={(event) => change({ [field]: event.currentTarget.value })}
		/>
	);
	const several = (field: ListField, label: string, data: readonly { value: string; label: string }[]) => (
		<MultiSelect
			label={label}
			data={[...data]}
			value={[...form[field]]}
			searchable
			hidePickedOptions
			comboboxProps={{ withinPortal: true }}
			onChange={(values) => change({ [field]: values })}
		/>
	);
	const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
	const towns = [...new Set(choices.sites.map(({ town }) => town))].sort();
	const eligibility = (field: 'pickup' | 'ship') => (
		<NativeSelect
			label={t(`field.effect.${field}`)}
			value={form[field]}
			data={[
				{ value: '', label: t('silent') },
				{ value: 'eligible', label: t('eligibility.eligible') },
				{ value: 'not_eligible', label: t('eligibility.not_eligible') },
			]}
			onChange={(event) => change({ [field]: event.currentTarget.value })}
		/>
	);
	return (
		<Modal
			opened
			onClose={onClose}
			title={rule === null ? t('form.new') : t('form.edit', { name: rule.name })}
			size="60rem"
		>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					setTried(true);
					if (read.ok) onSave(read.rule, read.place);
				}}
			>
				<Stack gap="md">
					{problem === null ? null : (
						<Alert color="red.9" role="alert">
							{problem}
						</Alert>
					)}
					<SimpleGrid cols={2}>
						<TextInput
							label={t('field.name')}
							value={form.name}
							error={errorOf('name')}
							autoComplete="off"
							maxLength={200}
							required
							data-autofocus
							onChange={(event) => change({ name: event.currentTarget.value })}
						/>
						{text('place', t('form.place'), t('form.placeHint', { places }))}
					</SimpleGrid>
					<fieldset>
						<legend>{t('form.effect')}</legend>
						<SimpleGrid cols={3}>
							{text('units', t('form.units'))}
							{text('percent', t('form.percent'))}
							{text('threshold', t('field.effect.threshold'), t('form.thresholdHint'))}
							{eligibility('pickup')}
							{eligibility('ship')}
						</SimpleGrid>
					</fieldset>
					<fieldset>
						<legend>{t('form.products')}</legend>
						<SimpleGrid cols={2}>
							{several('departments', t('field.products.departments'), plain(choices.departments))}
							{several('brands', t('field.products.brands'), plain(choices.brands))}
							<Textarea
								label={t('field.products.skus')}
								description={t('form.skusHint')}
								value={form.skus}
								autosize
								maxRows={4}
								onChange={(event) => change({ skus: event.currentTarget.value })}
							/>
							{several(
								'tracking',
								t('field.products.tracking'),
								trackings.map((value) => ({ value, label: t(`tracking.${value}`) })),
							)}
							{text('priceFrom', t('form.priceFrom', { currency: form.currency }))}
							{text('priceTo', t('form.priceTo', { currency: form.currency }))}
						</SimpleGrid>
					</fieldset>
					<fieldset>
						<legend>{t('form.sites')}</legend>
						<SimpleGrid cols={2}>
							{several(
								'kinds',
								t('field.siteGroup.kinds'),
								kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
							)}
							{several(
								'siteIds',
								t('field.siteGroup.siteIds'),
								choices.sites.map(({ id, name }) => ({ value: id, label: name })),
							)}
							{several('towns', t('field.siteGroup.towns'), plain(towns))}
							{several(
								'capabilities',
								t('field.siteGroup.capabilities'),
								capabilities.map((value) => ({ value, label: t(`capability.${value}`) })),
							)}
							{groups.length === 0
								? null
								: several('groups', t('field.siteGroup.groups'), plain(groups.map(({ name }) => name)))}
						</SimpleGrid>
					</fieldset>
					<fieldset>
						<legend>{t('form.when')}</legend>
						<SimpleGrid cols={3}>
							<TagsInput
								label={t('field.channels')}
								data={choices.channels}
								value={[...form.channels]}
								onChange={(values) => change({ channels: values })}
							/>
							{text('effectiveFrom', t('field.effectiveFrom'), t('form.dayHint'))}
							{text('effectiveTo', t('field.effectiveTo'), t('form.dayHint'))}
						</SimpleGrid>
					</fieldset>
					<Group justify="space-between">
						{rule === null ? (
							<span />
						) : (
							<Button variant="subtle" color="red.9" onClick={() => onRemove(rule.id)}>
								{t('form.remove')}
							</Button>
						)}
						<Group>
							<Button variant="default" onClick={onClose}>
								{t('form.cancel')}
							</Button>
							<Button type="submit">{t('form.save')}</Button>
						</Group>
					</Group>
				</Stack>
			</form>
		</Modal>
	);
}

type FieldsOf<T> = { [field in keyof RuleForm]: RuleForm[field] extends T ? field : never }[keyof RuleForm];
type TextField = FieldsOf<string>;
type ListField = FieldsOf<readonly string[]>;
