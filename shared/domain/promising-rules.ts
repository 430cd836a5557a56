import type { Method } from '../schema/order.ts';
import type { Product } from '../schema/product.ts';
import type { PromisingRule, RuleSet, RuleStatement } from '../schema/promising-rules.ts';
import type { Site } from '../schema/site.ts';

export type RuledProduct = Pick<Product, 'id' | 'department' | 'brand' | 'tracking' | 'price'>;
export type RuledSite = Pick<Site, 'id' | 'kind' | 'town' | 'capabilities'>;

/** What is promised where, over which channel, by which method, on which day (as 2026-11-22, in the site's time zone). */
export interface SiteQuestion {
	readonly site: RuledSite;
	readonly channel: string;
	readonly method: Method;
	readonly on: string;
}
export interface RuleQuestion extends SiteQuestion {
	readonly product: RuledProduct;
}

/** What the rules say. A site's own capabilities and opening hours are not among them. */
export interface RuleEffect {
	/** Kept back: the larger of the units and of the percentage of what is on hand, rounded up. */
	readonly safetyStock: { readonly units: number; readonly percent: number };
	/** Where fewer are left, none is promised. */
	readonly threshold: number;
	readonly eligible: boolean;
	/** The names of the rules that decided it, in their order. */
	readonly because: readonly string[];
}

const unrestricted: RuleEffect = {
	safetyStock: { units: 0, percent: 0 },
	threshold: 0,
	eligible: true,
	because: [],
};

/**
 * What a rule set says about one promise. Of each effect (safety stock, threshold, pickup, ship), the first rule of the list that fits
 * and speaks of it decides; where none does, nothing is kept back and everything is eligible. Rules of which no two speak of the same
 * effect, or fit the same promise, may therefore stand in any order.
 */
export function ruleEffect(ruleSet: RuleSet, question: RuleQuestion): RuleEffect {
	return decideEffect(
		ruleSet.rules.filter((rule) => fits(rule, ruleSet, question)),
		question.method,
	);
}

/** A rule set made ready for many questions: the same answers as `ruleEffect`. */
export interface CompiledRules {
	effect(question: RuleQuestion): RuleEffect;
	/** Answers for one product at many sites. Each site's matching is remembered with the site's object. */
	ofProduct(product: RuledProduct): (question: SiteQuestion) => RuleEffect;
}

interface CompiledRule {
	readonly rule: PromisingRule;
	readonly index: number;
	readonly fitsProduct: (product: RuledProduct) => boolean;
	readonly fitsSite: (site: RuledSite) => boolean;
	readonly channels: ReadonlySet<string> | null;
}

export function compileRules(ruleSet: RuleSet): CompiledRules {
	const rules = ruleSet.rules.map((rule, index): CompiledRule => {
		const { channels } = rule;
		return {
			rule,
			index,
			fitsProduct: productTest(rule),
			fitsSite: siteTest(rule, ruleSet),
			channels: channels === undefined ? null : new Set(channels),
		};
	});
	const known = new WeakMap<RuledSite, Uint8Array>();
	const rulesAt = (site: RuledSite): Uint8Array => {
		const found = known.get(site);
		if (found !== undefined) return found;
		const matching = Uint8Array.from(rules, ({ fitsSite }) => (fitsSite(site) ? 1 : 0));
		known.set(site, matching);
		return matching;
	};
	const ofProduct: CompiledRules['ofProduct'] = (product) => {
		const own = rules.filter(({ fitsProduct }) => fitsProduct(product));
		if (own.length === 0) return () => unrestricted;
		return ({ site, channel, method, on }) => {
			const atSite = rulesAt(site);
			const fitting: PromisingRule[] = [];
			for (const { rule, index, channels } of own) {
				if (atSite[index] === 1 && (channels === null || channels.has(channel)) && isInEffect(rule, on))
					fitting.push(rule);
			}
			return decideEffect(fitting, method);
		};
	};
	return { ofProduct, effect: ({ product, ...question }) => ofProduct(product)(question) };
}

/** Whether a rule is in effect on a day. */
export function isInEffect(rule: Pick<PromisingRule, 'effectiveFrom' | 'effectiveTo'>, on: string): boolean {
	const { effectiveFrom, effectiveTo } = rule;
	return (effectiveFrom === undefined || effectiveFrom <= on) && (effectiveTo === undefined || on <= effectiveTo);
}

function decideEffect(fitting: readonly PromisingRule[], method: Method): RuleEffect {
	if (fitting.length === 0) return unrestricted;
	let safety: RuleStatement['safetyStock'];
	let threshold: RuleStatement['threshold'];
	let eligibility: RuleStatement[Method];
	const because: string[] = [];
	for (const { name, effect } of fitting) {
		const saysSafety = safety === undefined && effect.safetyStock !== undefined;
		const saysThreshold = threshold === undefined && effect.threshold !== undefined;
		const saysEligible = eligibility === undefined && effect[method] !== undefined;
		if (saysSafety) safety = effect.safetyStock;
		if (saysThreshold) threshold = effect.threshold;
		if (saysEligible) eligibility = effect[method];
		if (saysSafety || saysThreshold || saysEligible) because.push(name);
	}
	return {
		safetyStock: { units: safety?.units ?? 0, percent: safety?.percent ?? 0 },
		threshold: threshold ?? 0,
		eligible: eligibility !== 'not_eligible',
		because,
	};
}

function fits(rule: PromisingRule, ruleSet: RuleSet, { product, site, channel, on }: RuleQuestion): boolean {
	return (
		isInEffect(rule, on) &&
		(rule.channels === undefined || rule.channels.includes(channel)) &&
		productTest(rule)(product) &&
		siteTest(rule, ruleSet)(site)
	);
}

const among = (list: readonly string[] | undefined): ((value: string) => boolean) => {
	if (list === undefined) return () => true;
	const values = new Set(list);
	return (value) => values.has(value);
};

/** Whether a product is one of those that a rule is about. */
export function productTest({ products }: Pick<PromisingRule, 'products'>): (product: RuledProduct) => boolean {
	const isSku = among(products.skus);
	const isDepartment = among(products.departments);
	const isBrand = among(products.brands);
	const isTracking = among(products.tracking);
	const { price } = products;
	const isPrice = (own: Product['price']) =>
		price === undefined ||
		(own.currency === price.currency &&
			own.minor >= (price.fromMinor ?? 0) &&
			own.minor <= (price.toMinor ?? Number.POSITIVE_INFINITY));
	return (product) =>
		isSku(product.id) &&
		isDepartment(product.department) &&
		isBrand(product.brand) &&
		isTracking(product.tracking) &&
		isPrice(product.price);
}

/** Whether a site is one of those that a rule is about. */
export function siteTest(
	{ siteGroup }: Pick<PromisingRule, 'siteGroup'>,
	{ groups }: Pick<RuleSet, 'groups'>,
): (site: RuledSite) => boolean {
	const { siteIds, kinds, towns, capabilities } = siteGroup;
	const inGroups = siteGroup.groups?.flatMap((name) => groups.find((group) => group.name === name)?.siteIds ?? []);
	const isNamed = among(
		siteIds === undefined && inGroups === undefined ? undefined : [...(siteIds ?? []), ...(inGroups ?? [])],
	);
	const isKind = among(kinds);
	const isTown = among(towns);
	return (site) =>
		isNamed(site.id) &&
		isKind(site.kind) &&
		isTown(site.town) &&
		(capabilities ?? []).every((capability) => site.capabilities.includes(capability));
}

/** Units of what is on hand that are kept back. */
export function safetyUnits({ safetyStock }: Pick<RuleEffect, 'safetyStock'>, onHand: number): number {
	return Math.max(safetyStock.units, Math.ceil((Math.max(0, onHand) * safetyStock.percent) / 100));
}

/**
 * Units that may be promised under the rules: never below zero, and never more than what is on hand and not claimed.
 * @param onHand units that are available, of which `claimed` are given away already (reservations, selling rights)
 */
export function promisableUnits(effect: RuleEffect, onHand: number, claimed = 0): number {
	if (!effect.eligible) return 0;
	const left = onHand - claimed - safetyUnits(effect, onHand);
	return left <= 0 || left < effect.threshold ? 0 : left;
}

/** The calendar day of an instant by time zone, as `on` wants it; each zone is reckoned once. */
export function localDays(instant: string): (timeZone: string) => string {
	const at = Temporal.Instant.from(instant);
	const days = new Map<string, string>();
	return (timeZone) => {
		const known = days.get(timeZone);
		if (known !== undefined) return known;
		const day = at.toZonedDateTimeISO(timeZone).toPlainDate().toString();
		days.set(timeZone, day);
		return day;
	};
}
