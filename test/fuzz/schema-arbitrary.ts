import fc from 'fast-check';

/** As much of a JSON schema as our messages use. */
interface SchemaLike {
	readonly type?: string;
	readonly const?: unknown;
	readonly anyOf?: readonly SchemaLike[];
	readonly properties?: Readonly<Record<string, SchemaLike>>;
	readonly required?: readonly string[];
	readonly items?: SchemaLike;
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly pattern?: string;
	readonly format?: string;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minimum?: number;
	readonly maximum?: number;
}

const longestList = 4;
const longestText = 60;
const instant = fc
	.integer({ min: -4_000_000_000, max: 8_000_000_000 })
	.map((second) => Temporal.Instant.fromEpochMilliseconds(second * 1000).toString());

/**
 * Values that fit a TypeBox schema, so far as they are of ordinary size. A schema that names no type gives any JSON value.
 * @throws when the schema uses something that is not known here, so that nothing goes untested in silence
 */
export function arbitraryOf(schema: object): fc.Arbitrary<unknown> {
	const { type, anyOf, minimum, maximum, ...rest } = schema as SchemaLike;
	if ('const' in rest) return fc.constant(rest.const);
	if (anyOf !== undefined) return fc.oneof(...anyOf.map(arbitraryOf));
	switch (type) {
		case 'object':
			return objectOf(rest);
		case 'array': {
			const { items = {}, minItems = 0, maxItems = longestList } = rest;
			return fc.array(arbitraryOf(items), { minLength: minItems, maxLength: Math.min(maxItems, longestList) });
		}
		case 'string':
			return textOf(rest);
		case 'integer':
			return fc.oneof(
				fc.integer({ min: minimum ?? -1000, max: Math.min(maximum ?? 1000, 1000) }),
				fc.integer({ min: minimum ?? Number.MIN_SAFE_INTEGER, max: maximum ?? Number.MAX_SAFE_INTEGER }),
			);
		case 'number':
			return fc.double({ min: minimum ?? -1e15, max: maximum ?? 1e15, noNaN: true });
		case 'boolean':
			return fc.boolean();
		case 'null':
			return fc.constant(null);
		case undefined:
			return fc.jsonValue({ maxDepth: 3 });
		default:
			throw new Error(`No values are known for the type ${type}.`);
	}
}

function objectOf({ properties = {}, required = [] }: SchemaLike): fc.Arbitrary<unknown> {
	const members = Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)] as const);
	return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
}

function textOf({ pattern, format, minLength = 0, maxLength = longestText }: SchemaLike): fc.Arbitrary<string> {
	if (format === 'uuid') return fc.uuid();
	if (pattern?.startsWith('^\\d{4}-\\d{2}-\\d{2}T')) {
		return fc.oneof({ weight: 4, arbitrary: instant }, fc.constant('2026-02-30T25:61:00Z'));
	}
	if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
	const size = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, longestText)) };
	return fc.oneof(fc.string(size), fc.string({ ...size, unit: 'grapheme' }));
}
