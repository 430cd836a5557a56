import { type Kysely, sql } from 'kysely';
import { DocumentWriter, siteStream } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { promisingSubject, publishedRules } from './promising-subject.ts';
import { lockVersions } from './rule-versions.ts';

/**
 * Gives the published rules to sites that have never heard of any: before the first publication, and sites that came after the last one. A device
 * then knows that nothing is kept back, rather than nothing.
 * @returns how many sites there were
 */
export async function tellRules(db: Kysely<Tables>): Promise<number> {
	return inTransaction(db, async (transaction) => {
		const { published } = await lockVersions(promisingSubject, transaction);
		const document = publishedRules(published);
		const { rows } = await sql<{ id: string }>`
			SELECT id FROM site WHERE body ->> 'kind' <> 'supplier' AND NOT EXISTS (
				SELECT FROM stream_document WHERE stream_id = 'site:' || site.id AND collection = 'meta' AND document_id = ${document.id}
			) ORDER BY id`.execute(transaction);
		const documents = new DocumentWriter();
		for (const { id } of rows) documents.put(siteStream(id), 'meta', document.id, document);
		await documents.publish(transaction);
		return rows.length;
	});
}
