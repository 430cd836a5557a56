import { type Kysely, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Tables } from './tables.ts';
import { inTransaction, isDatabaseAway } from './transaction.ts';

/** So long a device may be off and still be told of every document that left its stream. */
export const tombstonesKeptDays = 90;

/** One server at a time; whoever comes second has nothing to do. */
const purgeLock = 7_420_090;
const batch = 2000;

export interface PurgeParts {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	/** How many tombstones one transaction takes: it holds its stream's lock for as long. */
	readonly batch?: number;
}

/**
 * Deletes tombstones that are older than 90 days by central's clock, and notes in each stream how far they are gone: a device
 * whose checkpoint is below that horizon starts anew.
 * @returns how many tombstones are gone; 0 also when another server is at it
 */
export async function purgeTombstones(parts: PurgeParts): Promise<number> {
	const before = parts.clock
		.now()
		.subtract({ hours: 24 * tombstonesKeptDays })
		.toString();
	for (let purged = 0; ; ) {
		const units = await purgeBatch(parts, before);
		purged += units;
		if (units === 0) return purged;
	}
}

/** The stream's row is locked first, as whoever publishes does, so that the two never wait for each other in a ring. */
function purgeBatch({ db, batch: limit = batch }: PurgeParts, before: string): Promise<number> {
	return inTransaction(db, async (transaction) => {
		const { rows } = await sql<{ mine: boolean }>`SELECT pg_try_advisory_xact_lock(${purgeLock}) AS mine`.execute(
			transaction,
		);
		if (rows[0]?.mine !== true) return 0;
		const oldest = await transaction
			.selectFrom('stream_document')
			.select('stream_id')
			.where('deleted', '=', true)
			.where('changed_at', '<', before)
			.limit(1)
			.executeTakeFirst();
		if (oldest === undefined) return 0;
		const { stream_id: streamId } = oldest;
		await transaction.selectFrom('stream').select('id').where('id', '=', streamId).forUpdate().execute();
		const gone = await sql<{ position: number }>`
			DELETE FROM stream_document WHERE stream_id = ${streamId} AND deleted AND changed_at < ${before}
				AND position IN (SELECT position FROM stream_document
					WHERE stream_id = ${streamId} AND deleted AND changed_at < ${before} ORDER BY position LIMIT ${limit})
			RETURNING position`.execute(transaction);
		const horizon = gone.rows.reduce((highest, { position }) => Math.max(highest, position), 0);
		await transaction
			.updateTable('stream')
			.set({ horizon: sql<number>`greatest(horizon, ${horizon}::bigint)` })
			.where('id', '=', streamId)
			.execute();
		return gone.rows.length;
	});
}

const dailyMs = 24 * 60 * 60_000;

/** Purges now and once a day. @returns ends it, and waits for a purge that is under way */
export function purgeDaily(parts: PurgeParts, log: (line: string) => void): () => Promise<void> {
	let running: Promise<void> = Promise.resolve();
	const purge = () => {
		running = purgeTombstones(parts)
			.then((purged) => {
				if (purged > 0) log(`Database: ${purged} tombstones older than ${tombstonesKeptDays} days are gone.`);
			})
			.catch((error: unknown) => {
				// Tomorrow is early enough; a database that is away is told of elsewhere.
				if (!isDatabaseAway(error)) log(`Tombstones could not be purged: ${String(error)}`);
			});
	};
	purge();
	const timer = setInterval(purge, dailyMs).unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
