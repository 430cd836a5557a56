import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { OneOf } from '../../shared/schema/field.ts';
import { schemaFaultFinder } from './schema-fault.ts';

const find = schemaFaultFinder(
	Type.Object(
		{ method: OneOf(['ship', 'pickup']), lines: Type.Array(Type.Object({ quantity: Type.Integer({ minimum: 1 }) })) },
		{ additionalProperties: false },
	),
);

describe('a value that does not fit', () => {
	it.each([
		['names the choices', { method: 'mail', lines: [] }, '/method', 'must be one of: ship, pickup'],
		['names a missing field', { method: 'ship' }, '/lines', 'is missing'],
		['names a field too many', { method: 'ship', lines: [], note: '' }, '/note', 'is not a known field'],
		['names the place in a list', { method: 'ship', lines: [{ quantity: 0 }] }, '/lines/0/quantity', 'must be >= 1'],
		['is told so when it is no object at all', null, '', 'must be object'],
	])('%s', (_promise, value, where, words) => {
		expect(find(value)).toEqual({ where, words });
	});

	it('passes when it fits', () => {
		expect(find({ method: 'ship', lines: [{ quantity: 1 }] })).toBeUndefined();
	});
});
