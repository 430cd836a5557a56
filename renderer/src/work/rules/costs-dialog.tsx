import { Alert, Button, Group, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import { newId } from '../../device/index.ts';
import { Dialog } from '../../ui/index.ts';
import {
	type CostField,
	costFields,
	costsForm,
	readCostsForm,
	type WeekField,
	withoutZone,
	withZone,
	type ZoneForm,
} from './costs-form.ts';
import type { CostsDialogProps } from './desk-part.ts';
import { focusFirstWrong } from './focus-first-wrong.ts';
import classes from './rules.module.css';

/** The weeks stand before the cost that is about them. */
const weeksBefore: { readonly [Field in CostField]?: WeekField } = {
	coverMinor: 'coverWeeks',
	agingMinor: 'agingWeeks',
};

/** What routing weighs: each cost with what it is for, and the zones as a table. */
export function CostsDialog({ body, problem, onSave, onClose }: CostsDialogProps<RoutingSet>) {
	const { t } = useTranslation('rules');
	const [form, setForm] = useState(() => costsForm(body.weights));
	const [isTried, setTried] = useState(false);
	const read = readCostsForm(form);
	const errorOf = (field: string) => {
		const found = read.ok || !isTried ? undefined : read.problems[field];
		return found === undefined ? undefined : t(`problem.${found}`);
	};
	const changeZone = (key: string, changes: Partial<ZoneForm>) =>
		setForm({ ...form, zones: form.zones.map((zone) => (zone.key === key ? { ...zone, ...changes } : zone)) });
	const zoneField = (zone: ZoneForm, index: number, field: 'upToKm' | 'parcel' | 'unit' | 'kilogram') => (
		<TextInput
			aria-label={t('costs.zoneField', { zone: index + 1, field: t(`costs.${field}`) })}
			value={zone[field]}
			error={errorOf(`zones.${index}.${field}`)}
			inputMode="decimal"
			autoComplete="off"
			onChange={(event) => changeZone(zone.key, { [field]: event.currentTarget.value })}
		/>
	);
	const weeksField = (field: WeekField) => (
		<TextInput
			label={t(`field.${field}`)}
			description={t(`costs.per.${field}`)}
			value={form.weeks[field]}
			error={errorOf(field)}
			inputMode="numeric"
			autoComplete="off"
			onChange={(event) => setForm({ ...form, weeks: { ...form.weeks, [field]: event.currentTarget.value } })}
		/>
	);
	const costField = (field: CostField) => (
		<TextInput
			key={field}
			label={t(`field.${field}`)}
			description={t(`costs.per.${field}`)}
			value={form.costs[field]}
			error={errorOf(field)}
			inputMode="decimal"
			autoComplete="off"
			rightSectionWidth="3.5rem"
			rightSection={<span aria-hidden="true">{form.currency}</span>}
			onChange={(event) => setForm({ ...form, costs: { ...form.costs, [field]: event.currentTarget.value } })}
		/>
	);
	return (
		<Dialog onClose={onClose} title={t('costs.title')} size="70rem">
			<form
				onSubmit={(event) => {
					event.preventDefault();
					setTried(true);
					if (read.ok) onSave({ ...body, weights: read.weights });
					else focusFirstWrong(event.currentTarget);
				}}
			>
				<Stack gap="md">
					{problem === null ? null : (
						<Alert color="red.9" role="alert">
							{problem}
						</Alert>
					)}
					<Text c="dimmed">{t('costs.detail')}</Text>
					<TextInput
						label={t('field.currency')}
						description={t('costs.per.currency')}
						value={form.currency}
						error={errorOf('currency')}
						autoComplete="off"
						maxLength={3}
						data-autofocus
						onChange={(event) => setForm({ ...form, currency: event.currentTarget.value })}
					/>
					<fieldset>
						<legend>{t('field.zones')}</legend>
						<Table className={classes.table} aria-label={t('field.zones')}>
							<Table.Thead>
								<Table.Tr>
									<Table.Th>{t('costs.zone')}</Table.Th>
									<Table.Th>{t('costs.upToKm')}</Table.Th>
									<Table.Th>{t('costs.parcel')}</Table.Th>
									<Table.Th>{t('costs.unit')}</Table.Th>
									<Table.Th>{t('costs.kilogram')}</Table.Th>
									<Table.Td />
								</Table.Tr>
							</Table.Thead>
							<Table.Tbody>
								{form.zones.map((zone, index) => (
									<Table.Tr key={zone.key}>
										<Table.Th scope="row">{index + 1}</Table.Th>
										<Table.Td>
											{index === form.zones.length - 1 ? t('costs.beyond') : zoneField(zone, index, 'upToKm')}
										</Table.Td>
										<Table.Td>{zoneField(zone, index, 'parcel')}</Table.Td>
										<Table.Td>{zoneField(zone, index, 'unit')}</Table.Td>
										<Table.Td>{zoneField(zone, index, 'kilogram')}</Table.Td>
										<Table.Td>
											<Button
												variant="subtle"
												color="red.9"
												className={classes.removes}
												disabled={form.zones.length === 1}
												onClick={() => setForm(withoutZone(form, zone.key))}
											>
												{t('costs.removeZone', { zone: index + 1 })}
											</Button>
										</Table.Td>
									</Table.Tr>
								))}
							</Table.Tbody>
						</Table>
						<Button
							variant="default"
							disabled={form.zones.length >= 20}
							onClick={() => setForm(withZone(form, newId()))}
						>
							{t('costs.addZone')}
						</Button>
					</fieldset>
					<SimpleGrid cols={3} verticalSpacing="md">
						{costFields.flatMap((field) => {
							const weeks = weeksBefore[field];
							return [
								...(weeks === undefined ? [] : [<div key={weeks}>{weeksField(weeks)}</div>]),
								<div key={field}>{costField(field)}</div>,
							];
						})}
					</SimpleGrid>
					<Group justify="flex-end">
						<Button variant="default" onClick={onClose}>
							{t('form.cancel')}
						</Button>
						<Button type="submit">{t('form.save')}</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
