import { sql } from 'kysely';
import type { ExceptionCase } from '../../shared/schema/exception-case.ts';
import type { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import type { Order } from '../../shared/schema/order.ts';
import type { SellingRight } from '../../shared/schema/selling-right.ts';
import { checkLedger } from '../../sync-server/central/inventory/stock-ledger.ts';
import { realClock } from '../../sync-server/clock.ts';
import { type Books, faultsOf } from './oracle.ts';
import { type RightBooks, rightFaults } from './rights-oracle.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** What must hold at central after each step. */
export async function checkCentral(world: World): Promise<void> {
	const { db } = world.postgres;
	const [unbalanced] = await checkLedger(db);
	if (unbalanced !== undefined) throw new Violation('ledger', JSON.stringify(unbalanced));
	await checkLanes(world);
	const books = await readBooks(world);
	const [fault] = [...faultsOf(books), ...rightFaults(books)];
	if (fault !== undefined) throw new Violation(fault.invariant, fault.words);
	const [line] = world.serverLog;
	if (line !== undefined && !line.includes('The process was killed')) throw new Violation('crash', line.slice(0, 1500));
	world.serverLog.length = 0;
}

async function checkLanes({ postgres: { db } }: World): Promise<void> {
	const { rows } = await sql<{ id: string; last_seq: number; taken: number }>`
		SELECT lane.id, lane.last_seq, (SELECT count(*) FROM operation WHERE lane_id = lane.id)
			+ (SELECT count(*) FROM repeated_operation WHERE lane_id = lane.id) AS taken
		FROM lane`.execute(db);
	for (const { last_seq, taken } of rows) {
		if (last_seq === taken) continue;
		throw new Violation('lane_order', `a lane is at ${last_seq}, but ${taken} operations of it are kept`);
	}
	const moved = await sql<{ seq: number; before: number | null }>`
		SELECT seq, lag(seq) OVER (PARTITION BY lane_id ORDER BY first) AS before FROM (
			SELECT o.lane_id, o.seq, min(m.id) AS first FROM movement m JOIN operation o ON o.op_id::text = m.operation_id
			GROUP BY o.lane_id, o.seq
		) AS firsts`.execute(db);
	for (const { seq, before } of moved.rows)
		if ((before ?? 0) > seq)
			throw new Violation('lane_order', `operation ${seq} of a lane moved stock after ${before}`);
}

async function readBooks({ postgres: { db }, figures, forkedDevices }: World): Promise<Books & RightBooks> {
	const { rows } = await sql<{
		fulfillment_orders: FulfillmentOrder[];
		orders: Order[];
		exceptions: ExceptionCase[];
		positions: Books['positions'];
		applied: { siteId: string; operation: OperationEnvelope }[];
		rights: SellingRight[];
		claims: RightBooks['claims'];
		refused: OperationEnvelope[];
	}>`SELECT
		(SELECT coalesce(jsonb_agg(body), '[]') FROM fulfillment_order) AS fulfillment_orders,
		(SELECT coalesce(jsonb_agg(body), '[]') FROM customer_order) AS orders,
		(SELECT coalesce(jsonb_agg(body), '[]') FROM exception_case) AS exceptions,
		(SELECT coalesce(jsonb_agg(jsonb_build_object('siteId', site_id, 'customer', 0) || to_jsonb(stock_position)
			|| coalesce((SELECT to_jsonb(o) FROM outside_position o
				WHERE o.site_id = stock_position.site_id AND o.sku = stock_position.sku), '{}')), '[]')
			FROM stock_position) AS positions,
		(SELECT coalesce(jsonb_agg(jsonb_build_object('siteId', device.site_id, 'operation', operation.body) ORDER BY seq), '[]')
			FROM operation JOIN device ON device.id = operation.device_id WHERE outcome = 'applied') AS applied,
		(SELECT coalesce(jsonb_agg(body), '[]') FROM stock_document WHERE kind = 'selling_right') AS rights,
		(SELECT coalesce(jsonb_agg(jsonb_build_object('siteId', site_id, 'sku', sku, 'kind', kind, 'holderId', holder_id,
			'units', units)), '[]') FROM stock_claim
			WHERE expires_at IS NULL OR expires_at > ${realClock.now().toString()}::timestamptz) AS claims,
		(SELECT coalesce(jsonb_agg(body), '[]') FROM operation
			WHERE outcome = 'refused' AND reason = 'not_enough_stock') AS refused`.execute(db);
	const [row] = rows;
	if (row === undefined) throw new Error('PostgreSQL answered nothing.');
	const isForked = figures.restores > 0 || forkedDevices.size > 0;
	return { ...row, fulfillmentOrders: row.fulfillment_orders, refusedForStock: row.refused, isForked };
}
