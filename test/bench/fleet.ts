import pg from 'pg';
import { migrate } from '../../sync-server/database/migrate.ts';
import { openDatabase } from '../../sync-server/database/open-database.ts';
import { benchProduct, benchSite, benchSku } from './large-site.ts';
import type { Workshop } from './workshop.ts';

/** A retailer with many sites: some SKUs are stocked everywhere, all others at a few of the sites. */
export const fleetSize = {
	sites: 500,
	skus: 100_000,
	skusEverywhere: 1000,
	sitesOfOthers: 20,
	unitsEach: 25,
	purchaseOrders: 2000,
};

export const fleetSiteId = (index: number) => `FLEET-${String(index).padStart(3, '0')}`;
export const fleetSku = benchSku;

/** The SKUs that one site has in stock. */
export function skusAt(siteIndex: number, count: number): readonly string[] {
	const skus: string[] = [];
	for (let index = 0; skus.length < count && index < fleetSize.skus; index += 1) {
		if (index < fleetSize.skusEverywhere ? index % 5 === 0 : isStocked(index, siteIndex)) skus.push(fleetSku(index));
	}
	return skus;
}

/** As the seed lays it: every 25th site, from one on that the SKU decides. */
const isStocked = (skuIndex: number, siteIndex: number) => (siteIndex - (skuIndex % 25) + 500) % 25 === 0;

const seeded = new WeakMap<Workshop, Promise<string>>();

/** The database with the fleet in it, made once. Bare rows, without the documents that no bench of promising reads. */
export function openFleet(workshop: Workshop): Promise<string> {
	const known = seeded.get(workshop) ?? seedFleet(workshop);
	seeded.set(workshop, known);
	return known;
}

async function seedFleet(workshop: Workshop): Promise<string> {
	const began = performance.now();
	const server = new pg.Client({ connectionString: workshop.databaseUrl });
	await server.connect();
	await server.query(`CREATE DATABASE fleet`);
	await server.end();
	const url = new URL(workshop.databaseUrl);
	url.pathname = '/fleet';
	const database = openDatabase(url.href, { connections: 1 });
	await migrate(database.db);
	await database.close();
	const client = new pg.Client({ connectionString: url.href });
	await client.connect();
	// Nobody listens yet: the seed need not tell of each row.
	await client.query('SET session_replication_role = replica');
	await seed(client);
	await client.query('VACUUM ANALYZE');
	await client.end();
	workshop.log(`seeded the fleet in ${((performance.now() - began) / 1000).toFixed(1)} s`);
	return url.href;
}

async function seed(client: pg.Client): Promise<void> {
	const sites = Array.from({ length: fleetSize.sites }, (_, index) => ({
		...benchSite(fleetSiteId(index), index),
		lat: 50 + (index % 20) / 4,
		lon: -4 + Math.floor(index / 20) / 5,
	}));
	await client.query(
		"INSERT INTO site (id, body) SELECT body ->> 'id', body FROM jsonb_array_elements($1::jsonb) AS body",
		[JSON.stringify(sites)],
	);
	await client.query("INSERT INTO stream (id, epoch) SELECT 'site:' || id, 'bench' FROM site ON CONFLICT DO NOTHING");
	for (let start = 0; start < fleetSize.skus; start += 10_000) {
		const products = Array.from({ length: 10_000 }, (_, index) => benchProduct(start + index));
		await client.query(
			"INSERT INTO product (sku, gtin, body) SELECT body ->> 'id', body ->> 'gtin', body FROM jsonb_array_elements($1::jsonb) AS body",
			[JSON.stringify(products)],
		);
	}
	const { sitesOfOthers, skus, skusEverywhere, unitsEach } = fleetSize;
	const sku = (index: string) => `'SKU-' || lpad((${index})::text, 6, '0')`;
	const site = (index: string) => `'FLEET-' || lpad((${index})::text, 3, '0')`;
	await client.query(`
		INSERT INTO stock_position (site_id, sku, bin, available)
		SELECT ${site('place')}, ${sku('item')}, 'A-1-1', ${unitsEach}
		FROM generate_series(0, ${skusEverywhere - 1}) AS item, generate_series(0, ${fleetSize.sites - 1}) AS place`);
	await client.query(`
		INSERT INTO stock_position (site_id, sku, bin, available)
		SELECT ${site('item % 25 + 25 * turn')}, ${sku('item')}, 'A-1-1', ${unitsEach}
		FROM generate_series(${skusEverywhere}, ${skus - 1}) AS item, generate_series(0, ${sitesOfOthers - 1}) AS turn`);
	// One position in fifty is reserved in part, and as many have a selling right given out.
	for (const [kind, rest] of [
		['reservation', 0],
		['right', 1],
	] as const) {
		await client.query(`
			INSERT INTO stock_claim (site_id, sku, kind, holder_id, units, expires_at)
			SELECT site_id, sku, '${kind}', 'bench', 2, now() + interval '6 days' FROM stock_position
			WHERE abs(hashtext(site_id || sku)) % 50 = ${rest}`);
	}
	await client.query(`
		INSERT INTO stock_demand (site_id, sku, units_per_day) SELECT site_id, sku, 0.3 FROM stock_position
		WHERE abs(hashtext(sku || site_id)) % 5 = 0`);
	await client.query(`
		INSERT INTO stock_evidence (site_id, sku, counted_at, picks_right, units_out)
		SELECT site_id, sku, now() - interval '20 days', 3, 8 FROM stock_position WHERE abs(hashtext(sku || site_id)) % 5 = 1`);
	await client.query(`
		INSERT INTO stock_document (id, kind, site_ids, state, body)
		SELECT 'PO-' || n, 'purchase_order', ARRAY[${site('n % 500')}], 'open', jsonb_build_object('id', 'PO-' || n, 'kind', 'purchase_order',
			'siteId', ${site('n % 500')}, 'supplierId', 'S-' || n % 40, 'state', 'open', 'expectedOn', (now() + interval '6 days')::date,
			'lines', (SELECT jsonb_agg(jsonb_build_object('sku', ${sku('(n * 37 + line * 911) % 100000')}, 'ordered', 50, 'received', 0, 'damaged', 0))
				FROM generate_series(1, 20) AS line))
		FROM generate_series(1, ${fleetSize.purchaseOrders}) AS n`);
}
