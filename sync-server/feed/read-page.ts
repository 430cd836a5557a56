import type { Kysely } from 'kysely';
import { release } from '../../shared/protocol/release.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import { sharedStream, siteStream } from '../database/documents.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';

export interface PageRequest {
	readonly stream: 'site' | 'shared';
	/** Null when the device has nothing of this stream yet. `horizon` is the one of the page from which it began. */
	readonly checkpoint: { readonly epoch: string; readonly position: number; readonly horizon?: number } | null;
	readonly limit: number;
}

/** What a page says of central's time. */
export interface PageTime {
	readonly serverTime: string;
	/** As in `FeedPage`. */
	readonly clockShiftMs?: number | undefined;
}

interface PageRow {
	readonly epoch: string;
	readonly head: number;
	readonly horizon: number;
	readonly documents: string;
	readonly position: number;
	readonly own_seq: number | null;
}

/**
 * One statement, so one snapshot: a document below the head that it shows can't appear later, and the lane is seen as the
 * documents are. JSON is built by PostgreSQL. The positions of a lane's operations never decrease with their numbers, so the
 * page holds all before the first one beyond it.
 */
const readRows = prepared<PageRow>(
	'read_page',
	`WITH page AS MATERIALIZED (
		SELECT setting.value #>> '{}' AS epoch, coalesce(stream.head, 0)::bigint AS head,
			coalesce(stream.horizon, 0)::bigint AS horizon, few.documents,
			(CASE WHEN few.units < $3::int THEN coalesce(stream.head, 0) ELSE few.last END)::bigint AS position
		FROM setting LEFT JOIN stream ON stream.id = $1, LATERAL (
			SELECT coalesce(string_agg(json_build_object('collection', collection, 'id', document_id, 'position', position,
				'deleted', deleted, 'body', body)::text, ',' ORDER BY position), '') AS documents,
				count(*) AS units, coalesce(max(position), 0)::bigint AS last
			FROM (SELECT * FROM stream_document WHERE stream_id = $1 AND position > $2 ORDER BY position LIMIT $3::int) AS next
		) AS few
		WHERE setting.key = 'epoch'
	)
	SELECT page.*, (
		SELECT coalesce(least(
			(SELECT seq FROM operation WHERE lane_id = lane.id AND position > page.position ORDER BY position, seq LIMIT 1),
			(SELECT min(again.seq) FROM repeated_operation AS again JOIN operation USING (op_id)
				WHERE again.lane_id = lane.id AND operation.position > page.position)
		) - 1, lane.last_seq)::bigint FROM lane WHERE lane.id = $4
	) AS own_seq FROM page`,
);

/**
 * The stream's next documents after a checkpoint, as the JSON text of a `FeedPage`. A device sees its own site's stream and the
 * shared one. A checkpoint of another epoch, beyond the head, or from before tombstones that are gone by now, gets no documents
 * but the word to start anew. A load from zero that began when they were gone already has missed nothing.
 */
export async function readPage(
	db: Kysely<Tables>,
	device: Device,
	{ stream, checkpoint, limit }: PageRequest,
	time: PageTime,
): Promise<string> {
	const streamId = stream === 'shared' ? sharedStream : siteStream(device.siteId);
	const after = checkpoint?.position ?? 0;
	const [row] = await readRows(db, [streamId, after, limit, stream === 'site' ? device.laneId : '']);
	if (row === undefined) throw new Error('The database has no epoch.');
	const { epoch, head, horizon, own_seq } = row;
	const isCut = after > 0 && after < horizon && checkpoint?.horizon !== horizon;
	const resync = checkpoint !== null && (checkpoint.epoch !== epoch || after > head || isCut);
	const frame = JSON.stringify({
		stream,
		epoch,
		position: resync ? 0 : row.position,
		head,
		horizon,
		resync,
		...(own_seq === null ? {} : { ownSeq: resync ? 0 : own_seq }),
		release,
		...time,
	});
	return `{"documents":[${resync ? '' : row.documents}],${frame.slice(1)}`;
}
