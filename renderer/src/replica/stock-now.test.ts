import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buckets, type Movement, siteBuckets } from '../../../shared/schema/stock-position.ts';
import { noUnits, unitsWith } from './stock-now.ts';

const movement = fc.record({
	siteId: fc.constantFrom('S-1', 'S-2'),
	sku: fc.constantFrom('MUG', 'CUP'),
	quantity: fc.integer({ min: 1, max: 9 }),
	from: fc.constantFrom(...buckets),
	to: fc.constantFrom(...buckets),
	reason: fc.constant('test'),
});

const total = (units: Readonly<Record<string, number>>) => Object.values(units).reduce((sum, each) => sum + each, 0);
const isInside = (bucket: string) => siteBuckets.some((each) => each === bucket);

describe('what is here now', () => {
	it('what was done here and is not confirmed yet is on top of what is stored', () => {
		const sold: Movement = {
			siteId: 'S-1',
			sku: 'MUG',
			quantity: 2,
			from: 'available',
			to: 'customer',
			reason: 'sold',
		};
		expect(unitsWith({ ...noUnits, available: 5 }, [sold], 'S-1', 'MUG').available).toBe(3);
		expect(unitsWith({ ...noUnits, available: 1 }, [sold], 'S-1', 'MUG').available).toBe(-1);
	});

	it('only what enters or leaves the site changes its sum, and nothing of another site or product', () => {
		fc.assert(
			fc.property(fc.array(movement), (movements) => {
				const here = movements.filter(({ siteId, sku }) => siteId === 'S-1' && sku === 'MUG');
				const came = here.reduce(
					(sum, { from, to, quantity }) => sum + (isInside(to) ? quantity : 0) - (isInside(from) ? quantity : 0),
					0,
				);
				expect(total(unitsWith(noUnits, movements, 'S-1', 'MUG'))).toBe(came);
				expect(unitsWith(noUnits, movements, 'S-1', 'MUG')).toEqual(unitsWith(noUnits, here, 'S-1', 'MUG'));
			}),
		);
	});
});
