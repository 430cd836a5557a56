import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Reservation } from '../schema/reservation.ts';
import { isHeld, takeFromReservation, unitsHeld, unitsThere, withArrivals } from './reservation-units.ts';

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
	fc
		.tuple(
			skus,
			fc.integer({ min: 1, max: 9 }),
			fc.option(fc.constantFrom('2026-11-22', '2026-11-24'), { nil: undefined }),
		)
		.map(([sku, quantity, expectedOn]) => ({ sku, name: 'A product', quantity, ...(expectedOn && { expectedOn }) })),
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

const thereOf = (reservation: Reservation, sku: string) => unitsThere(reservation).get(sku) ?? 0;

it('goods that come are there from then on, the earliest expected first, and the reservation holds as many as before', () => {
	fc.assert(
		fc.property(lines, takings, takings, (asked, taken, come) => {
			const before = takeFromReservation(reservationOf(asked), taken);
			const units = new Map<string, number>();
			for (const each of come) units.set(each.sku, each.units + (units.get(each.sku) ?? 0));
			const after = withArrivals(before, units);
			for (const sku of ['A', 'B', 'C']) {
				const held = heldOf(before, sku);
				expect(heldOf(after, sku)).toBe(held);
				expect(thereOf(after, sku)).toBe(Math.min(held, thereOf(before, sku) + (units.get(sku) ?? 0)));
			}
			const keys = after.lines.map(({ sku, expectedOn }) => `${sku} ${expectedOn}`);
			expect(new Set(keys).size).toBe(keys.length);
		}),
	);
	const reservation = reservationOf([
		{ sku: 'A', name: 'A', quantity: 3, expectedOn: '2026-11-24' },
		{ sku: 'A', name: 'A', quantity: 2, expectedOn: '2026-11-22' },
	]);
	expect(withArrivals(reservation, new Map([['A', 3]])).lines).toEqual([
		{ sku: 'A', name: 'A', quantity: 3 },
		{ sku: 'A', name: 'A', quantity: 2, expectedOn: '2026-11-24' },
	]);
});

it('of what is there is taken first, and only then of what is still to come', () => {
	const reservation = reservationOf([
		{ sku: 'A', name: 'A', quantity: 3, expectedOn: '2026-11-24' },
		{ sku: 'A', name: 'A', quantity: 2 },
	]);
	expect(takeFromReservation(reservation, [{ sku: 'A', units: 4 }]).lines).toMatchObject([
		{ quantity: 3, fulfilled: 2 },
		{ quantity: 2, fulfilled: 2 },
	]);
});
