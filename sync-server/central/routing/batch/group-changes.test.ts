import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupChanges, type PlanChange, type SharedResources } from './group-changes.ts';

const change = (from: number, to: number, gain: number, units = 1): PlanChange => ({
	before: [{ resource: from, units }],
	after: [{ resource: to, units }],
	gain,
});
const shared = (supply: number[], used: number[], mostTogether = 10): SharedResources => ({
	supply,
	used,
	firstCapacity: supply.length,
	mostTogether,
});

it('who takes what another one frees is moved together with him', () => {
	const changes = [change(0, 1, -1), change(2, 0, 5)];
	expect(groupChanges(changes, shared([1, 1, 1], [1, 0, 1]))).toEqual([[1, 0]]);
});

it('who takes what is free anyway is moved alone', () => {
	const changes = [change(0, 1, 1), change(2, 0, 5)];
	expect(groupChanges(changes, shared([2, 1, 1], [1, 0, 1]))).toEqual([[1], [0]]);
});

it('two that change places go together', () => {
	const changes = [change(0, 1, 1), change(1, 0, 5)];
	expect(groupChanges(changes, shared([1, 1], [1, 1])).map((group) => group.toSorted())).toEqual([[0, 1]]);
});

it('what somebody keeps nobody else takes, and who would have given way for it stays', () => {
	const changes = [change(0, 1, -3), change(2, 0, 5, 2)];
	expect(groupChanges(changes, shared([2, 1, 2], [2, 0, 2]))).toEqual([]);
});

it('a group that saves nothing is left out', () => {
	const changes = [change(0, 1, -5), change(2, 0, 5)];
	expect(groupChanges(changes, shared([1, 1, 1], [1, 0, 1]))).toEqual([]);
});

it('a chain that is too long for one transaction is left out, one that is only about capacity is not', () => {
	const changes = [change(0, 1, 1), change(2, 0, 1), change(3, 2, 1)];
	expect(groupChanges(changes, shared([1, 1, 1, 1], [1, 0, 1, 1], 2)).map((group) => group.toSorted())).toEqual([
		[0, 1],
	]);
	const aboutCapacity = { ...shared([1, 1, 1, 1], [1, 0, 1, 1], 2), firstCapacity: 0 };
	expect(groupChanges(changes, aboutCapacity).flat().toSorted()).toEqual([0, 1, 2]);
});

const units = fc.integer({ min: 1, max: 3 });
const some = fc.uniqueArray(fc.record({ resource: fc.nat(4), units }), {
	maxLength: 3,
	selector: ({ resource }) => resource,
});
const anyChange: fc.Arbitrary<PlanChange> = fc.record({
	before: some,
	after: some,
	gain: fc.integer({ min: -5, max: 10 }),
});

it('whichever of the groups are made, nothing is taken that is not there, and each saves something', () => {
	fc.assert(
		fc.property(
			fc.array(anyChange, { maxLength: 9 }),
			fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }),
			fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
			fc.integer({ min: 1, max: 9 }),
			(changes, free, made, mostTogether) => {
				const used = free.map((_, resource) =>
					changes.reduce(
						(total, { before }) => total + (before.find((one) => one.resource === resource)?.units ?? 0),
						0,
					),
				);
				const supply = used.map((taken, resource) => taken + (free[resource] ?? 0));
				const groups = groupChanges(changes, shared(supply, used, mostTogether));
				expect(new Set(groups.flat()).size).toBe(groups.flat().length);
				const load = used.slice();
				groups.forEach((group, at) => {
					expect(group.length).toBeLessThanOrEqual(mostTogether);
					expect(group.reduce((total, index) => total + (changes[index]?.gain ?? 0), 0)).toBeGreaterThan(0);
					if (!made[at]) return;
					for (const index of group) {
						for (const one of changes[index]?.before ?? []) load[one.resource] = (load[one.resource] ?? 0) - one.units;
						for (const one of changes[index]?.after ?? []) load[one.resource] = (load[one.resource] ?? 0) + one.units;
					}
				});
				load.forEach((taken, resource) => {
					expect(taken).toBeLessThanOrEqual(supply[resource] ?? 0);
				});
			},
		),
		{ numRuns: 500 },
	);
});
