import { describe, expect, it } from 'vitest';
import type { SiteAvailability } from '../../../shared/schema/availability.ts';
import { certaintyWord, type KnownAnswer, knownAnswer, withAnswer } from './kept-answers.ts';

const site = (siteId: string, available: number, change: Partial<SiteAvailability> = {}): SiteAvailability => ({
	siteId,
	siteName: `Site ${siteId}`,
	available,
	buckets: available === 0 ? [] : [{ from: '2026-11-26', units: available, certainty: 0.9 }],
	onHand: available,
	claimed: 0,
	keptBack: 0,
	...change,
});
const asOf = '2026-11-26T14:05:00Z';
const answer = (sites: readonly SiteAvailability[]) => ({ sku: 'MUG', name: 'Mug', available: 0, sites: [...sites] });

describe('what is kept of central’s answers', () => {
	it('the own site, and others that have or expect something', () => {
		const later = site('S-4', 0, { buckets: [{ from: '2026-11-28', units: 6, certainty: 0.7 }], kilometers: 12 });
		const known = knownAnswer(asOf, answer([site('S-2', 3), site('S-3', 0), later, site('S-1', 0)]), 'S-1');
		expect(known.sites.map(({ siteId, available, certainty }) => [siteId, available, certainty])).toEqual([
			['S-1', 0, null],
			['S-2', 3, 0.9],
			['S-4', 0, null],
		]);
		expect(known.sites[2]).toMatchObject({ later: { from: '2026-11-28', units: 6 }, kilometers: 12 });
	});

	it('a site that promises nothing now is kept if it has something, with why and how much it has', () => {
		const quiet = { reason: 'quiet', message: 'Not heard of.' } as const;
		const closed = { reason: 'closed', message: 'Closed.', opensOn: '2026-11-28' } as const;
		const known = knownAnswer(
			asOf,
			answer([
				site('S-2', 0, { onHand: 7, claimed: 2, keptBack: 1, notNow: quiet }),
				site('S-3', 0, { onHand: 1, claimed: 2, notNow: quiet }),
				site('S-4', 0, { onHand: 3, notNow: closed }),
			]),
			'S-1',
		);
		expect(known.sites.map(({ siteId, notNow }) => [siteId, notNow])).toEqual([
			['S-2', { reason: 'quiet', units: 4 }],
			['S-4', { reason: 'closed', opensOn: '2026-11-28', units: 3 }],
		]);
	});

	it('however many sites and products are asked for, what is kept is bounded, and the latest stays', () => {
		const many = Array.from({ length: 500 }, (_, at) => site(`S-${at}`, 1));
		expect(knownAnswer(asOf, answer(many), 'S-499').sites).toHaveLength(13);
		const all = Array.from({ length: 500 }, (_, at): KnownAnswer => ({ sku: `SKU-${at}`, asOf, sites: [] })).reduce(
			withAnswer,
			[],
		);
		expect(all).toHaveLength(200);
		expect(all[0]?.sku).toBe('SKU-499');
	});

	it('a product that is asked for again has one answer, the newer', () => {
		const once = withAnswer([], { sku: 'MUG', asOf, sites: [] });
		const again = withAnswer(once, { sku: 'MUG', asOf: '2026-11-26T15:00:00Z', sites: [] });
		expect(again).toEqual([{ sku: 'MUG', asOf: '2026-11-26T15:00:00Z', sites: [] }]);
	});

	it('a probability has a word for each part of its range', () => {
		expect([1, 0.95, 0.9, 0.5, 0.2, 0].map(certaintyWord)).toEqual([
			'sure',
			'sure',
			'likely',
			'unsure',
			'doubtful',
			'doubtful',
		]);
	});
});
