import pg from 'pg';
import type { Bench } from './bench.ts';
import { fleetSiteId, fleetSize, fleetSku, openFleet } from './fleet.ts';
import { openHttpClient } from './http-load.ts';
import { untilIdle, watchCores } from './processor-time.ts';
import { rounded, spreadOf } from './quantiles.ts';
import { startCentral } from './start-central.ts';

const orders = 400;
const warmUp = 40;
const longestFillSeconds = 180;

/** Orders come in one after another: each is routed over all sites, its units are set aside, and its decision is kept, before the answer. */
export const capture: Bench = {
	name: 'capture',
	run: async (workshop) => {
		const databaseUrl = await openFleet(workshop);
		const central = await startCentral(workshop, databaseUrl);
		await untilIdle(central.processId(), longestFillSeconds);
		const client = await openHttpClient(workshop, central.url);
		const waits: number[] = [];
		let body = '';
		const cores = watchCores(central.processId());
		for (let index = 0; index < warmUp + orders; index += 1) {
			const answer = await client.post('/api/v1/orders', benchCapture(index));
			if (answer.status !== 201) throw new Error(`The server answered ${answer.status}: ${answer.body()}`);
			if (index < warmUp) continue;
			waits.push(answer.milliseconds);
			body = answer.body();
		}
		const busy = cores();
		client.close();
		await central.kill();
		const ours = spreadOf(waits);
		const bare = spreadOf(await measureBare(databaseUrl, body));
		return {
			line:
				`capture: an order of one to three lines over HTTP, routed over ${fleetSize.sites} sites and reserved: p50 ${ours.p50} ms, p99 ${ours.p99} ms ` +
				`(bare rows p50 ${bare.p50}, p99 ${bare.p99}); load of the machine ${busy.loadAverageOfTheMinute}`,
			budget: 'p99 50 ms with its reservation',
			figures: { milliseconds: ours, cores: busy },
			peer: {
				name: 'bare PostgreSQL: the same rows in one transaction, its site known',
				figures: { milliseconds: bare },
			},
			ratio: rounded(ours.p50 / bare.p50),
			ratioOf: 'median time, ours by bare',
		};
	},
};

function benchCapture(index: number) {
	const lines = Array.from({ length: 1 + (index % 3) }, (_, line) => ({
		sku: fleetSku((index * 7 + line * 13) % fleetSize.skusEverywhere),
		quantity: 1 + ((index + line) % 2),
	}));
	return {
		channel: 'bench',
		externalId: `capture-${index}`,
		method: 'ship',
		currency: 'GBP',
		customer: { name: 'Ada Bell' },
		shipTo: {
			line1: '1 Mill Lane',
			town: 'Leeds',
			postalCode: 'LS1',
			country: 'GB',
			lat: 50 + ((index * 37) % 500) / 100,
			lon: -4 + ((index * 53) % 500) / 100,
		},
		lines: lines.filter(({ sku }, line) => lines.findIndex((each) => each.sku === sku) === line),
	};
}

/** @param body an order as the server answered it, for rows of the same size */
async function measureBare(databaseUrl: string, body: string): Promise<readonly number[]> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const waits: number[] = [];
	for (let index = 0; index < warmUp + orders; index += 1) {
		const began = performance.now();
		const [sku, site, id] = [
			fleetSku(index % fleetSize.skusEverywhere),
			fleetSiteId(index % fleetSize.sites),
			`bare-${index}`,
		];
		await client.query('BEGIN');
		await client.query({
			name: 'take',
			text: `UPDATE stock_position SET available = available - 1, allocated = allocated + 1
				WHERE sku = $1 AND site_id = $2`,
			values: [sku, site],
		});
		await client.query({
			name: 'order',
			text: `INSERT INTO customer_order (id, number, channel, external_id, placed_at, body) VALUES ($1, $1, 'bare', $1, now(), $2::jsonb)`,
			values: [id, body],
		});
		await client.query({
			name: 'part',
			text: `INSERT INTO fulfillment_order (id, order_id, site_id, state, promised_at, body) VALUES ($1, $1, $2, 'assigned', now(), $3::jsonb)`,
			values: [id, site, body],
		});
		await client.query({
			name: 'movement',
			text: `INSERT INTO movement (site_id, sku, quantity, from_bucket, to_bucket, reason, order_id, actor_name, recorded_at)
				VALUES ($1, $2, 1, 'available', 'allocated', 'order_assigned', $3, 'bare', now())`,
			values: [site, sku, id],
		});
		await client.query({
			name: 'decision',
			text: "INSERT INTO routing_decision (id, order_id, at, cause, body) VALUES ($1, $1, now(), 'captured', $2::jsonb)",
			values: [id, body],
		});
		await client.query('COMMIT');
		if (index >= warmUp) waits.push(performance.now() - began);
	}
	await client.end();
	return waits;
}
