import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderCode, passCode, printGtin } from '../../shared/codes/index.ts';
import type { DecisionsAnswer } from '../../shared/protocol/routing-messages.ts';
import type { RulesState } from '../../shared/protocol/rules-messages.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { Method, Order, OrderCapture } from '../../shared/schema/order.ts';
import type { RoutingDecision } from '../../shared/schema/routing-decision.ts';
import { readDemoPeople, readDemoSites } from '../../sync-server/intake/demo-files.ts';
import type { BackstockServer } from './backstock-server.ts';

const sites = new Map(readDemoSites().map((site) => [site.id, site]));
const people = readDemoPeople();

/** A store of the demo, by the word in its enrollment codes: LEEDS has LEEDS-1, LEEDS-2, LEEDS-3. */
export type Store = {
	readonly siteId: string;
	readonly name: string;
	readonly code: (device: 1 | 2 | 3) => string;
	/** Associates in the order of their PINs: 1111, 2222 (associates), 3333 (manager), 4444 (order desk). */
	readonly people: readonly { readonly id: string; readonly name: string; readonly pin: string }[];
};

export function storeOf(word: string): Store {
	const siteId = people.enrollmentCodes.find(({ code }) => code === `${word}-1`)?.siteId;
	const site = siteId === undefined ? undefined : sites.get(siteId);
	if (site === undefined) throw new Error(`There is no enrollment code ${word}-1.`);
	return {
		siteId: site.id,
		name: site.name,
		code: (device) => `${word}-${device}`,
		people: people.associates.filter((associate) => associate.siteId === site.id),
	};
}

/** One line of a test's order, with the barcode that a scanner reads from the product. */
export type OrderedProduct = {
	readonly sku: string;
	readonly name: string;
	readonly barcode: string;
	readonly quantity: number;
};

/** An order that the test placed, with what is printed for it in the world. */
export type PlacedOrder = {
	readonly id: string;
	readonly number: string;
	readonly customer: string;
	readonly fulfillmentOrderId: string;
	readonly products: readonly OrderedProduct[];
	/** What the receipt carries. */
	readonly receipt: string;
	/** What the customer shows. */
	readonly pass: string;
};

/** Whatever a test asks of central, through its public API and in its database, never through a device. */
export type Central = {
	placeOrder(wish: {
		readonly store: Store;
		readonly method: Method;
		readonly customer: string;
		readonly quantities: readonly number[];
	}): Promise<PlacedOrder>;
	order(number: string): Promise<Order>;
	fulfillmentOrder(id: string): Promise<FulfillmentOrder>;
	/** What a device has sent, in the order of its lane. */
	operationsOf(siteId: string): Promise<readonly TakenOperation[]>;
	/** Buckets whose units are not the sum of their movements; empty when the ledger balances. */
	ledgerFaults(): Promise<readonly LedgerFault[]>;
	/** Units of a SKU that any channel is told can be promised from the store. */
	availableAt(store: Store, sku: string): Promise<number>;
	/** An order of one unit to the store's own address, routed by central alone, with the decision where it goes. */
	routeOne(store: Store, sku: string): Promise<{ readonly order: Order; readonly decision: RoutingDecision }>;
	/** Publishes the rules of promising as none, so that they hold for no other test. */
	withdrawRules(): Promise<void>;
	/** The barcode of a product that this store does not sell to this order. */
	otherProduct(store: Store, not: readonly OrderedProduct[]): Promise<OrderedProduct>;
	/** A product with plenty on the shelf that no open order of this store wants, kept by neither lot nor serial number. */
	freeProduct(store: Store): Promise<OrderedProduct>;
};

export type TakenOperation = {
	readonly op_id: string;
	readonly lane_id: string;
	readonly seq: number;
	readonly type: string;
	readonly outcome: string;
	readonly reason: string | null;
	readonly order_id: string | null;
};

export type LedgerFault = {
	readonly site_id: string;
	readonly sku: string;
	readonly bucket: string;
	readonly held: number;
	readonly moved: number;
};

/** Buckets whose units are not the sum of their movements. */
export const ledgerFaults = `
	WITH flow AS (
		SELECT site_id, sku, to_bucket AS bucket, quantity FROM movement
		UNION ALL SELECT site_id, sku, from_bucket, -quantity FROM movement
	), moved AS (
		SELECT site_id, sku, bucket, sum(quantity)::int AS units FROM flow GROUP BY site_id, sku, bucket
	), held AS (
		SELECT site_id, sku, bucket, units FROM stock_position, LATERAL (VALUES ('available', available),
			('allocated', allocated), ('picked', picked), ('staged', staged), ('in_transit', in_transit),
			('quarantine', quarantine), ('damaged', damaged)) AS of_bucket (bucket, units)
		UNION ALL SELECT site_id, sku, bucket, units FROM outside_position, LATERAL (VALUES ('customer', customer),
			('supplier', supplier), ('lost', lost), ('other_site', other_site)) AS of_bucket (bucket, units)
	)
	SELECT site_id, sku, bucket, coalesce(held.units, 0) AS held, coalesce(moved.units, 0) AS moved
	FROM held FULL JOIN moved USING (site_id, sku, bucket) WHERE coalesce(held.units, 0) <> coalesce(moved.units, 0)`;

type StockedProduct = { readonly sku: string; readonly name: string; readonly gtin: string };

export function centralOf(server: BackstockServer): Central {
	const taken = new Set<string>();
	const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
		const key = readFileSync(join(server.dataFolder, 'api-key'), 'utf8').trim();
		const response = await fetch(`${server.url}${path}`, {
			...init,
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		});
		const answer: unknown = await response.json();
		if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
		return answer;
	};
	/** Products of which the store holds plenty and that no earlier test uses. */
	const stocked = async (store: Store, count: number, isFree = false): Promise<readonly StockedProduct[]> => {
		const rows = await server.query<StockedProduct>(
			`SELECT product.sku, product.body->>'name' AS name, product.gtin
			 FROM stock_position JOIN product USING (sku)
			 WHERE site_id = $1 AND available >= 6
			 AND (NOT $2 OR allocated = 0 AND product.body->>'tracking' = 'none') AND length(product.body->>'name') < 60
			 ORDER BY available DESC, sku LIMIT 400`,
			[store.siteId, isFree],
		);
		const free = rows.filter(({ sku }) => !taken.has(`${store.siteId} ${sku}`)).slice(0, count);
		if (free.length < count) throw new Error(`${store.name} has too few products with stock for this test.`);
		for (const { sku } of free) taken.add(`${store.siteId} ${sku}`);
		return free;
	};
	const reserveAt = async (
		{ siteId }: Store,
		source: { readonly channel: string; readonly externalId: string },
		lines: readonly { readonly sku: string; readonly quantity: number }[],
	): Promise<string> => {
		const body = JSON.stringify({ ...source, siteIds: [siteId], method: 'ship', lines });
		const { id } = (await ask('/api/v1/reservations', { method: 'POST', body })) as { readonly id: string };
		return id;
	};
	const fulfillmentOrder = async (id: string): Promise<FulfillmentOrder> => {
		const [row] = await server.query<{ body: FulfillmentOrder }>('SELECT body FROM fulfillment_order WHERE id = $1', [
			id,
		]);
		if (row === undefined) throw new Error(`There is no fulfillment order ${id}.`);
		return row.body;
	};

	return {
		placeOrder: async ({ store, method, customer, quantities }) => {
			const site = sites.get(store.siteId);
			if (site === undefined) throw new Error(`There is no site ${store.siteId}.`);
			const products = (await stocked(store, quantities.length)).map(
				({ sku, name, gtin }, index): OrderedProduct => ({
					sku,
					name,
					barcode: printGtin(gtin),
					quantity: quantities[index] ?? 1,
				}),
			);
			const lines = products.map(({ sku, quantity }) => ({ sku, quantity }));
			const source = { channel: 'web shop', externalId: randomUUID() };
			const capture: OrderCapture = {
				...source,
				method,
				// Parcels are routed: what is reserved at the store goes out from there, whatever else it has to do.
				...(method === 'pickup' ? { siteId: store.siteId } : { reservationId: await reserveAt(store, source, lines) }),
				currency: 'GBP',
				customer: { name: customer },
				shipTo: {
					line1: '14 Station Road',
					town: site.town,
					postalCode: site.postalCode,
					country: 'GB',
					lat: site.lat,
					lon: site.lon,
				},
				lines,
			};
			const order = (await ask('/api/v1/orders', { method: 'POST', body: JSON.stringify(capture) })) as Order;
			const assigned = order.fulfillments[0];
			if (assigned?.siteId !== store.siteId) {
				throw new Error(`Order ${order.number} went to ${assigned?.siteName ?? 'no site'}, not to ${store.name}.`);
			}
			const { passCode: pass } = await fulfillmentOrder(assigned.fulfillmentOrderId);
			return {
				id: order.id,
				number: order.number,
				customer,
				fulfillmentOrderId: assigned.fulfillmentOrderId,
				products,
				receipt: orderCode(order.number),
				pass: passCode(pass),
			};
		},
		order: async (number) => (await ask(`/api/v1/orders/${number}`)) as Order,
		fulfillmentOrder,
		operationsOf: (siteId) =>
			server.query<TakenOperation>(
				`SELECT op_id, lane_id, seq::int AS seq, type, outcome, reason, body->'payload'->>'orderId' AS order_id
				 FROM operation JOIN device ON device.id = operation.device_id
				 WHERE device.site_id = $1 ORDER BY lane_id, seq`,
				[siteId],
			),
		ledgerFaults: () => server.query<LedgerFault>(ledgerFaults),
		freeProduct: async (store) => {
			const [free] = await stocked(store, 1, true);
			if (free === undefined) throw new Error(`Every product of ${store.name} is wanted.`);
			return { sku: free.sku, name: free.name, barcode: printGtin(free.gtin), quantity: 1 };
		},
		availableAt: async ({ siteId }, sku) => {
			const answer = (await ask(`/api/v1/availability?sku=${encodeURIComponent(sku)}`)) as {
				readonly availability: readonly { readonly sites: readonly { siteId: string; available: number }[] }[];
			};
			return answer.availability[0]?.sites.find((each) => each.siteId === siteId)?.available ?? 0;
		},
		routeOne: async ({ siteId }, sku) => {
			const { town, postalCode, lat, lon } = sites.get(siteId) ?? {};
			const capture = {
				channel: 'web shop',
				externalId: randomUUID(),
				method: 'ship',
				currency: 'GBP',
				customer: { name: 'Ada Finch' },
				shipTo: { line1: '2 Station Road', town, postalCode, country: 'GB', lat, lon },
				lines: [{ sku, quantity: 1 }],
			};
			const order = (await ask('/api/v1/orders', { method: 'POST', body: JSON.stringify(capture) })) as Order;
			const { decisions } = (await ask(`/api/v1/orders/${order.number}/routing`)) as DecisionsAnswer;
			const [decision] = decisions;
			if (decision === undefined) throw new Error(`Nobody decided where order ${order.number} goes.`);
			return { order, decision };
		},
		withdrawRules: async () => {
			const { published, draft } = (await ask('/api/v1/rules')) as RulesState;
			const by = 'End of a test';
			const none = { by, baseVersion: published.version, revision: draft?.revision ?? 0, rules: [], groups: [] };
			const saved = (await ask('/api/v1/rules/draft', { method: 'PUT', body: JSON.stringify(none) })) as RulesState;
			const asked = { by, version: saved.draft?.version, revision: saved.draft?.revision, note: by };
			await ask('/api/v1/rules/publish', { method: 'POST', body: JSON.stringify(asked) });
		},
		otherProduct: async (store, not) => {
			const [other] = await stocked(store, 1);
			if (other === undefined || not.some(({ sku }) => sku === other.sku)) throw new Error('No other product is left.');
			return { sku: other.sku, name: other.name, barcode: printGtin(other.gtin), quantity: 1 };
		},
	};
}
