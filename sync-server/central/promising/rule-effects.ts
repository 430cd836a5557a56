import { type Kysely, sql } from 'kysely';
import {
	type CompiledRules,
	localDays,
	type RuledProduct,
	type RuleEffect,
} from '../../../shared/domain/promising-rules.ts';
import type { Method } from '../../../shared/schema/order.ts';
import type { Product } from '../../../shared/schema/product.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';
import { currentRules } from '../rules/current-rules.ts';

/** What the rules say about promising a SKU from a site. */
export type EffectAt = (siteId: string, sku: string) => RuleEffect | null;

export interface RuleEffectsInput {
	readonly products: ReadonlyMap<string, RuledProduct>;
	readonly sites: readonly Site[];
	readonly at: string;
}

/**
 * Reads the published rules, as this transaction sees them.
 * @returns what they say of promises over a channel by a method; null of products and sites that are not among those given
 */
export async function readRuleEffects(
	db: Kysely<Tables>,
	input: RuleEffectsInput,
): Promise<(channel: string, method: Method) => EffectAt> {
	return ruleEffects(await currentRules(db), input);
}

/** What some rules say, in the same way. */
export function ruleEffects(
	rules: CompiledRules,
	{ products, sites, at }: RuleEffectsInput,
): (channel: string, method: Method) => EffectAt {
	const dayIn = localDays(at);
	const sitesById = new Map(sites.map((site) => [site.id, site]));
	const effects = new Map([...products].map(([sku, product]) => [sku, rules.ofProduct(product)]));
	return (channel, method) => (siteId, sku) => {
		const site = sitesById.get(siteId);
		return (site && effects.get(sku)?.({ site, channel, method, on: dayIn(site.timeZone) })) ?? null;
	};
}

/** The products of those SKUs that are in the catalog. */
export async function readProducts(db: Kysely<Tables>, skus: readonly string[]): Promise<ReadonlyMap<string, Product>> {
	const rows = await db
		.selectFrom('product')
		.select(['sku', 'body'])
		.where('sku', '=', sql<string>`ANY (${[...new Set(skus)]}::text[])`)
		.execute();
	return new Map(rows.map(({ sku, body }) => [sku, body]));
}

/** What the published rules say of promises at one site. */
export async function readSiteEffects(
	db: Kysely<Tables>,
	siteId: string,
	skus: readonly string[],
	at: string,
): Promise<(channel: string, method: Method) => EffectAt> {
	const sites = await db.selectFrom('site').select('body').where('id', '=', siteId).execute();
	const products = await readProducts(db, skus);
	return readRuleEffects(db, { products, sites: sites.map(({ body }) => body), at });
}
