import type { Transaction } from 'kysely';
import type { RefusalReason } from '../../shared/domain/decision.ts';
import type { Operation } from '../../shared/schema/operation.ts';
import { transferRequestRefusal } from '../central/inventory/check-transfer-request.ts';
import type { Tables } from '../database/tables.ts';
import type { Judgment } from './judge-operation.ts';

/** Why central declines a request that its documents alone would allow: only it knows what every site holds. Null where it does not. */
export async function centralRefusal(
	transaction: Transaction<Tables>,
	operation: Operation,
	{ events }: Extract<Judgment, { outcome: 'applied' }>,
	receivedAt: string,
): Promise<RefusalReason | null> {
	if (operation.type !== 'request_transfer' || events.length === 0) return null;
	return transferRequestRefusal(transaction, operation.payload, receivedAt);
}
