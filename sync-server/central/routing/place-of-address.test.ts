import { expect, test } from 'vitest';
import { placeFinder } from './place-of-address.ts';

const find = placeFinder([
	{ outcode: 'LS1', lat: 53.8, lon: -1.55 },
	{ outcode: 'EC1A', lat: 51.52, lon: -0.1 },
]);
const address = (postalCode: string, country = 'GB') => ({ line1: '1 Mill Lane', town: 'Leeds', postalCode, country });

test('an address with coordinates is there, whatever its postal code says', () => {
	expect(find({ ...address('LS1'), lat: 1, lon: 2 })).toEqual({ lat: 1, lon: 2 });
});

test('a British postal code leads to the center of its outward code, however it is written', () => {
	const leeds = { lat: 53.8, lon: -1.55 };
	for (const code of ['LS1', 'LS1 4DY', 'ls14dy', ' LS1  4dy ']) expect(find(address(code))).toEqual(leeds);
	expect(find(address('EC1A 1BB'))).toEqual({ lat: 51.52, lon: -0.1 });
});

test('a code that is unknown, or of another country, leads nowhere', () => {
	expect(find(address('ZZ9 9ZZ'))).toBeUndefined();
	expect(find(address('LS1', 'FR'))).toBeUndefined();
});
