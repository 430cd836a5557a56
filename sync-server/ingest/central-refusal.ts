import type { Transaction } from 'kysely';
import type { RefusalReason } from '../../shared/domain/decision.ts';
import type { Operation } from '../../shared/schema/operation.ts';
import { transferDestinationRefusal, transferRequestRefusal } from '../central/inventory/check-transfer-request.ts';
import type { Tables } from '../database/tables.ts';
import type { Judgment } from './judge-operation.ts';

/** Why central declines what its documents alone would allow: only it knows what every site is and holds. Null where it does not. */
export async function centralRefusal(
	transaction: Transaction<Tables>,
	operation: Operation,
	{ events }: Extract<Judgment, { outcome: 'applied' }>,
	receivedAt: string,
): Promise<RefusalReason | null> {
	if (events.length === 0) return null;
	if (operation.type === 'open_transfer') return transferDestinationRefusal(transaction, operation.payload);
	if (operation.type !== 'request_transfer') return null;
	return transferRequestRefusal(transaction, operation.payload, receivedAt);
}
