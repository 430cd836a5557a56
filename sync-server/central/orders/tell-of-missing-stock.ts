import { sql, type Transaction } from 'kysely';
import type { OrderPlan } from '../../../shared/domain/plan-order.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import type { Order } from '../../../shared/schema/order.ts';
import type { DocumentWriter } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { keepExceptions } from '../exceptions/keep-exceptions.ts';

/** Units that no site could set aside need a person, who is told at the site that would have been asked. */
export async function tellOfMissingStock(
	transaction: Transaction<Tables>,
	plans: readonly (OrderPlan & { readonly seenAt: string })[],
	openedAt: string,
	documents: DocumentWriter,
): Promise<void> {
	const opened = plans.flatMap(({ order, fulfillmentOrders, seenAt }): ExceptionCase[] => {
		const lacking = order.lines.filter(({ unassigned }) => unassigned > 0);
		const [first] = lacking;
		if (first === undefined) return [];
		return [
			{
				id: `${order.id}-not-enough-stock`,
				kind: 'exception',
				exceptionKind: 'not_enough_stock',
				priority: 'normal',
				state: 'open',
				siteId: seenAt,
				operationId: order.id,
				deviceId: 'central',
				actorName: order.channel,
				openedAt,
				orderNumber: order.number,
				...(fulfillmentOrders[0] === undefined ? {} : { fulfillmentOrderId: fulfillmentOrders[0].id }),
				sku: first.sku,
				productName: first.name,
				quantity: lacking.reduce((sum, { unassigned }) => sum + unassigned, 0),
				fact: `Order ${order.number} came in`,
				plan: `No site has ${lacking.map(({ sku, unassigned }) => `${unassigned} × ${sku}`).join(', ')} left to promise`,
			},
		];
	});
	await keepExceptions(transaction, opened, documents);
}

/** Locks the open exceptions that tell of units that no site had for an order. Before the stock, as everywhere. */
export async function lockMissingStock(
	transaction: Transaction<Tables>,
	{ number }: Order,
): Promise<readonly ExceptionCase[]> {
	const { rows } = await sql<{ body: ExceptionCase }>`
		SELECT body FROM exception_case
		WHERE state = 'open' AND body ->> 'exceptionKind' = 'not_enough_stock' AND body ->> 'orderNumber' = ${number}
		ORDER BY id FOR UPDATE`.execute(transaction);
	return rows.map(({ body }) => body);
}
