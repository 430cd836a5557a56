import { describe, expect, it } from 'vitest';
import type { PromisingRule, RuleSet } from '../../../../shared/schema/promising-rules.ts';
import { firstRouting, type RoutingSet } from '../../../../shared/schema/routing-rules.ts';
import {
	type GroupForm,
	groupForms,
	newGroup,
	promisingGroups,
	readGroupForms,
	routingGroups,
	rulesOfGroup,
} from './group-form.ts';

const rule = (name: string, groups?: string[]): PromisingRule => ({
	id: name,
	name,
	products: {},
	siteGroup: groups === undefined ? {} : { groups },
	effect: { threshold: 1 },
});
const ruleSet: RuleSet = {
	rules: [rule('One', ['North', 'South']), rule('Two'), rule('Three', ['South'])],
	groups: [
		{ name: 'North', siteIds: ['leeds', 'york'] },
		{ name: 'South', siteIds: ['london'] },
	],
};
const problemsOf = (...forms: readonly GroupForm[]) => {
	const read = readGroupForms(promisingGroups, ruleSet, forms);
	return read.ok ? null : [...read.problems];
};

describe('groups of sites', () => {
	it('come back as they were when nothing was typed', () => {
		expect(readGroupForms(promisingGroups, ruleSet, groupForms(ruleSet))).toEqual({ ok: true, body: ruleSet });
	});

	it('that get another name are followed by their rules, also when two change names', () => {
		const [north, south] = groupForms(ruleSet);
		if (north === undefined || south === undefined) throw new Error('There are two.');
		const read = readGroupForms(promisingGroups, ruleSet, [
			{ ...north, name: 'South' },
			{ ...south, name: ' North ' },
			{ ...newGroup('new'), name: 'Scotland', siteIds: ['glasgow'] },
		]);
		expect(read.ok && read.body.groups.map(({ name }) => name)).toEqual(['South', 'North', 'Scotland']);
		expect(read.ok && read.body.rules.map(({ siteGroup }) => siteGroup.groups)).toEqual([
			['South', 'North'],
			undefined,
			['North'],
		]);
	});

	it('without a name, with one that is taken, or without a site are told as such, each at its place', () => {
		const fine = { ...newGroup('1'), name: 'A', siteIds: ['leeds'] };
		const [second, third, fourth] = ['2', '3', '4'].map((key) => ({ ...fine, key }));
		if (!second || !third || !fourth) throw new Error('There are three.');
		expect(
			problemsOf(fine, { ...second, name: ' ' }, { ...third, name: 'A ' }, { ...fourth, name: 'B', siteIds: [] }),
		).toEqual([
			['2', 'missing'],
			['3', 'same_name'],
			['4', 'no_sites'],
		]);
	});

	it('tell which rules speak of them', () => {
		expect(rulesOfGroup(promisingGroups, ruleSet, 'South')).toEqual(['One', 'Three']);
		expect(rulesOfGroup(promisingGroups, ruleSet, 'East')).toEqual([]);
	});

	it('are followed by routing rules wherever these speak of them, and the weights stay', () => {
		const effect = {
			prefer: { sites: { groups: ['North'] }, worthMinor: 5 },
			exclude: { groups: ['South'] },
			fallbacks: [{}, { groups: ['North', 'South'] }],
		};
		const routing: RoutingSet = {
			...firstRouting,
			rules: [{ id: '1', name: 'One', orders: {}, effect }],
			groups: ruleSet.groups,
		};
		const [north, south] = groupForms(routing);
		if (north === undefined || south === undefined) throw new Error('There are two.');
		expect(rulesOfGroup(routingGroups, routing, 'South')).toEqual(['One']);
		const read = readGroupForms(routingGroups, routing, [{ ...north, name: 'Far north' }, south]);
		expect(read).toMatchObject({
			body: {
				weights: firstRouting.weights,
				rules: [
					{
						effect: {
							prefer: { sites: { groups: ['Far north'] }, worthMinor: 5 },
							exclude: { groups: ['South'] },
							fallbacks: [{}, { groups: ['Far north', 'South'] }],
						},
					},
				],
			},
		});
	});
});
