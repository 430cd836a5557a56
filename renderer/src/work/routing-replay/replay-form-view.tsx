import { FileInput, MultiSelect, NativeSelect, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayChoices } from '../../../../shared/protocol/replay-messages.ts';
import { useMoneyText } from '../../ui/index.ts';
import { type CostField, dayCosts, type FormProblems, fileCosts, type ReplayForm } from './replay-form.ts';

interface ReplayFormViewProps {
	readonly form: ReplayForm;
	readonly file: File | null;
	readonly choices: ReplayChoices;
	/** Empty until somebody has tried. */
	readonly problems: FormProblems;
	readonly fileProblem: string | undefined;
	readonly onChange: (changes: Partial<ReplayForm>) => void;
	readonly onFile: (file: File | null) => void;
}

const weightOf = {
	split: 'splitMinor',
	unfilled: 'unfilledMinor',
	lateDay: 'lateDayMinor',
	hundredKm: 'hundredKmMinor',
} as const;

/** Esc in an open list closes the list, and not the screen. */
function closeListOnly(event: KeyboardEvent): void {
	const isOpen = event.currentTarget.getAttribute('aria-expanded') === 'true';
	if (event.key === 'Escape' && isOpen) event.preventDefault();
}

/** What is replayed, and what is different in the second run. What stays blank is as it is. */
export function ReplayFormView({ form, file, choices, problems, fileProblem, onChange, onFile }: ReplayFormViewProps) {
	const { t } = useTranslation('routing-replay');
	const money = useMoneyText();
	const { firstDay, lastDay, weights, hasDraft, sites } = choices;
	const isDay = form.source === 'day';
	const errorOf = (field: string) => {
		const problem = problems[field];
		return problem === undefined ? undefined : t(`problem.${problem}`);
	};
	const cost = (field: CostField) => (
		<TextInput
			key={field}
			label={isDay ? t(`cost.${field}`, { currency: weights.currency }) : t(`fileCost.${field}`)}
			description={
				isDay
					? t('form.now', { amount: money({ minor: weights[weightOf[field]], currency: weights.currency }) })
					: t('form.asInFile')
			}
			value={form[field]}
			error={errorOf(field)}
			inputMode="decimal"
			autoComplete="off"
			onChange={(event) => onChange({ [field]: event.currentTarget.value })}
		/>
	);
	const nameOf = (siteId: string) => sites.find((site) => site.siteId === siteId)?.siteName ?? siteId;
	const siteList = (field: 'closedSiteIds' | 'capacitySiteIds', label: string) =>
		isDay ? (
			<MultiSelect
				size="md"
				label={label}
				data={sites.map(({ siteId, siteName }) => ({ value: siteId, label: siteName }))}
				value={[...form[field]]}
				searchable
				hidePickedOptions
				comboboxProps={{ withinPortal: true }}
				onKeyDown={closeListOnly}
				onChange={(values) => onChange({ [field]: values })}
			/>
		) : (
			<TagsInput
				size="md"
				label={label}
				description={t('form.idsHint')}
				value={[...form[field]]}
				onKeyDown={closeListOnly}
				onChange={(values) => onChange({ [field]: values })}
			/>
		);
	return (
		<Stack gap="md">
			<SimpleGrid cols={{ base: 1, sm: 3 }}>
				<NativeSelect
					size="md"
					label={t('form.source')}
					value={form.source}
					data={[
						{ value: 'day', label: t('form.day') },
						{ value: 'file', label: t('form.file') },
					]}
					onChange={(event) =>
						onChange({
							source: event.currentTarget.value === 'file' ? 'file' : 'day',
							closedSiteIds: [],
							capacitySiteIds: [],
						})
					}
				/>
				{isDay ? (
					<>
						<TextInput
							label={t('form.which')}
							description={
								firstDay === undefined ? t('form.dayHint') : t('form.daysHint', { from: firstDay, to: lastDay })
							}
							value={form.day}
							error={errorOf('day')}
							autoComplete="off"
							onChange={(event) => onChange({ day: event.currentTarget.value })}
						/>
						<NativeSelect
							size="md"
							label={t('form.rules')}
							description={hasDraft ? t('form.rulesHint') : t('form.noDraft')}
							value={form.rules}
							data={[
								{ value: 'published', label: t('form.published') },
								...(hasDraft ? [{ value: 'draft', label: t('form.draft') }] : []),
							]}
							onChange={(event) => onChange({ rules: event.currentTarget.value === 'draft' ? 'draft' : 'published' })}
						/>
					</>
				) : (
					<FileInput
						size="md"
						label={t('form.which')}
						description={t('form.fileHint')}
						placeholder={t('form.choose')}
						accept=".json,.gz,application/json,application/gzip"
						value={file}
						error={fileProblem}
						clearable
						onChange={onFile}
					/>
				)}
			</SimpleGrid>
			<fieldset>
				<legend>{t('form.different')}</legend>
				<Stack gap="md">
					<SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>{(isDay ? dayCosts : fileCosts).map(cost)}</SimpleGrid>
					<SimpleGrid cols={{ base: 1, sm: 2 }}>
						{siteList('closedSiteIds', t('form.closed'))}
						{siteList('capacitySiteIds', t('form.capacities'))}
					</SimpleGrid>
					{form.capacitySiteIds.length === 0 ? null : (
						<SimpleGrid cols={{ base: 1, sm: 3 }}>
							{form.capacitySiteIds.map((siteId) => {
								const site = sites.find((each) => each.siteId === siteId);
								return (
									<TextInput
										key={siteId}
										label={t('form.capacityOf', { site: nameOf(siteId) })}
										description={site && isDay ? t('form.now', { amount: site.capacityUnits }) : t('form.asInFile')}
										value={form.capacities[siteId] ?? ''}
										error={errorOf(`capacity:${siteId}`)}
										inputMode="numeric"
										autoComplete="off"
										onChange={(event) =>
											onChange({ capacities: { ...form.capacities, [siteId]: event.currentTarget.value } })
										}
									/>
								);
							})}
						</SimpleGrid>
					)}
				</Stack>
			</fieldset>
		</Stack>
	);
}
