import type { Kysely } from 'kysely';
import type { Device } from '../central/devices/authenticate-device.ts';
import { sharedStream, siteStream } from '../database/documents.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';

export interface PageRequest {
	readonly stream: 'site' | 'shared';
	/** Null when the device has nothing of this stream yet. */
	readonly checkpoint: { readonly epoch: string; readonly position: number } | null;
	readonly limit: number;
}

interface PageRow {
	readonly epoch: string;
	readonly head: number;
	readonly documents: string;
	readonly units: number;
	readonly last: number;
}

/** One statement, so one snapshot: a document below the head that it shows can't appear later. JSON is built by PostgreSQL. */
const readRows = prepared<PageRow>(
	'read_page',
	`SELECT setting.value #>> '{}' AS epoch, coalesce(stream.head, 0)::bigint AS head, page.*
	FROM setting LEFT JOIN stream ON stream.id = $1, LATERAL (
		SELECT coalesce(string_agg(json_build_object('collection', collection, 'id', document_id, 'position', position,
			'deleted', deleted, 'body', body)::text, ',' ORDER BY position), '') AS documents,
			count(*) AS units, coalesce(max(position), 0)::bigint AS last
		FROM (SELECT * FROM stream_document WHERE stream_id = $1 AND position > $2 ORDER BY position LIMIT $3) AS few
	) AS page
	WHERE setting.key = 'epoch'`,
);

/**
 * The stream's next documents after a checkpoint, as the JSON text of a `FeedPage`. A device sees its own site's stream and the
 * shared one. A checkpoint of another epoch, or beyond the head, gets no documents but the word to start anew.
 */
export async function readPage(
	db: Kysely<Tables>,
	device: Device,
	{ stream, checkpoint, limit }: PageRequest,
	serverTime: string,
): Promise<string> {
	const streamId = stream === 'shared' ? sharedStream : siteStream(device.siteId);
	const after = checkpoint?.position ?? 0;
	const [row] = await readRows(db, [streamId, after, limit]);
	if (row === undefined) throw new Error('The database has no epoch.');
	const { epoch, head } = row;
	const resync = checkpoint !== null && (checkpoint.epoch !== epoch || after > head);
	const position = resync ? 0 : row.units < limit ? head : row.last;
	const frame = JSON.stringify({ stream, epoch, position, head, resync, serverTime });
	return `{"documents":[${resync ? '' : row.documents}],${frame.slice(1)}`;
}
