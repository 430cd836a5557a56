import { expect, test } from 'vitest';
import { collectionNames } from '../../../shared/schema/documents.ts';
import { databaseName, schemaName } from './replica-database.ts';
import { rxSchemaOf } from './rx-schema.ts';

test('every collection has a primary key with a length, as RxDB wants it', () => {
	for (const name of collectionNames) {
		const schema = rxSchemaOf(name);
		expect(schema.primaryKey).toBe('id');
		expect(schema.required).toContain('id');
		expect(schema.properties.id?.maxLength).toBe(100);
	}
});

test('an index field has a length and is required, though the schema says its length by a pattern', () => {
	const catalog = rxSchemaOf('catalog');
	expect(catalog.indexes).toEqual(['gtin']);
	expect(catalog.required).toContain('gtin');
	expect(catalog.properties.gtin?.maxLength).toBe(14);
});

test('a collection of several kinds has the fields of all, and requires only what all have', () => {
	const work = rxSchemaOf('work');
	expect(Object.keys(work.properties)).toEqual(expect.arrayContaining(['passCode', 'refund', 'lines']));
	expect(work.required).toEqual(expect.arrayContaining(['id', 'kind', 'state']));
	// A bin that is out of use has none.
	expect(work.required).not.toContain('lines');
	expect(work.required).not.toContain('passCode');
});

test('what RxDB hashes is plain JSON: the same in every realm', () => {
	for (const name of collectionNames) {
		const schema = rxSchemaOf(name);
		expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
	}
});

test('a new generation, and another schema, is another database', () => {
	const name = { siteId: 'S-1', schema: schemaName(), number: 1 };
	expect(databaseName({ ...name, number: 2 })).not.toBe(databaseName(name));
	expect(databaseName({ ...name, schema: 'other' })).not.toBe(databaseName(name));
});
