import { expect, test } from 'vitest';
import { readAddress } from './read-address.ts';

const typed = { line1: ' 7 Hill Road ', postalCode: 'YO1 7HH', town: 'York', country: 'gb' };

test('an address is read without the spaces around it, its country in capitals', () => {
	const address = { line1: '7 Hill Road', postalCode: 'YO1 7HH', town: 'York', country: 'GB' };
	expect(readAddress(typed)).toEqual({ ok: true, address });
});

test('what is missing or can’t be a country is named', () => {
	expect(readAddress({ ...typed, town: ' ', country: 'England' })).toEqual({ ok: false, missing: ['town', 'country'] });
});
