import { afterAll, beforeAll, expect, test } from 'vitest';
import { DigestSum, isSameDigest } from '../../shared/device/stream-digest.ts';
import type { CollectionName } from '../../shared/schema/documents.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres-for-tests.ts';
import { DocumentWriter, sharedStream, siteStream } from '../database/documents.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { inTransaction } from '../database/transaction.ts';
import { digestReader } from './read-digest.ts';

let place: TestDatabase;
let database: Database;
beforeAll(async () => {
	place = await createTestDatabase();
	database = openDatabase(place.url, { connections: 4 });
	await migrate(database.db);
});
afterAll(async () => {
	await database.close();
	await place.drop();
});

const device = { deviceId: 'D', siteId: 'S-1', laneId: '' };

function publish(fill: (documents: DocumentWriter) => void): Promise<unknown> {
	return inTransaction(database.db, (transaction) => {
		const documents = new DocumentWriter();
		fill(documents);
		return documents.publish(transaction);
	});
}

test('central and a device add up the same documents to the same sum, whatever letters their ids have', async () => {
	const ids = ['F-1', 'Ünïcode ✓', ...Array.from({ length: 500 }, (_, index) => `F-${index + 2}`)];
	await publish((documents) => {
		for (const id of ids) documents.put(siteStream('S-1'), 'work', id, { id });
		documents.put(siteStream('S-1'), 'orders', 'O-1', { id: 'O-1' });
	});
	await publish((documents) => documents.remove(siteStream('S-1'), 'work', 'F-1'));
	const digest = await digestReader(database.db)(device, 'site');
	const rows = await database.db
		.selectFrom('stream_document')
		.select(['collection', 'document_id', 'position'])
		.where('stream_id', '=', siteStream('S-1'))
		.where('deleted', '=', false)
		.execute();
	const own = new DigestSum();
	for (const row of rows) own.add(row.collection as CollectionName, row.document_id, row.position);
	expect(digest).toMatchObject({ stream: 'site', position: ids.length + 2 });
	expect(isSameDigest(digest.collections, own.collections())).toBe(true);
	own.add('work', 'F-1', 1);
	expect(isSameDigest(digest.collections, own.collections())).toBe(false);
});

test('an empty stream adds up to nothing, and a document that comes is in the next answer', async () => {
	const read = digestReader(database.db);
	expect(await read(device, 'shared')).toMatchObject({ position: 0, collections: [] });
	await publish((documents) => documents.put(sharedStream, 'sites', 'S-1', { id: 'S-1' }));
	expect(await read(device, 'shared')).toMatchObject({ position: 1, collections: [{ collection: 'sites', count: 1 }] });
	expect(await read(device, 'shared')).toEqual(await digestReader(database.db)(device, 'shared'));
});
