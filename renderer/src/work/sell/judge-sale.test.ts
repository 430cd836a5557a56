import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reservation } from '../../../../shared/schema/reservation.ts';
import { addUnits, emptyBasket } from './basket.ts';
import { hurtBySale } from './judge-sale.ts';
import { sampleProduct } from './sample-product.ts';

const now = Temporal.Instant.from('2026-11-26T10:00:00Z');
const basketOf = (quantity: number) => addUnits(emptyBasket, sampleProduct('MUG'), '', { quantity });
const shelf = (available: number, allocated = 0) => new Map([['MUG', { available, allocated }]]);
const reservation = (id: string, quantity: number, change: Partial<Reservation> = {}): Reservation => ({
	id,
	kind: 'reservation',
	siteId: 'S-1',
	channel: 'S-1',
	state: 'held',
	lines: [{ sku: 'MUG', name: 'Mug', quantity }],
	reservedAt: '2026-11-26T09:00:00Z',
	expiresAt: '2026-11-26T12:00:00Z',
	...change,
});

describe('a sale of goods in hand', () => {
	it('goods that lie free take nothing from anybody', () => {
		expect(hurtBySale(basketOf(3), shelf(3, 5), [], null, now)).toEqual([]);
	});

	it('it says how many were kept for others, set aside for orders, or in no book', () => {
		const hurt = hurtBySale(basketOf(5), shelf(3, 1), [reservation('R-1', 2)], null, now);
		expect(hurt).toEqual([{ sku: 'MUG', name: 'Product MUG', free: 1, promised: 3, unknown: 1 }]);
	});

	it('goods that are kept for this customer, or no longer kept, are free for them', () => {
		const reservations = [reservation('R-1', 2), reservation('R-2', 1, { expiresAt: '2026-11-26T09:59:59Z' })];
		expect(hurtBySale(basketOf(2), shelf(2), reservations, 'R-1', now)).toEqual([]);
		const released = [reservation('R-1', 2, { state: 'released' })];
		expect(hurtBySale(basketOf(2), shelf(2), released, null, now)).toEqual([]);
	});

	it('a product that the books don’t have here is told of', () => {
		expect(hurtBySale(basketOf(1), new Map(), [], null, now)).toMatchObject([{ free: 0, promised: 0, unknown: 1 }]);
	});

	it('each unit of the sale is counted once, whatever the books say', () => {
		const units = fc.integer({ min: -3, max: 9 });
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 9 }),
				units,
				units,
				fc.integer({ min: 1, max: 9 }),
				(sold, free, set, kept) => {
					const [hurt] = hurtBySale(basketOf(sold), shelf(free, set), [reservation('R-1', kept)], null, now);
					if (hurt === undefined) return;
					expect(hurt.free + hurt.promised + hurt.unknown).toBe(sold);
					expect(Math.min(hurt.free, hurt.promised, hurt.unknown)).toBeGreaterThanOrEqual(0);
				},
			),
		);
	});
});
