import type { Kysely } from 'kysely';
import type { OrderCapture } from '../../shared/schema/order.ts';
import { captureTogether } from '../central/orders/capture-order.ts';
import type { CaptureFault } from '../central/orders/check-capture.ts';
import type { CaptureContext } from '../central/orders/plan-capture.ts';
import type { Tables } from '../database/tables.ts';
import { type OrderCsvProblem, parseOrderCsv } from './order-csv.ts';

export interface IntakeResult {
	readonly created: number;
	/** Orders that were there already, with the same content. */
	readonly known: number;
	/** In the order of the file's lines. */
	readonly problems: readonly OrderCsvProblem[];
	/** Orders that were not reached, because somebody asked to stop. */
	readonly left: number;
}

export interface IntakeOptions extends CaptureContext {
	readonly log: (line: string) => void;
	readonly signal?: AbortSignal;
}

const ordersAtOnce = 100;
const progressEvery = 1000;

/** Captures the good orders of a CSV file and tells about every bad row. Doing it again changes nothing. */
export async function loadOrders(db: Kysely<Tables>, file: Uint8Array, options: IntakeOptions): Promise<IntakeResult> {
	const skus = new Set((await db.selectFrom('product').select('sku').execute()).map(({ sku }) => sku));
	const siteIds = new Set((await db.selectFrom('site').select('id').execute()).map(({ id }) => id));
	const { orders, firstLines, problems } = parseOrderCsv(file, {
		isKnownSku: (sku) => skus.has(sku),
		isKnownSite: (siteId) => siteIds.has(siteId),
	});
	const faults: OrderCsvProblem[] = [];
	let created = 0;
	let known = 0;
	let next = 0;
	while (next < orders.length && !options.signal?.aborted) {
		const batch = orders.slice(next, next + ordersAtOnce);
		const results = await captureTogether(db, batch, options);
		for (const [index, result] of results.entries()) {
			const order = batch[index];
			if (result.captured && result.created) created++;
			else if (result.captured) known++;
			else if (order) faults.push(problemOf(result.fault, order, firstLines[next + index] ?? 0));
		}
		next += batch.length;
		if (next % progressEvery === 0) options.log(`Loading orders: ${next} of ${orders.length}`);
	}
	const all = [...problems, ...faults].sort((a, b) => a.line - b.line);
	return { created, known, problems: all, left: orders.length - next };
}

function problemOf(fault: CaptureFault, order: OrderCapture, line: number): OrderCsvProblem {
	const column = fault.where.split('/')[1] ?? '';
	const value =
		column === 'externalId' ? order.externalId : column === 'currency' ? order.currency : (order.siteId ?? '');
	return { line, column, reason: fault.message, value };
}
