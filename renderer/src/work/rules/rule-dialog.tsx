import { NativeSelect, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromisingRule, RuleSet } from '../../../../shared/schema/promising-rules.ts';
import type { RuleDialogProps } from './desk-part.ts';
import { ProductFields, SiteFields } from './filter-fields.tsx';
import { formOf, type RuleForm, readRuleForm } from './rule-form.ts';
import { RuleFrame } from './rule-frame.tsx';

/** One rule of promising, to be changed. What stays blank says nothing. */
export function RuleDialog(props: RuleDialogProps<RuleSet, PromisingRule>) {
	const { rule, template, body, places, place, choices, onSave } = props;
	const { t } = useTranslation('rules');
	const [form, setForm] = useState(() => formOf(rule ?? template ?? null, place, choices.currencies[0] ?? 'GBP'));
	const [isTried, setTried] = useState(false);
	const read = readRuleForm(form, rule?.id ?? props.newId, places);
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
	const eligibility = (field: 'pickup' | 'ship') => (
		<NativeSelect
			size="md"
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
		<RuleFrame
			known={rule?.name ?? null}
			name={form.name}
			place={form.place}
			placeHint={t('form.placeHint', { places })}
			problem={props.problem}
			errorOf={errorOf}
			onChange={change}
			onSubmit={() => {
				setTried(true);
				if (read.ok) onSave(read.rule, read.place);
			}}
			onRemove={props.onRemove}
			onClose={props.onClose}
		>
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
				<ProductFields form={form} choices={choices} errorOf={errorOf} onChange={change} />
			</fieldset>
			<fieldset>
				<legend>{t('form.sites')}</legend>
				<SiteFields form={form} choices={choices} groups={body.groups.map(({ name }) => name)} onChange={change} />
			</fieldset>
			<fieldset>
				<legend>{t('form.when')}</legend>
				<SimpleGrid cols={3}>
					<TagsInput
						size="md"
						label={t('field.channels')}
						data={choices.channels}
						value={[...form.channels]}
						onChange={(values) => change({ channels: values })}
					/>
					{text('effectiveFrom', t('field.effectiveFrom'), t('form.dayHint'))}
					{text('effectiveTo', t('field.effectiveTo'), t('form.dayHint'))}
				</SimpleGrid>
			</fieldset>
		</RuleFrame>
	);
}

type TextField = { [field in keyof RuleForm]: RuleForm[field] extends string ? field : never }[keyof RuleForm];
