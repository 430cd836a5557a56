import { type Kysely, sql } from 'kysely';
import {
	type KnownNames,
	type RuleFaultCode,
	type RuleRemark,
	type RuleWarningCode,
	ruleFaults,
	ruleWarnings,
} from '../../../shared/domain/check-rules.ts';
import type { Problem } from '../../../shared/protocol/messages.ts';
import type { RuleSet } from '../../../shared/schema/promising-rules.ts';
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
	unknown_group: (value) => `The rule set has no group "${value}".`,
	no_such_day: (value) => `There is no day "${value}".`,
	from_after_to: (value) => `The rule ends before it begins: ${value}.`,
	price_from_above_to: (value) => `No price is in this range: ${value}.`,
};
const warningWords: Readonly<Record<RuleWarningCode, (value: string) => string>> = {
	everything: () => 'It has no condition: it is about every product at every site on every channel.',
	over: (value) => `Its last day, ${value}, has gone.`,
	never_heard: (value) => `"${value}", above it, decides everything that it speaks of.`,
	unknown_channel: (value) => `No order has ever come over the channel "${value}".`,
	keeps_all_back: () => 'It keeps everything back: nothing can be promised of what it is about.',
	unused_group: () => 'No rule uses this group of sites.',
};

/** A remark with its words. */
export interface WordedRemark extends RuleRemark<string> {
	readonly message: string;
}

export interface CheckedRules {
	readonly faults: readonly WordedRemark[];
	readonly warnings: readonly WordedRemark[];
}

/** What is wrong with a rule set, and what is seldom meant, by the catalog, the sites and the channels that are known. */
export async function checkRuleSet(db: Kysely<Tables>, ruleSet: RuleSet, today: string): Promise<CheckedRules> {
	const known = await readKnownNames(db, ruleSet);
	const worded = <Code extends string>(
		remarks: readonly RuleRemark<Code>[],
		words: Readonly<Record<Code, (value: string) => string>>,
	) => remarks.map((remark) => ({ ...remark, message: `${remark.name}: ${words[remark.code](remark.value ?? '')}` }));
	return {
		faults: worded(ruleFaults(ruleSet, known), faultWords),
		warnings: worded(ruleWarnings(ruleSet, known, today), warningWords),
	};
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

async function readKnownNames(db: Kysely<Tables>, ruleSet: RuleSet): Promise<KnownNames> {
	const named = (pick: (rule: RuleSet['rules'][number]) => readonly string[] | undefined) => [
		...new Set(ruleSet.rules.flatMap((rule) => pick(rule) ?? [])),
	];
	const { rows } = await sql<{ kind: 'sku' | 'department' | 'brand' | 'site' | 'town' | 'channel'; name: string }>`
		SELECT 'sku' AS kind, sku AS name FROM product WHERE sku = ANY (${named(({ products }) => products.skus)}::text[])
		UNION ALL SELECT DISTINCT 'department', body ->> 'department' FROM product
			WHERE body ->> 'department' = ANY (${named(({ products }) => products.departments)}::text[])
		UNION ALL SELECT DISTINCT 'brand', body ->> 'brand' FROM product
			WHERE body ->> 'brand' = ANY (${named(({ products }) => products.brands)}::text[])
		UNION ALL SELECT 'site', id FROM site
		UNION ALL SELECT DISTINCT 'town', body ->> 'town' FROM site
		UNION ALL SELECT 'channel', asked.name FROM unnest(${named(({ channels }) => channels)}::text[]) AS asked (name)
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
