import { describe, expect, test } from 'vitest';
import { readScanCode } from '../../../../shared/codes/index.ts';
import { judgeStageScan } from './judge-stage-scan.ts';
import { after, handedOver, picked, type SamplePickup, samplePickup, site, staged } from './sample-pickup.ts';

const goods = [
	{ sku: 'MUG', quantity: 2 },
	{ sku: 'JAR', quantity: 1 },
];
const scan = (text: string, { fulfillmentOrder }: SamplePickup, ...others: readonly SamplePickup[]) =>
	judgeStageScan(
		{ code: readScanCode(text), text, typed: false },
		{ fulfillmentOrder, fulfillmentOrders: [fulfillmentOrder, ...others.map((each) => each.fulfillmentOrder)], site },
	);
const ready = picked(samplePickup(goods));

describe('a shelf of the site takes the pickup', () => {
	test('with all its units', () =>
		expect(scan('LOC-PU-03', ready)).toEqual({
			kind: 'put_there',
			location: 'PU-03',
			units: 3,
			from: null,
			others: 0,
		}));
	test('also by its bare code', () => expect(scan('pu-03', ready)).toMatchObject({ location: 'PU-03' }));
	test('and says that others stand there', () =>
		expect(scan('LOC-PU-01', ready, staged(samplePickup(goods, '7')))).toMatchObject({ others: 1 }));
	test('from another shelf', () =>
		expect(scan('LOC-PU-02', staged(samplePickup(goods), 'PU-01'))).toMatchObject({
			kind: 'put_there',
			from: 'PU-01',
		}));
	test('with the units that were picked later', () => {
		const early = after(samplePickup(goods), 'pick', { lineId: 'line-1', sku: 'MUG', quantity: 2 });
		const late = after(after(early, 'stage', { location: 'PU-01' }), 'pick', {
			lineId: 'line-2',
			sku: 'JAR',
			quantity: 1,
		});
		expect(scan('LOC-PU-01', late)).toMatchObject({ kind: 'put_there', units: 3 });
	});
});

describe('is refused, with the reason', () => {
	test('the same shelf again', () =>
		expect(scan('LOC-PU-01', staged(samplePickup(goods)))).toEqual({ kind: 'already_there', location: 'PU-01' }));
	test('a place where no pickups wait', () =>
		expect(scan('LOC-A-12-3', ready)).toEqual({ kind: 'not_a_shelf', code: 'A-12-3' }));
	test.each([
		['5012345678900', 'product'],
		['ORD-1042', 'order'],
		['PASS-K7M4Q2', 'pass'],
	])('%s is a %s, not a place', (text, scanned) => expect(scan(text, ready)).toEqual({ kind: 'not_a_place', scanned }));
	test('a code that nobody can read', () => expect(scan('??', ready)).toEqual({ kind: 'unreadable', text: '??' }));
	test('nothing is picked', () =>
		expect(scan('LOC-PU-03', samplePickup(goods))).toEqual({ kind: 'obstacle', obstacle: 'not_picked' }));
	test('the customer has it', () =>
		expect(scan('LOC-PU-03', handedOver(staged(samplePickup(goods))))).toEqual({
			kind: 'obstacle',
			obstacle: 'handed_over',
		}));
	test('it was cancelled after it was picked', () =>
		expect(scan('LOC-PU-03', after(ready, 'cancel', { reason: 'asked' }))).toEqual({
			kind: 'obstacle',
			obstacle: 'cancelled',
		}));
	test('it goes by parcel', () =>
		expect(scan('LOC-PU-03', picked(samplePickup(goods, '1', { method: 'ship' })))).toEqual({
			kind: 'obstacle',
			obstacle: 'ships',
		}));
});
