import type { Kysely } from 'kysely';
import type { PurchaseFault } from '../central/purchasing/check-purchase-order.ts';
import { capturePurchaseOrder } from '../central/purchasing/purchase-orders.ts';
import type { Tables } from '../database/tables.ts';
import type { IntakeResult } from './load-orders.ts';
import type { OrderCsvProblem } from './order-csv.ts';
import { parsePurchaseOrderCsv } from './purchase-order-csv.ts';

/** Takes the good purchase orders of a CSV file in and tells about every bad row. Doing it again changes nothing. */
export async function loadPurchaseOrders(
	db: Kysely<Tables>,
	file: Uint8Array,
	{ now, signal }: { readonly now: Temporal.Instant; readonly signal?: AbortSignal },
): Promise<IntakeResult> {
	const { captures, firstLines, problems } = parsePurchaseOrderCsv(file);
	const faults: OrderCsvProblem[] = [];
	let created = 0;
	let known = 0;
	let next = 0;
	for (const capture of captures) {
		if (signal?.aborted) break;
		const result = await capturePurchaseOrder(db, capture, now);
		if (!result.kept) faults.push(problemOf(result.fault, capture.number, firstLines[next] ?? 0));
		else if (result.created) created++;
		else known++;
		next += 1;
	}
	const all = [...problems, ...faults].sort((a, b) => a.line - b.line);
	return { created, known, problems: all, left: captures.length - next };
}

function problemOf({ where, message }: PurchaseFault, number: string, line: number): OrderCsvProblem {
	const last = where.split('/').at(-1) ?? '';
	return { line, column: last, reason: message, value: number };
}
