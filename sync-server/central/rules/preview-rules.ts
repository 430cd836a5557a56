import { setImmediate as breathe } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { isDay } from '../../../shared/domain/check-rule-parts.ts';
import { compileRules, localDays } from '../../../shared/domain/promising-rules.ts';
import type { PreviewQuestion, RulesPreview } from '../../../shared/protocol/rules-messages.ts';
import type { RuleSet } from '../../../shared/schema/promising-rules.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Tables } from '../../database/tables.ts';
import { listSites } from '../routing/sites.ts';
import { type Changed, faultsIn, type Parts } from './change-rules.ts';
import { type PreviewPosition, type PreviewProduct, type Way, WayTally, waysOf } from './preview-tally.ts';
import { promisingSubject } from './promising-subject.ts';
import { readVersions } from './rule-versions.ts';

/** So many positions are read and looked at before others get their turn: a few milliseconds of work. */
const positionsAtOnce = 1000;
const mostSkusAtOnce = 500;

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
	const { published, draft } = await readVersions(promisingSubject, db);
	const after = asked ?? draft ?? published;
	const now = clock.now();
	const today = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
	const { faults, warnings } = await promisingSubject.check(db, after, today);
	if (faults.length > 0) return faultsIn(faults);
	const days = localDays(now.toString());
	const dayAt = (site: Site) => on ?? days(site.timeZone);
	const sites = await listSites(db);
	const [compiledBefore, compiledAfter] = [compileRules(published), compileRules(after)];
	const tallies = waysOf(published, after).map((way) => new WayTally(way, compiledBefore, compiledAfter, dayAt));
	let looked = 0;
	for await (const [product, own] of readStock(db, now.toString(), sites)) {
		for (const tally of tallies) tally.add(product, own);
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

const productColumns = `sku AS id, body ->> 'name' AS name, body ->> 'department' AS department, body ->> 'brand' AS brand,
	body ->> 'tracking' AS tracking, body -> 'price' AS price`;

async function readProducts(db: Kysely<Tables>, skus: readonly string[]): Promise<ReadonlyMap<string, PreviewProduct>> {
	const { rows } = await sql<PreviewProduct>`
		SELECT ${sql.raw(productColumns)} FROM product WHERE sku = ANY (${[...new Set(skus)]}::text[])`.execute(db);
	return new Map(rows.map((product) => [product.id, product]));
}

interface PositionRow {
	readonly site_id: string;
	readonly sku: string;
	readonly on_hand: number;
	readonly reserved: number;
	readonly rights: number;
}

/** Every position with something on hand, by product; some products at a time, so that nobody else waits for all of them. */
async function* readStock(
	db: Kysely<Tables>,
	now: string,
	sites: readonly Site[],
): AsyncGenerator<readonly [PreviewProduct, readonly PreviewPosition[]]> {
	const siteById = new Map(sites.map((site) => [site.id, site]));
	let last = '';
	let atOnce = 20;
	for (;;) {
		const { rows: products } = await sql<PreviewProduct>`
			SELECT ${sql.raw(productColumns)} FROM product WHERE sku > ${last} ORDER BY sku LIMIT ${atOnce}`.execute(db);
		if (products.length === 0) return;
		last = products.at(-1)?.id ?? last;
		const rows = await readPositions(
			db,
			now,
			products.map(({ id }) => id),
		);
		const bySku = Map.groupBy(rows, ({ sku }) => sku);
		for (const product of products) {
			const own = (bySku.get(product.id) ?? []).flatMap((row): PreviewPosition[] => {
				const site = siteById.get(row.site_id);
				if (site === undefined || site.kind === 'supplier') return [];
				return [{ site, product, onHand: row.on_hand, reserved: row.reserved, rights: row.rights }];
			});
			if (own.length > 0) yield [product, own];
		}
		await breathe();
		const each = Math.max(1, rows.length / products.length);
		atOnce = Math.max(1, Math.min(mostSkusAtOnce, 2 * atOnce, Math.round(positionsAtOnce / each)));
	}
}

async function readPositions(
	db: Kysely<Tables>,
	now: string,
	skus: readonly string[],
): Promise<readonly PositionRow[]> {
	const { rows } = await sql<PositionRow>`
		SELECT site_id, sku, CASE WHEN doubt.sku IS NULL THEN available ELSE 0 END AS on_hand,
			coalesce(claim.reserved, 0)::bigint AS reserved, coalesce(claim.rights, 0)::bigint AS rights
		FROM stock_position
		LEFT JOIN stock_doubt AS doubt USING (site_id, sku)
		LEFT JOIN (
			SELECT site_id, sku, sum(units) FILTER (WHERE kind = 'reservation') AS reserved,
				sum(units) FILTER (WHERE kind = 'right') AS rights
			FROM stock_claim WHERE sku = ANY (${skus}::text[]) AND (expires_at IS NULL OR expires_at > ${now}::timestamptz)
			GROUP BY site_id, sku
		) AS claim USING (site_id, sku)
		WHERE sku = ANY (${skus}::text[]) AND available > 0`.execute(db);
	return rows;
}

/** Open work at sites that would not be eligible for it any more: it goes on. */
async function countOpenOrders(
	db: Kysely<Tables>,
	{ channel, method }: Way,
	parts: {
		readonly sites: readonly Site[];
		readonly compiledBefore: ReturnType<typeof compileRules>;
		readonly compiledAfter: ReturnType<typeof compileRules>;
		readonly dayAt: (site: Site) => string;
		readonly published: RuleSet;
		readonly after: RuleSet;
	},
): Promise<Pick<RulesPreview['promises'], 'fulfillmentOrders' | 'fulfillmentUnits'>> {
	const { sites, compiledBefore, compiledAfter, dayAt, published, after } = parts;
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
	const products = await readProducts(
		db,
		rows.map(({ sku }) => sku),
	);
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
