import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import { inTransaction } from './transaction.ts';

/**
 * Begins a new epoch, for a database that was restored from a backup: its streams stand lower than what devices have seen, and
 * would give the same positions a second time. Each device then loads its replica anew beside the old one, and sends again what
 * the backup did not have yet.
 * @returns the new epoch
 */
export function beginEpoch(db: Kysely<Tables>): Promise<string> {
	const epoch = randomUUID();
	return inTransaction(db, async (transaction) => {
		// In the order of their ids, as whoever publishes locks them.
		await transaction.selectFrom('stream').select('id').orderBy('id').forUpdate().execute();
		await transaction.updateTable('stream').set({ epoch }).execute();
		await transaction
			.updateTable('setting')
			.set({ value: JSON.stringify(epoch) })
			.where('key', '=', 'epoch')
			.execute();
		return epoch;
	});
}
