import type { Kysely } from 'kysely';
import type { FeedDigest } from '../../shared/protocol/messages.ts';
import type { Device } from '../central/devices/authenticate-device.ts';
import { sharedStream, siteStream } from '../database/documents.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';

interface DigestRow {
	readonly epoch: string;
	readonly position: number;
	readonly collections: FeedDigest['collections'];
}

const readHead = prepared<{ readonly mark: string }>(
	'digest_head',
	`SELECT (setting.value #>> '{}') || ' ' || coalesce(stream.head, 0) AS mark
	FROM setting LEFT JOIN stream ON stream.id = $1 WHERE setting.key = 'epoch'`,
);

/** In one snapshot: what the documents of one stream add up to, and where the stream stood then. */
const readSums = prepared<DigestRow>(
	'read_digest',
	`SELECT setting.value #>> '{}' AS epoch, coalesce(stream.head, 0)::bigint AS position, (
		SELECT coalesce(json_agg(json_build_object('collection', collection, 'count', units, 'sum', sum)), '[]') FROM (
			SELECT collection, count(*) AS units, lpad(to_hex(bit_xor(('x' || left(encode(
				sha256(convert_to(document_id || ' ' || position, 'UTF8')), 'hex'), 16))::bit(64)::bigint)), 16, '0') AS sum
			FROM stream_document WHERE stream_id = $1 AND NOT deleted GROUP BY collection
		) AS sums
	) AS collections FROM setting LEFT JOIN stream ON stream.id = $1 WHERE setting.key = 'epoch'`,
);

export type ReadDigest = (device: Device, stream: FeedDigest['stream']) => Promise<FeedDigest>;

/** Adds up a stream as a device sees it. The last answer of each stream is kept: many devices ask for the same one at the start of a day. */
export function digestReader(db: Kysely<Tables>): ReadDigest {
	const kept = new Map<string, { readonly mark: string; readonly digest: Promise<FeedDigest> }>();
	return async (device, stream) => {
		const streamId = stream === 'shared' ? sharedStream : siteStream(device.siteId);
		const [head] = await readHead(db, [streamId]);
		if (head === undefined) throw new Error('The database has no epoch.');
		const known = kept.get(streamId);
		if (known?.mark === head.mark) return known.digest;
		const digest = addUp(db, streamId, stream);
		kept.set(streamId, { mark: head.mark, digest });
		digest.catch(() => kept.delete(streamId));
		return digest;
	};
}

async function addUp(db: Kysely<Tables>, streamId: string, stream: FeedDigest['stream']): Promise<FeedDigest> {
	const [row] = await readSums(db, [streamId]);
	if (row === undefined) throw new Error('The database has no epoch.');
	return { stream, ...row };
}
