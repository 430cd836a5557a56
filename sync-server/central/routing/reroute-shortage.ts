import { type Kysely, sql } from 'kysely';
import { isUntouched, partOf } from '../../../shared/domain/order-parts.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { lockOrder } from '../orders/keep-order-parts.ts';
import { keepRerouted } from './keep-rerouted.ts';
import type { FindPlace } from './place-of-address.ts';
import { rerouteUnits } from './reroute-units.ts';

/** A SKU of which one site has promised more than it has: less than nothing is available. */
export interface Shortage {
	readonly siteId: string;
	readonly sku: string;
}

export interface ShortageContext {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace?: FindPlace | undefined;
}

/**
 * Gives allocations of these SKUs that nobody has started to other sites, those with the latest promise first, until no more is
 * promised than is there. One transaction each; doing it again changes nothing. Where no other site has the goods they stay, for
 * the people who were told that the stock is below zero.
 */
export async function rerouteShortages(context: ShortageContext, shortages: readonly Shortage[]): Promise<void> {
	for (const shortage of shortages) {
		for (const { id, order_id } of await candidates(context.db, shortage)) {
			if ((await rerouteOne(context, shortage, order_id, id)) === 'enough') break;
		}
	}
}

/** Every shortage there is, for instance after a crash. */
export async function rerouteAllShortages(context: ShortageContext): Promise<void> {
	const rows = await context.db
		.selectFrom('stock_position')
		.select(['site_id', 'sku'])
		.where('available', '<', 0)
		.where('allocated', '>', 0)
		.orderBy('site_id')
		.orderBy('sku')
		.execute();
	await rerouteShortages(
		context,
		rows.map(({ site_id: siteId, sku }) => ({ siteId, sku })),
	);
}

/** FOs that nobody has started and that could go out from elsewhere, the latest promise first. */
async function candidates(
	db: Kysely<Tables>,
	{ siteId, sku }: Shortage,
): Promise<readonly { readonly id: string; readonly order_id: string }[]> {
	const { rows } = await sql<{ id: string; order_id: string }>`
		SELECT id, order_id FROM fulfillment_order
		WHERE site_id = ${siteId} AND state = 'assigned' AND body ->> 'method' = 'ship'
			AND body -> 'lines' @> ${JSON.stringify([{ sku }])}::jsonb
		ORDER BY promised_at DESC, id DESC`.execute(db);
	return rows;
}

async function rerouteOne(
	{ db, clock, findPlace }: ShortageContext,
	{ siteId, sku }: Shortage,
	orderId: string,
	fulfillmentOrderId: string,
): Promise<'enough' | 'still_short'> {
	return inTransaction(db, async (transaction) => {
		const before = await lockOrder(transaction, orderId);
		if (before === undefined) return 'still_short';
		// Locked as routing does it, before it is looked at.
		const { rows } = await sql<{ site_id: string; available: number }>`
			SELECT site_id, available FROM stock_position WHERE sku = ${sku} ORDER BY site_id, sku FOR UPDATE`.execute(
			transaction,
		);
		let missing = -(rows.find((row) => row.site_id === siteId)?.available ?? 0);
		if (missing <= 0) return 'enough';
		const from = partOf(before, fulfillmentOrderId);
		if (!isUntouched(from)) return 'still_short';
		const units = from.lines.flatMap((line) => {
			const quantity = line.sku === sku ? Math.min(line.quantities.toPick, missing) : 0;
			missing -= quantity;
			return quantity > 0 ? [{ lineId: line.lineId, sku, quantity }] : [];
		});
		const at = clock.now().toString();
		const { parts: after } = await rerouteUnits(transaction, before, from, units, 'open', {
			findPlace,
			at,
			cause: 'oversold',
		});
		if (after === before) return 'still_short';
		await keepRerouted(transaction, before, after, at);
		return 'still_short';
	});
}
