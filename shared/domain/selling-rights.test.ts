import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceRight, splitUnits } from './balance-right.ts';
import { rightsWanted, smoothedDemand } from './own-demand.ts';
import {
	claimedUnits,
	emptyRight,
	leftOf,
	outstandingUnits,
	release,
	rightsLeft,
	unitsToRelease,
	useRights,
} from './selling-rights.ts';

const devices = ['d1', 'd2', 'd3'];
const asActive = (deviceIds: readonly string[], demands: readonly number[] = []) =>
	deviceIds.map((deviceId, index) => ({ deviceId, demand: demands[index] ?? 0 }));

/** One thing that happens between central and devices that may be cut off. */
const happening = fc.oneof(
	fc.record({ kind: fc.constant('promise'), device: fc.nat(2), units: fc.integer({ min: 1, max: 6 }) }),
	fc.record({ kind: fc.constant('arrive'), device: fc.nat(2), units: fc.integer({ min: 1, max: 3 }) }),
	fc.record({ kind: fc.constant('pull'), device: fc.nat(2), units: fc.constant(0) }),
	fc.record({ kind: fc.constant('balance'), device: fc.nat(2), units: fc.nat(30) }),
	fc.record({ kind: fc.constant('answer_recall'), device: fc.nat(2), units: fc.constant(0) }),
	fc.record({ kind: fc.constant('central_promises'), device: fc.nat(2), units: fc.integer({ min: 1, max: 8 }) }),
	fc.record({ kind: fc.constant('receive'), device: fc.nat(2), units: fc.integer({ min: 1, max: 5 }) }),
);

const operation = (type: string, units: number) => ({
	type,
	payload: { rights: [{ sku: 'A', quantity: units }], lines: [{ sku: 'A', quantity: units }] },
});

test('in any order of what happens, and however long a device is cut off, promises are never more than the stock, and nothing is below zero', () => {
	fc.assert(
		fc.property(fc.nat(20), fc.array(happening, { maxLength: 60 }), (stock, happenings) => {
			let right = emptyRight('S-1', 'A');
			let free = stock;
			let goods = stock;
			let promisedByCentral = 0;
			let promisedUnderRights = 0;
			const lanes = devices.map(() => [] as ReturnType<typeof operation>[]);
			const arrived = devices.map(() => 0);
			const seen = devices.map(() => ({ right, arrived: 0 }));
			const unconfirmed = (device: number) => (lanes[device] ?? []).slice(seen[device]?.arrived);
			const shareSeen = (device: number) =>
				seen[device]?.right.shares.find(({ deviceId }) => deviceId === devices[device]);
			const takeIn = (device: number) => {
				const next = lanes[device]?.[arrived[device] ?? 0];
				if (next === undefined) return;
				arrived[device] = (arrived[device] ?? 0) + 1;
				const units = next.payload.rights[0]?.quantity ?? 0;
				if (next.type === 'release_rights') {
					const before = outstandingUnits(right);
					right = release(right, devices[device] ?? '', units);
					free += before - outstandingUnits(right);
					return;
				}
				const used = useRights(right, [devices[device] ?? ''], units);
				expect(used.covered).toBe(units);
				right = used.right;
			};
			for (const { kind, device, units } of happenings) {
				if (kind === 'promise') {
					if (rightsLeft(shareSeen(device), unconfirmed(device), 'A') < units) continue;
					lanes[device]?.push(operation('sell', units));
					promisedUnderRights += units;
				} else if (kind === 'arrive') {
					for (let count = 0; count < units; count += 1) takeIn(device);
				} else if (kind === 'pull') {
					seen[device] = { right, arrived: arrived[device] ?? 0 };
				} else if (kind === 'answer_recall') {
					const share = shareSeen(device);
					const back = share === undefined ? 0 : unitsToRelease(share, unconfirmed(device), 'A');
					if (back > 0) lanes[device]?.push(operation('release_rights', back));
				} else if (kind === 'balance') {
					const before = outstandingUnits(right);
					right = balanceRight(right, {
						devices: asActive(devices.slice(0, 1 + device)),
						wanted: units,
						free,
						mostPart: 0.7,
					});
					free -= outstandingUnits(right) - before;
				} else if (kind === 'central_promises') {
					if (free < units) continue;
					free -= units;
					promisedByCentral += units;
				} else {
					free += units;
					goods += units;
				}
				expect(free).toBeGreaterThanOrEqual(0);
				expect(Math.min(0, ...right.shares.map(leftOf))).toBe(0);
				const still = devices.reduce((sum, _, each) => sum + rightsLeft(shareSeen(each), unconfirmed(each), 'A'), 0);
				expect(promisedByCentral + promisedUnderRights + still).toBeLessThanOrEqual(goods);
			}
		}),
	);
});

test('balancing twice is balancing once, and gives no more than is free', () => {
	const share = fc
		.record({ granted: fc.nat(20), used: fc.nat(20), released: fc.nat(20), recall: fc.nat(20) })
		.map(({ granted, used, released, recall }) => ({
			granted: granted + used + released,
			used,
			released,
			recall: Math.min(recall, granted),
		}));
	const balance = fc.record({
		free: fc.integer({ min: -10, max: 40 }),
		wanted: fc.nat(40),
		active: fc.nat(3),
		demands: fc.array(fc.nat(12), { maxLength: 3 }),
	});
	fc.assert(
		fc.property(fc.array(share, { maxLength: 3 }), balance, (shares, { free, wanted, active, demands }) => {
			const before = {
				...emptyRight('S-1', 'A'),
				shares: shares.map((each, index) => ({ ...each, deviceId: devices[index] ?? '' })),
			};
			const question = { devices: asActive(devices.slice(0, active), demands), wanted, mostPart: 0.5 };
			const after = balanceRight(before, { ...question, free });
			const given = outstandingUnits(after) - outstandingUnits(before);
			expect(given).toBeLessThanOrEqual(Math.max(0, free));
			expect(given).toBeGreaterThanOrEqual(0);
			expect(balanceRight(after, { ...question, free: free - given })).toEqual(after);
			for (const { deviceId, recall } of after.shares)
				if (question.devices.every((device) => device.deviceId !== deviceId))
					expect(recall).toBe(
						leftOf(after.shares.find((each) => each.deviceId === deviceId) ?? after.shares[0] ?? never()),
					);
		}),
	);
});

test('where there are more devices than units, the one that sells it has them', () => {
	const counters = Array.from({ length: 9 }, (_, index) => ({ deviceId: `d${index}`, demand: index === 8 ? 5 : 0 }));
	for (const wanted of [1, 2, 4]) {
		const { shares } = balanceRight(emptyRight('S-1', 'A'), { devices: counters, wanted, free: 20, mostPart: 0.5 });
		const seller = shares.find(({ deviceId }) => deviceId === 'd8');
		expect(seller && leftOf(seller)).toBeGreaterThanOrEqual(Math.max(1, ...shares.map(leftOf)));
		expect(shares.reduce((sum, share) => sum + leftOf(share), 0)).toBe(wanted);
	}
});

function never(): never {
	throw new Error('there is a share');
}

test('what a promise takes from rights is never more than it is about', () => {
	const line = fc.record({ sku: fc.constantFrom('A', 'B', '__proto__'), quantity: fc.integer({ min: 1, max: 9 }) });
	fc.assert(
		fc.property(fc.array(line), fc.array(line), (rights, lines) => {
			const total = (sku: string, all: typeof lines) =>
				all.reduce((sum, each) => sum + (each.sku === sku ? each.quantity : 0), 0);
			const claimed = claimedUnits({ rights, lines });
			for (const sku of ['A', 'B', '__proto__'])
				expect(claimed.get(sku) ?? 0).toBe(Math.min(total(sku, rights), total(sku, lines)));
		}),
	);
});

test('an earlier identity pays what the device of today can not', () => {
	const share = (deviceId: string, granted: number) => ({ deviceId, granted, used: 0, released: 0, recall: 0 });
	const right = { ...emptyRight('S-1', 'A'), shares: [share('old', 3), share('new', 1)] };
	const { covered, right: after } = useRights(right, ['new', 'old'], 3);
	expect(covered).toBe(3);
	expect(after.shares.map(leftOf)).toEqual([1, 0]);
	expect(useRights(right, ['new', 'old'], 9).covered).toBe(4);
});

test('a recall that is being answered is not answered twice, and promises come first', () => {
	const share = { deviceId: 'd1', granted: 5, used: 0, released: 0, recall: 4 };
	expect(unitsToRelease(share, [], 'A')).toBe(4);
	expect(unitsToRelease(share, [operation('sell', 3)], 'A')).toBe(2);
	expect(unitsToRelease(share, [operation('sell', 3), operation('release_rights', 2)], 'A')).toBe(0);
	expect(unitsToRelease(share, [operation('release_rights', 3)], 'A')).toBe(1);
});

test('units are split wholly, and nobody gets more than a unit beyond the exact part', () => {
	fc.assert(
		fc.property(
			fc.nat(500),
			fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }),
			(units, weights) => {
				const parts = splitUnits(units, weights);
				const sum = weights.reduce((all, weight) => all + weight, 0);
				expect(parts.reduce((all, part) => all + part, 0)).toBe(units);
				for (const [index, part] of parts.entries())
					expect(Math.abs(part - (units * (weights[index] ?? 0)) / sum)).toBeLessThan(1);
			},
		),
	);
	expect(splitUnits(3, [])).toEqual([]);
});

test('who sells more, minds an outage more or expects a longer one, wants more rights', () => {
	const days = fc.array(fc.nat(20), { minLength: 1, maxLength: 60 });
	fc.assert(
		fc.property(days, fc.double({ min: 0.1, max: 5, noNaN: true }), (sold, outageDays) => {
			const of = (units: readonly number[], length: number, fractile: number) =>
				rightsWanted(smoothedDemand(units, 14), { days: length, fractile });
			const some = of(sold, outageDays, 0.9);
			expect(
				of(
					sold.map((units) => units + 1),
					outageDays,
					0.9,
				),
			).toBeGreaterThanOrEqual(some);
			expect(of(sold, outageDays * 2, 0.9)).toBeGreaterThanOrEqual(some);
			expect(of(sold, outageDays, 0.99)).toBeGreaterThanOrEqual(some);
		}),
	);
	expect(rightsWanted(smoothedDemand([], 14), { days: 1, fractile: 0.9 })).toBe(0);
	expect(
		rightsWanted(
			smoothedDemand(
				Array.from({ length: 60 }, () => 4),
				14,
			),
			{ days: 1, fractile: 0.9 },
		),
	).toBe(6);
});
