import { setImmediate as breathe } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { isDay } from '../../../shared/domain/check-rules.ts';
import { compileRules, localDays } from '../../../shared/domain/promising-rules.ts';
import type { PreviewQuestion, RulesPreview } from '../../../shared/protocol/rules-messages.ts';
import type { RuleSet } from '../../../shared/schema/promising-rules.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';
import { listSites } from '../routing/sites.ts';
import { type Changed, faultsIn, type Parts } from './change-rules.ts';
import { checkRuleSet } from './check-rule-set.ts';
import { type PreviewPosition, type PreviewProduct, type Way, WayTally, waysOf } from './preview-tally.ts';
import { readVersions } from './rule-versions.ts';

/** So many positions are looked at before others get their turn. */
const positionsAtOnce = 2000;

/**
 * What a rule set would do to what can be sold of the stock that is there now, compared with the published rules. Without a rule set, the
 * draft is looked at. Nothing is changed and nothing is locked; what is coming is not looked at.
 */
export async function previewRules(
	{ db, clock }: Parts,
	question: PreviewQuestion,
	asked?: RuleSet,
): Promise<Changed<RulesPreview>> {
	const { on } = question;
	if (on !== undefined && !isDay(on)) {
		const problem = { error: 'no_such_day', message: `There is no day "${on}".`, where: '/on' };
		return { done: false, status: 400, problem };
	}
	const { published, draft } = await readVersions(db);
	const after = asked ?? draft ?? published;
	const now = clock.now();
	const { faults, warnings } = await checkRuleSet(db, after, now.toZonedDateTimeISO('UTC').toPlainDate().toString());
	if (faults.length > 0) return faultsIn(faults);
	const days = localDays(now.toString());
	const dayAt = (site: Site) => on ?? days(site.timeZone);
	const [sites, products] = [await listSites(db), await readProducts(db)];
	const [compiledBefore, compiledAfter] = [compileRules(published), compileRules(after)];
	const tallies = waysOf(published, after).map((way) => new WayTally(way, compiledBefore, compiledAfter, dayAt));
	const positions = await readPositions(db, now.toString(), sites, products);
	let looked = 0;
	for (const [product, own] of positions) {
		for (const tally of tallies) tally.add(product, own);
		if (Math.floor(looked / positionsAtOnce) < Math.floor((looked + own.length) / positionsAtOnce)) await breathe();
		looked += own.length;
	}
	const shown = chooseShown(tallies, question);
	const value: RulesPreview = {
		asOf: now.toString(),
		baseVersion: published.version,
		positions: looked,
		ways: tallies.map(({ summary }) => summary),
		shown: shown.way,
		...shown.tables,
		promises: {
			...shown.promises,
			...(await countOpenOrders(db, shown.way, {
				sites,
				products,
				compiledBefore,
				compiledAfter,
				dayAt,
				published,
				after,
			})),
		},
		warnings: [...warnings],
	};
	return { done: true, value };
}

function chooseShown(tallies: readonly WayTally[], { channel, method }: PreviewQuestion): WayTally {
	const asked = tallies.filter(
		({ way }) => (channel === undefined || way.channel === channel) && (method === undefined || way.method === method),
	);
	// A channel that no rule names is one of all others.
	const others = tallies.filter(({ way }) => way.channel === null && (method === undefined || way.method === method));
	const all = asked.length > 0 ? asked : others;
	return all.reduce((most, tally) => (tally.changedUnits > most.changedUnits ? tally : most));
}

async function readProducts(db: Kysely<Tables>): Promise<ReadonlyMap<string, PreviewProduct>> {
	const { rows } = await sql<PreviewProduct>`
		SELECT sku AS id, body ->> 'name' AS name, body ->> 'department' AS department, body ->> 'brand' AS brand,
			body ->> 'tracking' AS tracking, body -> 'price' AS price FROM product`.execute(db);
	return new Map(rows.map((product) => [product.id, product]));
}

/** Every position with something on hand, by product. */
async function readPositions(
	db: Kysely<Tables>,
	now: string,
	sites: readonly Site[],
	products: ReadonlyMap<string, PreviewProduct>,
): Promise<ReadonlyMap<PreviewProduct, readonly PreviewPosition[]>> {
	const { rows } = await sql<{ site_id: string; sku: string; on_hand: number; reserved: number; rights: number }>`
		SELECT site_id, sku, CASE WHEN doubt.sku IS NULL THEN available ELSE 0 END AS on_hand,
			coalesce(claim.reserved, 0)::bigint AS reserved, coalesce(claim.rights, 0)::bigint AS rights
		FROM stock_position
		LEFT JOIN stock_doubt AS doubt USING (site_id, sku)
		LEFT JOIN (
			SELECT site_id, sku, sum(units) FILTER (WHERE kind = 'reservation') AS reserved,
				sum(units) FILTER (WHERE kind = 'right') AS rights
			FROM stock_claim WHERE expires_at IS NULL OR expires_at > ${now}::timestamptz GROUP BY site_id, sku
		) AS claim USING (site_id, sku)
		WHERE available > 0`.execute(db);
	const siteById = new Map(sites.map((site) => [site.id, site]));
	const byProduct = new Map<PreviewProduct, PreviewPosition[]>();
	for (const { site_id, sku, on_hand, reserved, rights } of rows) {
		const site = siteById.get(site_id);
		const product = products.get(sku);
		if (site === undefined || product === undefined || site.kind === 'supplier') continue;
		const position = { site, product, onHand: on_hand, reserved, rights };
		const own = byProduct.get(product);
		if (own === undefined) byProduct.set(product, [position]);
		else own.push(position);
	}
	return byProduct;
}

/** Open work at sites that would not be eligible for it any more: it goes on. */
async function countOpenOrders(
	db: Kysely<Tables>,
	{ channel, method }: Way,
	parts: {
		readonly sites: readonly Site[];
		readonly products: ReadonlyMap<string, PreviewProduct>;
		readonly compiledBefore: ReturnType<typeof compileRules>;
		readonly compiledAfter: ReturnType<typeof compileRules>;
		readonly dayAt: (site: Site) => string;
		readonly published: RuleSet;
		readonly after: RuleSet;
	},
): Promise<Pick<RulesPreview['promises'], 'fulfillmentOrders' | 'fulfillmentUnits'>> {
	const { sites, products, compiledBefore, compiledAfter, dayAt, published, after } = parts;
	const speaks = [published, after].some(({ rules }) => rules.some(({ effect }) => effect[method] !== undefined));
	if (!speaks) return { fulfillmentOrders: 0, fulfillmentUnits: 0 };
	const named = waysOf(published, after).flatMap((way) => (way.channel === null ? [] : [way.channel]));
	const { rows } = await sql<{ id: string; site_id: string; channel: string; sku: string; units: number }>`
		SELECT fulfillment.id, fulfillment.site_id, customer_order.channel, line.sku,
			(line.quantities ->> 'toPick')::bigint + (line.quantities ->> 'picked')::bigint AS units
		FROM fulfillment_order AS fulfillment
		JOIN customer_order ON customer_order.id = fulfillment.order_id
		CROSS JOIN LATERAL jsonb_to_recordset(fulfillment.body -> 'lines') AS line (sku text, quantities jsonb)
		WHERE fulfillment.state IN ('assigned', 'picking', 'picked') AND fulfillment.body ->> 'method' = ${method}
			AND CASE WHEN ${channel}::text IS NULL THEN customer_order.channel <> ALL (${named}::text[])
				ELSE customer_order.channel = ${channel} END`.execute(db);
	const siteById = new Map(sites.map((site) => [site.id, site]));
	const orders = new Set<string>();
	let fulfillmentUnits = 0;
	for (const { id, site_id, sku, units, channel: own } of rows) {
		const [site, product] = [siteById.get(site_id), products.get(sku)];
		if (site === undefined || product === undefined || units === 0) continue;
		const question = { product, site, channel: own, method, on: dayAt(site) };
		if (compiledAfter.effect(question).eligible || !compiledBefore.effect(question).eligible) continue;
		orders.add(id);
		fulfillmentUnits += units;
	}
	return { fulfillmentOrders: orders.size, fulfillmentUnits };
}
