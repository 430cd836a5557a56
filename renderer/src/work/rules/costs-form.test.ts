import { expect, it } from 'vitest';
import { firstRouting } from '../../../../shared/schema/routing-rules.ts';
import { type CostsForm, costsForm, readCostsForm, withoutZone, withZone } from './costs-form.ts';

const { weights } = firstRouting;
const form = costsForm(weights);
const problemsOf = (changes: Partial<CostsForm>) => {
	const read = readCostsForm({ ...form, ...changes });
	return read.ok ? null : read.problems;
};
const zoned = (upToKm: string): CostsForm['zones'] =>
	form.zones.map((zone, index) => (index === 1 ? { ...zone, upToKm } : zone));

it('what routing weighs comes back as it was when nothing was typed, with money typed as money', () => {
	expect(readCostsForm(form)).toEqual({ ok: true, weights });
	expect(form.costs.splitMinor).toBe('1.50');
	expect(readCostsForm({ ...form, costs: { ...form.costs, splitMinor: '2,5' } })).toMatchObject({
		weights: { splitMinor: 250 },
	});
});

it('a zone is added before the last one, and any can go: the last one never ends', () => {
	const added = withZone(form, 'new');
	expect(added.zones.map(({ upToKm }) => upToKm)).toEqual(['50', '150', '400', '', '']);
	expect(problemsOf(added)).toEqual({ 'zones.3.upToKm': 'missing' });
	const last = form.zones.at(-1)?.key ?? '';
	expect(withoutZone(form, last).zones.map(({ upToKm }) => upToKm)).toEqual(['50', '150', '']);
});

it.each<[string, Partial<CostsForm>, object]>([
	['a currency that is none', { currency: 'pounds' }, { currency: 'not_a_currency' }],
	['a cost below zero', { costs: { ...form.costs, splitMinor: '-1' } }, { splitMinor: 'not_a_price' }],
	['a cost left out', { costs: { ...form.costs, splitMinor: ' ' } }, { splitMinor: 'missing' }],
	['an absurd cost', { costs: { ...form.costs, splitMinor: '100001' } }, { splitMinor: 'too_big' }],
	['half a week', { weeks: { ...form.weeks, coverWeeks: '1.5' } }, { coverWeeks: 'not_whole' }],
	['stock that ages at once', { weeks: { ...form.weeks, agingWeeks: '0' } }, { agingWeeks: 'not_whole' }],
	['a zone that ends before the one before', { zones: zoned('50') }, { 'zones.1.upToKm': 'not_farther' }],
	['a zone beyond the Earth', { zones: zoned('20101') }, { 'zones.1.upToKm': 'too_big' }],
])('of %s it is said where it is', (_words, changes, problems) => {
	expect(problemsOf(changes)).toEqual(problems);
});
