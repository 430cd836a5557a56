import { expect, test } from 'vitest';
import { samplePurchaseOrder, sampleTransfer } from '../../../../shared/domain/sample-supply.ts';
import type { FulfillmentOrder } from '../../../../shared/schema/fulfillment-order.ts';
import { dueDeliveries, nextWork, todaysWork } from './todays-work.ts';

const now = Temporal.Instant.from('2026-11-22T12:00:00Z');

function work(id: string, change: Partial<FulfillmentOrder>): FulfillmentOrder {
	return {
		id,
		kind: 'fulfillment_order',
		number: id,
		orderId: `O-${id}`,
		orderNumber: id,
		siteId: 'S-1',
		method: 'ship',
		state: 'assigned',
		promisedAt: '2026-11-22T16:00:00Z',
		customer: { name: 'Ada' },
		shipTo: { line1: '1 High Street', town: 'Leeds', postalCode: 'LS1', country: 'GB' },
		passCode: '',
		lines: [],
		packages: [],
		stagedAt: null,
		putBack: [],
		pickerName: null,
		...change,
	};
}

const late = work('late', { promisedAt: '2026-11-22T11:00:00Z' });
const due = work('due', {});
const tomorrow = work('tomorrow', { promisedAt: '2026-11-23T10:00:00Z' });
const ready = work('ready', { method: 'pickup', state: 'ready', promisedAt: '2026-11-22T10:00:00Z' });
const mine = work('mine', { state: 'picking', pickerName: 'Leah', promisedAt: '2026-11-24T10:00:00Z' });
const others = work('others', { state: 'picking', pickerName: 'Joe', promisedAt: '2026-11-22T10:30:00Z' });
const gone = work('gone', { state: 'shipped' });

test('today shows late, due and mine in order of promise, and counts the rest', () => {
	const today = todaysWork([tomorrow, due, mine, gone, late, ready], now, 'Europe/London', 'Leah');
	expect(today.rows.map(({ id }) => id)).toEqual(['ready', 'late', 'due', 'mine']);
	expect(today).toMatchObject({ late: 1, dueToday: 2, mine: 1, later: 1 });
});

test('a pickup on its shelf is never late, however long its customer takes', () => {
	expect(todaysWork([ready], now, 'Europe/London', 'Leah').late).toBe(0);
});

test('today ends at the site’s midnight, not at UTC’s', () => {
	const inTheEvening = work('evening', { promisedAt: '2026-11-23T03:00:00Z' });
	expect(todaysWork([inTheEvening], now, 'America/New_York', 'Leah').dueToday).toBe(1);
	expect(todaysWork([inTheEvening], now, 'Europe/London', 'Leah').dueToday).toBe(0);
});

test('next is what I have begun, else the earliest promise that nobody else is picking', () => {
	expect(nextWork([ready, others, late, due, mine], 'Leah')?.id).toBe('mine');
	expect(nextWork([ready, others, late, due], 'Leah')?.id).toBe('late');
	expect(nextWork([ready, others], 'Leah')).toBeNull();
});

test('deliveries that are due today or were before are counted until they have ended', () => {
	const here = Temporal.ZonedDateTime.from('2026-11-22T10:00:00[Europe/London]');
	const supplies = [
		samplePurchaseOrder(),
		samplePurchaseOrder({ id: 'po-2', expectedOn: '2026-11-20' }),
		samplePurchaseOrder({ id: 'po-3', state: 'received' }),
		samplePurchaseOrder({ id: 'po-4', expectedOn: '2026-11-23' }),
		sampleTransfer({ expectedOn: '2026-11-22' }),
		sampleTransfer({ id: 't-2', expectedOn: '2026-11-22', toSiteId: 'S-2' }),
	];
	expect(dueDeliveries(supplies, 'S-1', here)).toEqual({ count: 3, late: 1 });
});
