import type { SiteFilter } from '../../../../shared/schema/promising-rules.ts';
import { type RoutingRule, unfillableWays } from '../../../../shared/schema/routing-rules.ts';
import { amountText, type FormProblems, fieldReader, given, list } from './field-reader.ts';
import {
	type ProductForm,
	productForm,
	readProductForm,
	readSiteForm,
	type SiteForm,
	siteForm,
} from './filter-form.ts';

/** One step of the fallbacks as it is chosen. */
export interface FallbackForm {
	/** Of this form alone, for as long as it is open. */
	readonly key: string;
	readonly sites: SiteForm;
}

/** A routing rule as it is typed. Blank fields say nothing. */
export interface RoutingForm extends ProductForm {
	readonly name: string;
	/** Its place in the list, from 1. */
	readonly place: string;
	readonly channels: readonly string[];
	readonly countries: readonly string[];
	readonly valueFrom: string;
	readonly valueTo: string;
	readonly effectiveFrom: string;
	readonly effectiveTo: string;
	readonly prefer: SiteForm;
	readonly preferWorth: string;
	readonly exclude: SiteForm;
	readonly fallbacks: readonly FallbackForm[];
	/** yes, no, or blank. */
	readonly keepTogether: string;
	readonly noSplitBelow: string;
	readonly whenUnfillable: string;
}

export type ReadRoutingRule =
	| { readonly ok: true; readonly rule: RoutingRule; readonly place: number }
	| { readonly ok: false; readonly problems: FormProblems };

const mostCostMinor = 10_000_000;
const nothing: Pick<RoutingRule, 'orders' | 'effect'> = { orders: {}, effect: {} };
const everySite: SiteFilter = { kinds: ['store', 'warehouse', 'supplier'] };
const isBlank = (form: SiteForm) => Object.values(form).every((values) => values.length === 0);

/** The form of a rule, or an empty one. @param place from 1 @param currency of costs and of the value of orders */
export function routingForm(rule: RoutingRule | null, place: number, currency: string): RoutingForm {
	const { orders, effect } = rule ?? nothing;
	const { prefer, exclude, keepTogether } = effect;
	return {
		name: rule?.name ?? '',
		place: String(place),
		channels: orders.channels ?? [],
		countries: orders.countries ?? [],
		...productForm(orders.products ?? {}, currency),
		valueFrom: amountText(orders.valueFromMinor, currency),
		valueTo: amountText(orders.valueToMinor, currency),
		effectiveFrom: rule?.effectiveFrom ?? '',
		effectiveTo: rule?.effectiveTo ?? '',
		prefer: siteForm(prefer?.sites ?? {}),
		preferWorth: amountText(prefer?.worthMinor, currency),
		// Blank says nothing: a filter without a condition is shown as what it means.
		exclude: siteForm(exclude !== undefined && isBlank(siteForm(exclude)) ? everySite : (exclude ?? {})),
		fallbacks: (effect.fallbacks ?? []).map((sites, index) => ({ key: String(index), sites: siteForm(sites) })),
		keepTogether: keepTogether === undefined ? '' : keepTogether ? 'yes' : 'no',
		noSplitBelow: amountText(effect.noSplitBelowMinor, currency),
		whenUnfillable: effect.whenUnfillable ?? '',
	};
}

/** Reads the form: the rule, or what is wrong field by field. Nothing is guessed. @param places how many places the list then has */
export function readRoutingForm(
	form: RoutingForm,
	{ id, places, currency }: { readonly id: string; readonly places: number; readonly currency: string },
): ReadRoutingRule {
	const reader = fieldReader();
	const amount = (field: 'valueFrom' | 'valueTo' | 'preferWorth' | 'noSplitBelow') =>
		reader.amount(field, form[field], currency, mostCostMinor);
	if (form.name.trim() === '') reader.say('name', 'missing');
	const place = reader.whole('place', form.place, places) ?? places;
	const countries = form.countries.map((country) => country.trim().toUpperCase());
	if (countries.some((country) => !/^[A-Z]{2}$/.test(country))) reader.say('countries', 'not_a_country');
	const products = readProductForm(form, reader);
	const [valueFromMinor, valueToMinor] = [amount('valueFrom'), amount('valueTo')];
	reader.inOrder('valueTo', valueFromMinor, valueToMinor);
	const effectiveFrom = reader.day('effectiveFrom', form.effectiveFrom);
	const effectiveTo = reader.day('effectiveTo', form.effectiveTo);
	reader.inOrder('effectiveTo', effectiveFrom, effectiveTo);
	const effect = readEffect(form, amount('preferWorth'), amount('noSplitBelow'));
	if (!isBlank(form.prefer) && form.preferWorth.trim() === '') reader.say('preferWorth', 'missing');
	else if (Object.keys(effect).length === 0 && Object.keys(reader.problems).length === 0)
		reader.say('keepTogether', 'no_effect');
	if (Object.keys(reader.problems).length > 0) return { ok: false, problems: reader.problems };
	return {
		ok: true,
		place: Math.max(1, place),
		rule: {
			id,
			name: form.name.trim(),
			orders: {
				...list('channels', form.channels),
				...list('countries', [...new Set(countries)]),
				...(Object.keys(products).length === 0 ? {} : { products }),
				...given({ valueFromMinor, valueToMinor }),
			},
			...given({ effectiveFrom, effectiveTo }),
			effect,
		},
	};
}

function readEffect(
	{ prefer, exclude, fallbacks, keepTogether, whenUnfillable }: RoutingForm,
	worthMinor: number | undefined,
	noSplitBelowMinor: number | undefined,
): RoutingRule['effect'] {
	const way = unfillableWays.find((each) => each === whenUnfillable);
	return {
		...(worthMinor === undefined ? {} : { prefer: { sites: readSiteForm(prefer), worthMinor } }),
		...(isBlank(exclude) ? {} : { exclude: readSiteForm(exclude) }),
		...list(
			'fallbacks',
			fallbacks.map(({ sites }) => readSiteForm(sites)),
		),
		...(keepTogether === '' ? {} : { keepTogether: keepTogether === 'yes' }),
		...given({ noSplitBelowMinor, whenUnfillable: way }),
	};
}
