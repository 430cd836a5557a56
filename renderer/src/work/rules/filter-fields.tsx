import { MultiSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleChoices } from '../../../../shared/protocol/version-messages.ts';
import type { ProductForm, SiteForm } from './filter-form.ts';

const kinds = ['store', 'warehouse'] as const;
const capabilities = ['ship', 'pickup', 'return'] as const;
const trackings = ['none', 'lot', 'serial'] as const;

interface ListFieldProps {
	readonly label: string;
	readonly data: readonly { readonly value: string; readonly label: string }[];
	readonly value: readonly string[];
	readonly onChange: (values: string[]) => void;
}

/** Several of a known list, by typing or with the arrow keys. */
export function ListField({ label, data, value, onChange }: ListFieldProps) {
	return (
		<MultiSelect
			size="md"
			label={label}
			data={[...data]}
			value={[...value]}
			searchable
			hidePickedOptions
			comboboxProps={{ withinPortal: true }}
			onChange={onChange}
		/>
	);
}

const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

interface SiteFieldsProps {
	readonly form: SiteForm;
	readonly choices: RuleChoices;
	/** Names of the groups that there are. */
	readonly groups: readonly string[];
	readonly onChange: (changes: Partial<SiteForm>) => void;
}

/** Which sites: those that fulfill every condition that is given. */
export function SiteFields({ form, choices, groups, onChange }: SiteFieldsProps) {
	const { t } = useTranslation('rules');
	const towns = [...new Set(choices.sites.map(({ town }) => town))].sort();
	return (
		<SimpleGrid cols={2}>
			<ListField
				label={t('field.siteGroup.kinds')}
				data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
				value={form.kinds}
				onChange={(values) => onChange({ kinds: values })}
			/>
			<ListField
				label={t('field.siteGroup.siteIds')}
				data={choices.sites.map(({ id, name }) => ({ value: id, label: name }))}
				value={form.siteIds}
				onChange={(values) => onChange({ siteIds: values })}
			/>
			<ListField
				label={t('field.siteGroup.towns')}
				data={plain(towns)}
				value={form.towns}
				onChange={(values) => onChange({ towns: values })}
			/>
			<ListField
				label={t('field.siteGroup.capabilities')}
				data={capabilities.map((value) => ({ value, label: t(`capability.${value}`) }))}
				value={form.capabilities}
				onChange={(values) => onChange({ capabilities: values })}
			/>
			{groups.length === 0 ? null : (
				<ListField
					label={t('field.siteGroup.groups')}
					data={plain(groups)}
					value={form.groups}
					onChange={(values) => onChange({ groups: values })}
				/>
			)}
		</SimpleGrid>
	);
}

interface ProductFieldsProps {
	readonly form: ProductForm;
	readonly choices: RuleChoices;
	readonly errorOf: (field: keyof ProductForm) => string | undefined;
	readonly onChange: (changes: Partial<ProductForm>) => void;
}

/** Which products: those that fulfill every condition that is given. */
export function ProductFields({ form, choices, errorOf, onChange }: ProductFieldsProps) {
	const { t } = useTranslation('rules');
	const price = (field: 'priceFrom' | 'priceTo') => (
		<TextInput
			label={t(`form.${field}`, { currency: form.currency })}
			value={form[field]}
			error={errorOf(field)}
			autoComplete="off"
			onChange={(event) => onChange({ [field]: event.currentTarget.value })}
		/>
	);
	return (
		<SimpleGrid cols={2}>
			<ListField
				label={t('field.products.departments')}
				data={plain(choices.departments)}
				value={form.departments}
				onChange={(values) => onChange({ departments: values })}
			/>
			<ListField
				label={t('field.products.brands')}
				data={plain(choices.brands)}
				value={form.brands}
				onChange={(values) => onChange({ brands: values })}
			/>
			<Textarea
				label={t('field.products.skus')}
				description={t('form.skusHint')}
				value={form.skus}
				autosize
				maxRows={4}
				onChange={(event) => onChange({ skus: event.currentTarget.value })}
			/>
			<ListField
				label={t('field.products.tracking')}
				data={trackings.map((value) => ({ value, label: t(`tracking.${value}`) }))}
				value={form.tracking}
				onChange={(values) => onChange({ tracking: values })}
			/>
			{price('priceFrom')}
			{price('priceTo')}
		</SimpleGrid>
	);
}
