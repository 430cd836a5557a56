import type { PromisingRule, RuleSet } from '../../../../shared/schema/promising-rules.ts';

type Filter<Part extends 'products' | 'siteGroup', Field extends keyof PromisingRule[Part]> = NonNullable<
	PromisingRule[Part][Field]
>;

/** A rule as it is typed. Blank fields say nothing. */
export interface RuleForm {
	readonly name: string;
	/** Its place in the list, from 1. */
	readonly place: string;
	readonly skus: string;
	readonly departments: readonly string[];
	readonly brands: readonly string[];
	readonly tracking: readonly string[];
	readonly currency: string;
	readonly priceFrom: string;
	readonly priceTo: string;
	readonly siteIds: readonly string[];
	readonly groups: readonly string[];
	readonly kinds: readonly string[];
	readonly towns: readonly string[];
	readonly capabilities: readonly string[];
	readonly channels: readonly string[];
	readonly effectiveFrom: string;
	readonly effectiveTo: string;
	readonly units: string;
	readonly percent: string;
	readonly threshold: string;
	readonly pickup: string;
	readonly ship: string;
}

export type FormProblem =
	| 'missing'
	| 'not_whole'
	| 'too_big'
	| 'not_a_price'
	| 'no_such_day'
	| 'ends_before'
	| 'no_effect';
export type FormProblems = Readonly<Partial<Record<keyof RuleForm, FormProblem>>>;
export type ReadRule =
	| { readonly ok: true; readonly rule: PromisingRule; readonly place: number }
	| { readonly ok: false; readonly problems: FormProblems };

const blank: RuleForm = {
	name: '',
	place: '',
	skus: '',
	departments: [],
	brands: [],
	tracking: [],
	currency: '',
	priceFrom: '',
	priceTo: '',
	siteIds: [],
	groups: [],
	kinds: [],
	towns: [],
	capabilities: [],
	channels: [],
	effectiveFrom: '',
	effectiveTo: '',
	units: '',
	percent: '',
	threshold: '',
	pickup: '',
	ship: '',
};

/** The form of a rule, or an empty one. @param place from 1 */
export function formOf(rule: PromisingRule | null, place: number, currency: string): RuleForm {
	if (rule === null) return { ...blank, place: String(place), currency };
	const { products, siteGroup, effect } = rule;
	const { price } = products;
	const digits = digitsOf(price?.currency ?? currency);
	const amount = (minor: number | undefined) => (minor === undefined ? '' : (minor / 10 ** digits).toFixed(digits));
	const text = (units: number | undefined) => (units === undefined ? '' : String(units));
	return {
		name: rule.name,
		place: String(place),
		skus: (products.skus ?? []).join(' '),
		departments: products.departments ?? [],
		brands: products.brands ?? [],
		tracking: products.tracking ?? [],
		currency: price?.currency ?? currency,
		priceFrom: amount(price?.fromMinor),
		priceTo: amount(price?.toMinor),
		siteIds: siteGroup.siteIds ?? [],
		groups: siteGroup.groups ?? [],
		kinds: siteGroup.kinds ?? [],
		towns: siteGroup.towns ?? [],
		capabilities: siteGroup.capabilities ?? [],
		channels: rule.channels ?? [],
		effectiveFrom: rule.effectiveFrom ?? '',
		effectiveTo: rule.effectiveTo ?? '',
		units: text(effect.safetyStock?.units),
		percent: text(effect.safetyStock?.percent),
		threshold: text(effect.threshold),
		pickup: effect.pickup ?? '',
		ship: effect.ship ?? '',
	};
}

const mostUnits = 10_000;

/** Reads the form: the rule, or what is wrong field by field. Nothing is guessed. @param places how many places the list then has */
export function readRuleForm(form: RuleForm, id: string, places: number): ReadRule {
	const problems: { -readonly [field in keyof RuleForm]?: FormProblem } = {};
	const whole = (field: 'units' | 'percent' | 'threshold' | 'place', most: number) => {
		const text = form[field].trim();
		if (text === '') return undefined;
		if (!/^\d{1,9}$/.test(text)) problems[field] = 'not_whole';
		else if (Number(text) > most) problems[field] = 'too_big';
		else return Number(text);
		return undefined;
	};
	const minor = (field: 'priceFrom' | 'priceTo') => {
		const text = form[field].trim().replace(',', '.');
		if (text === '') return undefined;
		const digits = digitsOf(form.currency);
		const pattern = digits === 0 ? /^\d{1,8}$/ : new RegExp(`^\\d{1,6}(\\.\\d{1,${digits}})?$`);
		if (pattern.test(text)) return Math.round(Number(text) * 10 ** digits);
		problems[field] = 'not_a_price';
		return undefined;
	};
	const day = (field: 'effectiveFrom' | 'effectiveTo') => {
		const text = form[field].trim();
		if (text === '' || isDay(text)) return text || undefined;
		problems[field] = 'no_such_day';
		return undefined;
	};
	if (form.name.trim() === '') problems.name = 'missing';
	const place = whole('place', places) ?? places;
	const [units, percent, threshold] = [whole('units', mostUnits), whole('percent', 100), whole('threshold', mostUnits)];
	const [fromMinor, toMinor] = [minor('priceFrom'), minor('priceTo')];
	const [effectiveFrom, effectiveTo] = [day('effectiveFrom'), day('effectiveTo')];
	if (effectiveFrom !== undefined && effectiveTo !== undefined && effectiveFrom > effectiveTo) {
		problems.effectiveTo = 'ends_before';
	}
	if (fromMinor !== undefined && toMinor !== undefined && fromMinor > toMinor) problems.priceTo = 'ends_before';
	const saysNothing = [form.units, form.percent, form.threshold, form.pickup, form.ship].every(
		(each) => each.trim() === '',
	);
	if (saysNothing) problems.units = 'no_effect';
	if (Object.keys(problems).length > 0) return { ok: false, problems };
	const skus = [...new Set(form.skus.split(/[\s,;]+/).filter((sku) => sku !== ''))];
	const hasPrice = fromMinor !== undefined || toMinor !== undefined;
	const hasSafety = units !== undefined || percent !== undefined;
	return {
		ok: true,
		place: Math.max(1, place),
		rule: {
			id,
			name: form.name.trim(),
			products: {
				...list('skus', skus),
				...list('departments', form.departments),
				...list('brands', form.brands),
				...list('tracking', form.tracking as Filter<'products', 'tracking'>),
				...(hasPrice ? { price: { currency: form.currency, ...given({ fromMinor, toMinor }) } } : {}),
			},
			siteGroup: {
				...list('siteIds', form.siteIds),
				...list('groups', form.groups),
				...list('kinds', form.kinds as Filter<'siteGroup', 'kinds'>),
				...list('towns', form.towns),
				...list('capabilities', form.capabilities as Filter<'siteGroup', 'capabilities'>),
			},
			...list('channels', form.channels),
			...given({ effectiveFrom, effectiveTo }),
			effect: {
				...(hasSafety ? { safetyStock: given({ units, percent }) } : {}),
				...given({ threshold }),
				...eligibility('pickup', form.pickup),
				...eligibility('ship', form.ship),
			},
		},
	};
}

/** The rule set with a rule at a place; one with the same id is replaced. */
export function withRule({ rules, groups }: RuleSet, rule: PromisingRule, place: number): RuleSet {
	return { rules: rules.filter(({ id }) => id !== rule.id).toSpliced(place - 1, 0, rule), groups };
}

export function withoutRule({ rules, groups }: RuleSet, ruleId: string): RuleSet {
	return { rules: rules.filter(({ id }) => id !== ruleId), groups };
}

function list<Name extends string, Value>(name: Name, values: readonly Value[]) {
	return (values.length === 0 ? {} : { [name]: [...values] }) as { readonly [name in Name]?: Value[] };
}

function given<T extends object>(fields: T): { [field in keyof T]?: NonNullable<T[field]> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[field in keyof T]?: NonNullable<T[field]>;
	};
}

function eligibility<Name extends 'pickup' | 'ship'>(name: Name, value: string) {
	return (value === 'eligible' || value === 'not_eligible' ? { [name]: value } : {}) as {
		readonly [name in Name]?: 'eligible' | 'not_eligible';
	};
}

function isDay(text: string): boolean {
	try {
		return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
	} catch {
		return false;
	}
}

/** Digits behind the point of a currency's amounts. */
function digitsOf(currency: string): number {
	const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency === '' ? 'GBP' : currency });
	return format.resolvedOptions().maximumFractionDigits ?? 2;
}
