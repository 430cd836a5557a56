import pg from 'pg';
import type { Bench } from './bench.ts';
import { fleetSiteId, fleetSize, fleetSku, openFleet } from './fleet.ts';
import { type HttpClient, openHttpClient } from './http-load.ts';
import { untilIdle, watchCores } from './processor-time.ts';
import { rounded, spreadOf } from './quantiles.ts';
import { startCentral } from './start-central.ts';

const rivals = 200;
const rounds = 10;
const connections = 8;
const loadSeconds = 8;
const longestFillSeconds = 180;

/** Many want the last unit at once; then as many reservations as can be, beside bare PostgreSQL writing the same claims. */
export const reservations: Bench = {
	name: 'reservations',
	run: async (workshop) => {
		const databaseUrl = await openFleet(workshop);
		const database = new pg.Client({ connectionString: databaseUrl });
		await database.connect();
		const central = await startCentral(workshop, databaseUrl);
		// It reads ahead after a start, which is the availability bench's affair.
		await untilIdle(central.processId(), longestFillSeconds);
		const clients = await Promise.all(Array.from({ length: rivals }, () => openHttpClient(workshop, central.url)));
		const waits: number[] = [];
		let unanswered = 0;
		for (let round = 0; round < rounds; round += 1) {
			const sku = fleetSku(round);
			const site = fleetSiteId(round);
			await database.query('DELETE FROM stock_claim WHERE sku = $1', [sku]);
			await database.query('UPDATE stock_position SET available = (site_id = $2)::int WHERE sku = $1', [sku, site]);
			const answers = await Promise.all(clients.map((client, index) => reserve(client, `${round}-${index}`, sku)));
			const won = answers.filter(({ status }) => status === 201).length;
			const refused = answers.filter(({ status }) => status === 409).length;
			if (won !== 1) throw new Error(`${won} won the last unit.`);
			unanswered += rivals - won - refused;
			waits.push(...answers.map(({ milliseconds }) => milliseconds));
		}
		const contention = spreadOf(waits);
		const cores = watchCores(central.processId());
		const few = clients.slice(0, connections);
		let next = fleetSize.skusEverywhere;
		const ours = await perSecond(few, async (client) => {
			next += 1;
			const { status } = await reserve(client, `load-${next}`, fleetSku(next));
			if (status !== 201) throw new Error(`The server answered ${status}.`);
		});
		const busy = cores();
		for (const client of clients) client.close();
		await central.kill();
		const bare = await measureBare(databaseUrl, next + 1);
		await database.end();
		return {
			line:
				`reservations: ${rivals} clients and one last unit, ${rounds} rounds: one wins each, longest wait ${contention.max} ms (p50 ${contention.p50}), ${unanswered} told to come again; ` +
				`${ours} reservations/s over ${connections} connections (bare ${bare}); load of the machine ${busy.loadAverageOfTheMinute}`,
			budget: 'one wins, nobody waits a second',
			figures: { lastUnitMs: contention, toldToComeAgain: unanswered, perSecond: ours, cores: busy },
			peer: {
				name: 'bare PostgreSQL: position locked, claim and document written in one transaction',
				figures: { perSecond: bare },
			},
			ratio: rounded(ours / bare),
			ratioOf: 'reservations a second, ours by bare',
		};
	},
};

function reserve(client: HttpClient, externalId: string, sku: string) {
	const lines = [{ sku, quantity: 1 }];
	return client.post('/api/v1/reservations', { channel: 'bench', externalId, method: 'ship', lines });
}

async function perSecond<Client>(clients: readonly Client[], work: (client: Client) => Promise<void>): Promise<number> {
	const until = performance.now() + loadSeconds * 1000;
	let done = 0;
	await Promise.all(
		clients.map(async (client) => {
			while (performance.now() < until) {
				await work(client);
				done += 1;
			}
		}),
	);
	return Math.round(done / loadSeconds);
}

async function measureBare(databaseUrl: string, firstSku: number): Promise<number> {
	const clients = await Promise.all(
		Array.from({ length: connections }, async () => {
			const client = new pg.Client({ connectionString: databaseUrl });
			await client.connect();
			return client;
		}),
	);
	let next = firstSku;
	const rate = await perSecond(clients, async (client) => {
		next += 1;
		const values = [fleetSku(next), fleetSiteId(next % 25)];
		await client.query('BEGIN');
		await client.query({
			name: 'lock',
			text: 'SELECT available FROM stock_position WHERE sku = $1 AND site_id = $2 FOR UPDATE',
			values,
		});
		await client.query({
			name: 'claim',
			text: `INSERT INTO stock_claim (sku, site_id, kind, holder_id, units, expires_at)
				VALUES ($1, $2, 'reservation', 'bare', 1, now() + interval '15 minutes')`,
			values,
		});
		await client.query({
			name: 'document',
			text: `INSERT INTO stock_document (id, kind, site_ids, state, body)
				VALUES ($1 || ':bare', 'reservation', ARRAY[$2], 'held', jsonb_build_object('sku', $1, 'siteId', $2))`,
			values,
		});
		await client.query('COMMIT');
	});
	for (const client of clients) await client.end();
	return rate;
}
