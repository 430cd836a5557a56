import { type Kysely, sql } from 'kysely';
import type {
	KnownNames,
	RuleFault,
	RuleFaultCode,
	RuleRemark,
	RuleWarning,
	RuleWarningCode,
} from '../../../shared/domain/check-rule-parts.ts';
import type { Problem } from '../../../shared/protocol/messages.ts';
import type { ProductFilter } from '../../../shared/schema/promising-rules.ts';
import type { Tables } from '../../database/tables.ts';

const faultWords: Readonly<Record<RuleFaultCode, (value: string) => string>> = {
	duplicate_id: (value) => `Two rules have the id "${value}".`,
	duplicate_name: (value) => `Two rules have the name "${value}".`,
	duplicate_group: (value) => `Two groups have the name "${value}".`,
	unknown_sku: (value) => `The SKU "${value}" is not in the catalog.`,
	unknown_department: (value) => `No product is in the department "${value}".`,
	unknown_brand: (value) => `No product is of the brand "${value}".`,
	unknown_site: (value) => `There is no site "${value}".`,
	unknown_town: (value) => `There is no site in "${value}".`,
	unknown_group: (value) => `There is no group "${value}".`,
	no_such_day: (value) => `There is no day "${value}".`,
	from_after_to: (value) => `The rule ends before it begins: ${value}.`,
	price_from_above_to: (value) => `No price is in this range: ${value}.`,
	value_from_above_to: (value) => `No order has a value in this range of minor units: ${value}.`,
	zones_not_ascending: (value) =>
		value === ''
			? 'Only the last zone may be without an end.'
			: `The zone ends at ${value} km, no farther away than the one before it.`,
	last_zone_ends: (value) => `The last zone ends at ${value} km; it must be without an end.`,
};
const warningWords: Readonly<Record<RuleWarningCode, (value: string) => string>> = {
	everything: () => 'It has no condition: it is about every product at every site on every channel.',
	over: (value) => `Its last day, ${value}, has gone.`,
	never_heard: (value) => `"${value}", above it, decides everything that it speaks of.`,
	unknown_channel: (value) => `No order has ever come over the channel "${value}".`,
	keeps_all_back: () => 'It keeps everything back: nothing can be promised of what it is about.',
	unused_group: () => 'No rule uses this group of sites.',
	excludes_every_site: () => 'No site that ships is left for its orders: they would stay unfilled.',
	unknown_currency: (value) => `No product has a price in ${value}.`,
};

/** A remark with its words. */
export interface WordedRemark extends RuleRemark<string> {
	readonly message: string;
}

export interface CheckedRules {
	readonly faults: readonly WordedRemark[];
	readonly warnings: readonly WordedRemark[];
}

/** Faults and warnings, each with its words. */
export function wordedRules(faults: readonly RuleFault[], warnings: readonly RuleWarning[]): CheckedRules {
	const worded = <Code extends string>(
		remarks: readonly RuleRemark<Code>[],
		words: Readonly<Record<Code, (value: string) => string>>,
	) => remarks.map((remark) => ({ ...remark, message: `${remark.name}: ${words[remark.code](remark.value ?? '')}` }));
	return { faults: worded(faults, faultWords), warnings: worded(warnings, warningWords) };
}

/** The first fault as a problem, with the number of the others. */
export function problemOfFaults(faults: readonly WordedRemark[]): Problem {
	const first = faults[0] ?? { code: 'invalid', where: '/', message: 'The rules do not fit.' };
	const more = faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`;
	return {
		error: first.code,
		message: `${first.message}${more}`.slice(0, 2000),
		where: first.where,
		whatToDo: 'Correct it, and save the draft again. Nothing was changed.',
	};
}

/** What rules name and central may not know. */
export interface NamedInRules {
	readonly products: readonly ProductFilter[];
	readonly channels: readonly string[];
}

/** The catalog, the sites and the channels as far as rules name them. */
export async function readKnownNames(db: Kysely<Tables>, { products, channels }: NamedInRules): Promise<KnownNames> {
	const named = (pick: (filter: ProductFilter) => readonly string[] | undefined) => [
		...new Set(products.flatMap((filter) => pick(filter) ?? [])),
	];
	const { rows } = await sql<{ kind: 'sku' | 'department' | 'brand' | 'site' | 'town' | 'channel'; name: string }>`
		SELECT 'sku' AS kind, sku AS name FROM product WHERE sku = ANY (${named(({ skus }) => skus)}::text[])
		UNION ALL SELECT DISTINCT 'department', body ->> 'department' FROM product
			WHERE body ->> 'department' = ANY (${named(({ departments }) => departments)}::text[])
		UNION ALL SELECT DISTINCT 'brand', body ->> 'brand' FROM product
			WHERE body ->> 'brand' = ANY (${named(({ brands }) => brands)}::text[])
		UNION ALL SELECT 'site', id FROM site
		UNION ALL SELECT DISTINCT 'town', body ->> 'town' FROM site
		UNION ALL SELECT 'channel', asked.name FROM unnest(${[...new Set(channels)]}::text[]) AS asked (name)
			WHERE EXISTS (SELECT FROM customer_order WHERE channel = asked.name)`.execute(db);
	const byKind = Map.groupBy(rows, ({ kind }) => kind);
	const isKnown = (kind: (typeof rows)[number]['kind']) => {
		const names = new Set((byKind.get(kind) ?? []).map(({ name }) => name));
		return (name: string) => names.has(name);
	};
	return {
		isSku: isKnown('sku'),
		isDepartment: isKnown('department'),
		isBrand: isKnown('brand'),
		isSite: isKnown('site'),
		isTown: isKnown('town'),
		isChannel: isKnown('channel'),
	};
}

/** Whether the price of any product is in a currency. */
export async function readKnownCurrency(db: Kysely<Tables>, currency: string): Promise<boolean> {
	const { rows } = await sql`SELECT FROM product WHERE body #>> '{price,currency}' = ${currency} LIMIT 1`.execute(db);
	return rows.length > 0;
}
