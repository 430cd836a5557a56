import { Button, Group, NativeSelect, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RoutingRule, type RoutingSet, unfillableWays } from '../../../../shared/schema/routing-rules.ts';
import { newId } from '../../device/index.ts';
import type { RuleDialogProps } from './desk-part.ts';
import { ProductFields, SiteFields } from './filter-fields.tsx';
import { siteForm } from './filter-form.ts';
import { type RoutingForm, readRoutingForm, routingForm } from './routing-form.ts';
import { RuleFrame } from './rule-frame.tsx';
import classes from './rules.module.css';

const mostFallbacks = 10;

/** One rule of routing, to be changed. What stays blank says nothing. */
export function RoutingRuleDialog(props: RuleDialogProps<RoutingSet, RoutingRule>) {
	const { rule, template, body, places, place, choices, onSave } = props;
	const { t } = useTranslation('rules');
	const { currency } = body.weights;
	const [form, setForm] = useState(() => routingForm(rule ?? template ?? null, place, currency));
	const [isTried, setTried] = useState(false);
	const read = readRoutingForm(form, { id: rule?.id ?? props.newId, places, currency });
	const change = (changes: Partial<RoutingForm>) => setForm((before) => ({ ...before, ...changes }));
	const errorOf = (field: keyof RoutingForm) => {
		const found = read.ok || !isTried ? undefined : read.problems[field];
		return found === undefined ? undefined : t(`problem.${found}`);
	};
	const groups = body.groups.map(({ name }) => name);
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
	const choice = (field: 'keepTogether' | 'whenUnfillable', ways: readonly string[], label: string) => (
		<NativeSelect
			size="md"
			label={label}
			value={form[field]}
			error={errorOf(field)}
			data={[
				{ value: '', label: t('silent') },
				...ways.map((value) => ({ value, label: t(`routing.way.${value}`, { defaultValue: value }) })),
			]}
			onChange={(event) => change({ [field]: event.currentTarget.value })}
		/>
	);
	const changeFallback = (key: string, sites: Partial<RoutingForm['prefer']>) =>
		change({
			fallbacks: form.fallbacks.map((each) => (each.key === key ? { key, sites: { ...each.sites, ...sites } } : each)),
		});
	return (
		<RuleFrame
			known={rule?.name ?? null}
			name={form.name}
			place={form.place}
			placeHint={t('routing.form.placeHint', { places })}
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
				<legend>{t('routing.form.orders')}</legend>
				<Stack gap="md">
					<SimpleGrid cols={2}>
						<TagsInput
							size="md"
							label={t('field.orders.channels')}
							data={choices.channels}
							value={[...form.channels]}
							onChange={(values) => change({ channels: values })}
						/>
						<TagsInput
							size="md"
							label={t('field.orders.countries')}
							description={t('routing.form.countriesHint')}
							data={[...new Set(choices.sites.map(({ country }) => country))].sort()}
							value={[...form.countries]}
							error={errorOf('countries')}
							onChange={(values) => change({ countries: values })}
						/>
						{text('valueFrom', t('routing.form.valueFrom', { currency }))}
						{text('valueTo', t('routing.form.valueTo', { currency }))}
						{text('effectiveFrom', t('field.effectiveFrom'), t('form.dayHint'))}
						{text('effectiveTo', t('field.effectiveTo'), t('form.dayHint'))}
					</SimpleGrid>
					<Text c="dimmed">{t('routing.form.productsHint')}</Text>
					<ProductFields form={form} choices={choices} errorOf={errorOf} onChange={change} />
				</Stack>
			</fieldset>
			<fieldset>
				<legend>{t('form.effect')}</legend>
				<SimpleGrid cols={3}>
					{choice('keepTogether', ['yes', 'no'], t('field.effect.keepTogether'))}
					{text('noSplitBelow', t('routing.form.noSplitBelow', { currency }))}
					{choice('whenUnfillable', unfillableWays, t('field.effect.whenUnfillable'))}
				</SimpleGrid>
			</fieldset>
			<fieldset>
				<legend>{t('field.effect.exclude')}</legend>
				<SiteFields
					form={form.exclude}
					choices={choices}
					groups={groups}
					onChange={(changes) => change({ exclude: { ...form.exclude, ...changes } })}
				/>
			</fieldset>
			<fieldset>
				<legend>{t('field.effect.prefer')}</legend>
				<Stack gap="md">
					{text('preferWorth', t('routing.form.worth', { currency }), t('routing.form.worthHint'))}
					<SiteFields
						form={form.prefer}
						choices={choices}
						groups={groups}
						onChange={(changes) => change({ prefer: { ...form.prefer, ...changes } })}
					/>
				</Stack>
			</fieldset>
			<fieldset>
				<legend>{t('field.effect.fallbacks')}</legend>
				<Stack gap="md">
					<Text c="dimmed">{t('routing.form.fallbacksHint')}</Text>
					{form.fallbacks.map(({ key, sites }, index) => (
						<fieldset key={key}>
							<legend>{t('routing.form.step', { step: index + 1 })}</legend>
							<Stack gap="xs">
								<SiteFields
									form={sites}
									choices={choices}
									groups={groups}
									onChange={(changes) => changeFallback(key, changes)}
								/>
								<Group justify="flex-end">
									<Button
										variant="default"
										disabled={index === 0}
										onClick={() => {
											const { [index]: moved } = form.fallbacks;
											if (moved === undefined) return;
											change({ fallbacks: form.fallbacks.toSpliced(index, 1).toSpliced(index - 1, 0, moved) });
										}}
									>
										{t('routing.form.stepUp', { step: index + 1 })}
									</Button>
									<Button
										variant="subtle"
										color="red.9"
										className={classes.removes}
										onClick={() => change({ fallbacks: form.fallbacks.filter((each) => each.key !== key) })}
									>
										{t('routing.form.removeStep', { step: index + 1 })}
									</Button>
								</Group>
							</Stack>
						</fieldset>
					))}
					<Group>
						<Button
							variant="default"
							disabled={form.fallbacks.length >= mostFallbacks}
							onClick={() => change({ fallbacks: [...form.fallbacks, { key: newId(), sites: siteForm({}) }] })}
						>
							{t('routing.form.addStep')}
						</Button>
					</Group>
				</Stack>
			</fieldset>
		</RuleFrame>
	);
}

type TextField = 'valueFrom' | 'valueTo' | 'effectiveFrom' | 'effectiveTo' | 'preferWorth' | 'noSplitBelow';
