import type { Transaction } from 'kysely';
import { lostHashOf } from '../../shared/domain/lost-record.ts';
import type { Tables } from '../database/tables.ts';
import type { OperationFrame } from './read-frame.ts';

/**
 * Whether an operation follows one that its device's disk lost: the place before it holds the device's own news of that, soundly
 * sealed and signed, with the hash that this one follows.
 */
export async function followsLostRecord(
	transaction: Transaction<Tables>,
	{ laneId, seq, previousHash }: OperationFrame,
): Promise<boolean> {
	const before = await transaction
		.selectFrom('operation')
		.select(['body', 'reason'])
		.where('lane_id', '=', laneId)
		.where('seq', '=', seq - 1)
		.executeTakeFirst();
	// Any other reason says that the news itself was damaged, or that somebody else wrote it.
	return before?.reason === 'unknown_type' && lostHashOf(before.body) === previousHash;
}
