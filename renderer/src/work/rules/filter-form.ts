import type { ProductFilter, SiteFilter } from '../../../../shared/schema/promising-rules.ts';
import { amountText, type FieldReader, given, list } from './field-reader.ts';

/** Products as they are typed. */
export interface ProductForm {
	readonly skus: string;
	readonly departments: readonly string[];
	readonly brands: readonly string[];
	readonly tracking: readonly string[];
	readonly currency: string;
	readonly priceFrom: string;
	readonly priceTo: string;
}

/** Sites as they are chosen. */
export interface SiteForm {
	readonly siteIds: readonly string[];
	readonly groups: readonly string[];
	readonly kinds: readonly string[];
	readonly towns: readonly string[];
	readonly capabilities: readonly string[];
}

const mostPriceMinor = 100_000_000;

/** @param currency of prices where the filter says none */
export function productForm(filter: ProductFilter, currency: string): ProductForm {
	const { price } = filter;
	const of = price?.currency ?? currency;
	return {
		skus: (filter.skus ?? []).join(' '),
		departments: filter.departments ?? [],
		brands: filter.brands ?? [],
		tracking: filter.tracking ?? [],
		currency: of,
		priceFrom: amountText(price?.fromMinor, of),
		priceTo: amountText(price?.toMinor, of),
	};
}

export function readProductForm(form: ProductForm, reader: FieldReader): ProductFilter {
	const { currency } = form;
	const fromMinor = reader.amount('priceFrom', form.priceFrom, currency, mostPriceMinor);
	const toMinor = reader.amount('priceTo', form.priceTo, currency, mostPriceMinor);
	reader.inOrder('priceTo', fromMinor, toMinor);
	const skus = [...new Set(form.skus.split(/[\s,;]+/).filter((sku) => sku !== ''))];
	const hasPrice = fromMinor !== undefined || toMinor !== undefined;
	return {
		...list('skus', skus),
		...list('departments', form.departments),
		...list('brands', form.brands),
		...list('tracking', form.tracking as NonNullable<ProductFilter['tracking']>),
		...(hasPrice ? { price: { currency, ...given({ fromMinor, toMinor }) } } : {}),
	};
}

export function siteForm({ siteIds, groups, kinds, towns, capabilities }: SiteFilter): SiteForm {
	return {
		siteIds: siteIds ?? [],
		groups: groups ?? [],
		kinds: kinds ?? [],
		towns: towns ?? [],
		capabilities: capabilities ?? [],
	};
}

export function readSiteForm(form: SiteForm): SiteFilter {
	return {
		...list('siteIds', form.siteIds),
		...list('groups', form.groups),
		...list('kinds', form.kinds as NonNullable<SiteFilter['kinds']>),
		...list('towns', form.towns),
		...list('capabilities', form.capabilities as NonNullable<SiteFilter['capabilities']>),
	};
}
