import { type Kysely, sql } from 'kysely';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import { type DocumentWriter, siteStream } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';

/**
 * Opens exceptions that no operation of a device has led to, and puts them where they are seen. One that is there already stays as it is; with
 * `again`, what central has settled itself is opened once more, where it was.
 */
export async function keepExceptions(
	transaction: Kysely<Tables>,
	opened: readonly ExceptionCase[],
	documents: DocumentWriter,
	{ again = false }: { readonly again?: boolean } = {},
): Promise<void> {
	if (opened.length === 0) return;
	const { rows } = await sql<{ body: ExceptionCase }>`
		INSERT INTO exception_case AS known (id, site_id, state, opened_at, body)
		SELECT body ->> 'id', body ->> 'siteId', body ->> 'state', (body ->> 'openedAt')::timestamptz, body
		FROM jsonb_array_elements(${JSON.stringify(opened)}::jsonb) AS body
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, opened_at = excluded.opened_at,
			body = excluded.body || jsonb_build_object('siteId', known.site_id)
		WHERE ${again}::boolean AND known.state = 'resolved' AND known.body ->> 'resolvedBy' = ${central}
		RETURNING body`.execute(transaction);
	for (const { body } of rows) documents.put(siteStream(body.siteId), 'meta', body.id, body);
}

const central = 'central';

/** Nobody needs to look at these any more, which must be locked. */
export async function settleExceptions(
	transaction: Kysely<Tables>,
	told: readonly ExceptionCase[],
	documents: DocumentWriter,
): Promise<void> {
	if (told.length === 0) return;
	const settled = told.map((each): ExceptionCase => ({ ...each, state: 'resolved', resolvedBy: central }));
	await sql`
		UPDATE exception_case SET state = 'resolved', body = settled.body
		FROM jsonb_array_elements(${JSON.stringify(settled)}::jsonb) AS settled (body)
		WHERE id = settled.body ->> 'id'`.execute(transaction);
	for (const each of settled) documents.put(siteStream(each.siteId), 'meta', each.id, each);
}
