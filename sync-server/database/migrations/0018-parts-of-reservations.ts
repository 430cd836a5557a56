import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const partsOfReservations: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		// A reservation at several sites is one document for each.
		await sql
			.raw(`CREATE INDEX stock_document_part ON stock_document ((body ->> 'partOf')) WHERE kind = 'reservation'`)
			.execute(db);
	},
};
