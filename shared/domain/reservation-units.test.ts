import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Reservation } from '../schema/reservation.ts';
import { isHeld, takeFromReservation, unitsHeld } from './reservation-units.ts';

const now = Temporal.Instant.from('2026-11-20T10:00:00Z');
const reservationOf = (lines: Reservation['lines'], expiresAt = '2026-11-20T10:15:00Z'): Reservation => ({
	id: 'R1',
	kind: 'reservation',
	siteId: 'leeds',
	channel: 'web-shop',
	state: 'held',
	lines,
	reservedAt: '2026-11-20T09:59:00Z',
	expiresAt,
});
const skus = fc.constantFrom('A', 'B', 'C');
const lines = fc.array(
	fc.record({ sku: skus, name: fc.constant('A product'), quantity: fc.integer({ min: 1, max: 9 }) }),
	{
		minLength: 1,
		maxLength: 6,
	},
);
const takings = fc.array(fc.record({ sku: skus, units: fc.integer({ min: 1, max: 9 }) }), { maxLength: 6 });
const heldOf = (reservation: Reservation, sku: string) => unitsHeld(reservation).get(sku) ?? 0;

it('from a reservation never more is taken than it has, and nothing of it is lost', () => {
	fc.assert(
		fc.property(lines, fc.array(takings, { maxLength: 4 }), (asked, all) => {
			let reservation = reservationOf(asked);
			for (const units of all) {
				const before = reservation;
				reservation = takeFromReservation(reservation, units);
				for (const sku of ['A', 'B', 'C']) {
					const wanted = units.reduce((sum, each) => sum + (each.sku === sku ? each.units : 0), 0);
					expect(heldOf(reservation, sku)).toBe(Math.max(0, heldOf(before, sku) - wanted));
				}
			}
			const left = [...unitsHeld(reservation).values()].some((units) => units > 0);
			expect(reservation.state).toBe(left ? 'held' : 'fulfilled');
		}),
	);
});

it('a reservation holds until its last instant, and not at it', () => {
	const reservation = reservationOf([{ sku: 'A', name: 'A product', quantity: 1 }]);
	expect(isHeld(reservation, now)).toBe(true);
	expect(isHeld(reservation, Temporal.Instant.from('2026-11-20T10:14:59.999Z'))).toBe(true);
	expect(isHeld(reservation, Temporal.Instant.from('2026-11-20T10:15:00Z'))).toBe(false);
	expect(isHeld({ ...reservation, state: 'released' }, now)).toBe(false);
});
