import { type Kysely, sql } from 'kysely';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import { type DocumentWriter, siteStream } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';

/** Opens exceptions that no operation of a device has led to, and puts them where they are seen. One that is there already stays as it is. */
export async function keepExceptions(
	transaction: Kysely<Tables>,
	opened: readonly ExceptionCase[],
	documents: DocumentWriter,
): Promise<void> {
	if (opened.length === 0) return;
	const { rows } = await sql<{ id: string }>`
		INSERT INTO exception_case (id, site_id, state, opened_at, body)
		SELECT body ->> 'id', body ->> 'siteId', body ->> 'state', (body ->> 'openedAt')::timestamptz, body
		FROM jsonb_array_elements(${JSON.stringify(opened)}::jsonb) AS body
		ON CONFLICT (id) DO NOTHING RETURNING id`.execute(transaction);
	const news = new Set(rows.map(({ id }) => id));
	for (const each of opened) {
		if (news.has(each.id)) documents.put(siteStream(each.siteId), 'meta', each.id, each);
	}
}
