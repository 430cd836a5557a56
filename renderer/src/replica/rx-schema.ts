import type { RxJsonSchema } from 'rxdb';
import type { TObject } from 'typebox';
import { type CollectionName, collections } from '../../../shared/schema/documents.ts';

/** A stored document: its key, and whatever its own schema says. */
export interface StoredDocument {
	readonly id: string;
	readonly [field: string]: unknown;
}

type Fields = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** RxDB wants a length for each string in an index; a code of fixed length says its own in its pattern. */
function withLength(field: Readonly<Record<string, unknown>> | undefined, name: string): Record<string, unknown> {
	if (field === undefined) throw new Error(`No document of the collection has the index field ${name}`);
	const fixedLength = /^\^\\d\{(\d+)\}\$$/.exec(String(field.pattern ?? ''))?.[1];
	const maxLength = field.maxLength ?? (fixedLength === undefined ? undefined : Number(fixedLength));
	if (maxLength === undefined) throw new Error(`The index field ${name} has no greatest length`);
	return { ...field, maxLength };
}

function fieldsOf(schemas: readonly TObject[]): Fields {
	const fields: Record<string, Record<string, unknown>> = {};
	for (const schema of schemas) {
		// TypeBox marks its schemas with symbols and hidden properties; what RxDB hashes must be plain JSON.
		const properties: Fields = JSON.parse(JSON.stringify(schema.properties));
		for (const [name, field] of Object.entries(properties)) {
			const known = fields[name];
			const isSame = known === undefined || JSON.stringify(known) === JSON.stringify(field);
			fields[name] = isSame ? { ...field } : { anyOf: [known, field] };
		}
	}
	return fields;
}

/**
 * The RxDB schema of one collection, from the TypeBox schemas of its documents. A collection that holds several kinds has the
 * fields of all; required is what all of them require.
 */
export function rxSchemaOf(name: CollectionName): RxJsonSchema<StoredDocument> {
	const { schemas, indexes } = collections[name];
	const all: readonly TObject[] = schemas;
	const fields: Record<string, unknown> = { ...fieldsOf(all) };
	for (const index of ['id', ...indexes]) fields[index] = withLength(fieldsOf(all)[index], index);
	const required = (all[0]?.required ?? []).filter((field) => all.every((each) => each.required?.includes(field)));
	return {
		version: 0,
		primaryKey: 'id',
		type: 'object',
		properties: fields as RxJsonSchema<StoredDocument>['properties'],
		required,
		indexes: [...indexes],
	};
}
