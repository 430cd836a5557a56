import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RulesState, SaveDraft } from '../../../shared/protocol/rules-messages.ts';
import type { PromisingRule } from '../../../shared/schema/promising-rules.ts';
import { openShop, shopProducts, shopSites } from '../../../test/shop-for-tests.ts';
import type { Clock } from '../../clock.ts';
import { type Changed, discardDraft, publishDraft, readRulesState, saveDraft } from './change-rules.ts';
import { currentRules } from './current-rules.ts';
import { previewRules } from './preview-rules.ts';
import { promisingSubject } from './promising-subject.ts';
import { listVersions, readHistory, versionChanges } from './rule-versions.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let parts: { readonly db: typeof shop.db; readonly clock: Clock };
const clock: Clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z') };
const ann = { id: 'ann', name: 'Ann' };
const bea = { id: 'bea', name: 'Bea' };

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 6, 'leeds B': 2, 'london A': 4, 'london B': 50, 'leeds C': 1 });
	parts = { db: shop.db, clock };
});
afterAll(() => shop.drop());

const rule = (changes: Partial<PromisingRule> = {}): PromisingRule => {
	const effect = { safetyStock: { units: 2 } };
	return { id: 'keep', name: 'Keep two', products: {}, siteGroup: { kinds: ['store'] }, effect, ...changes };
};
async function draftOf(...rules: readonly PromisingRule[]): Promise<SaveDraft> {
	const { published, draft } = await readRulesState(promisingSubject, parts);
	return { baseVersion: published.version, revision: draft?.revision ?? 0, rules: [...rules], groups: [] };
}
function done<T>(changed: Changed<T>): T {
	if (!changed.done) throw new Error(changed.problem.message);
	return changed.value;
}
async function published(...rules: readonly PromisingRule[]): Promise<RulesState> {
	const { draft } = done(await saveDraft(promisingSubject, parts, ann, await draftOf(...rules)));
	const { version, revision } = draft ?? { version: 0, revision: 0 };
	return done(await publishDraft(promisingSubject, parts, ann, { version, revision, note: 'for the test' }));
}
const effectAtLeeds = async () => {
	const [site, product] = [shopSites[0], shopProducts[0]];
	if (site === undefined || product === undefined) throw new Error('The shop is empty.');
	const rules = await currentRules(shop.db);
	return rules.effect({ product, site, channel: 'web-shop', method: 'pickup', on: '2026-11-20' });
};

describe('a draft', () => {
	it('changes nothing that holds, is seen by everybody, and is gone when it is discarded', async () => {
		const { draft, changes } = done(await saveDraft(promisingSubject, parts, ann, await draftOf(rule())));
		expect(draft).toMatchObject({ state: 'draft', version: 2, changedBy: 'Ann', rules: [{ id: 'keep' }] });
		expect(changes).toEqual([{ change: 'added', ruleId: 'keep', name: 'Keep two', place: 1 }]);
		expect((await effectAtLeeds()).safetyStock.units).toBe(0);
		expect(await readRulesState(promisingSubject, parts)).toMatchObject({ draft: { changedBy: 'Ann' } });
		done(await discardDraft(promisingSubject, parts, bea, draft?.revision ?? 0));
		expect(done(await discardDraft(promisingSubject, parts, bea, draft?.revision ?? 0)).draft).toBeNull();
		expect((await readHistory(promisingSubject, shop.db)).slice(0, 2)).toMatchObject([
			{ action: 'discarded', by: 'Bea', version: 2 },
			{ action: 'saved', by: 'Ann', version: 2 },
		]);
	});

	it('of two people who began from the same one, only the first is kept, and the second is told who was faster', async () => {
		const seen = await draftOf(rule());
		const [a, b] = [
			{ ...seen, rules: [rule({ name: 'A' })] },
			{ ...seen, rules: [rule({ name: 'B' })] },
		];
		const both = await Promise.all([
			saveDraft(promisingSubject, parts, ann, a),
			saveDraft(promisingSubject, parts, bea, b),
		]);
		expect(both.map((each) => each.done).sort()).toEqual([false, true]);
		const refused = both.find((each) => !each.done);
		expect(refused).toMatchObject({ status: 409, problem: { error: 'conflict', where: '/revision' } });
		expect(refused?.done === false && refused.problem.message).toMatch(/^(Ann|Bea) saved the draft at 2026-11-20/);
	});

	it('that is saved again as it is changes nothing, even when its answer was lost', async () => {
		const asked = await draftOf(rule({ name: 'Again' }));
		const first = done(await saveDraft(promisingSubject, parts, ann, asked));
		const second = done(await saveDraft(promisingSubject, parts, ann, asked));
		expect(second.draft?.revision).toBe(first.draft?.revision);
	});

	it('that somebody has discarded and begun anew is not overwritten by who had seen the old one', async () => {
		const old = done(await saveDraft(promisingSubject, parts, ann, await draftOf(rule({ name: 'Old' }))));
		done(await discardDraft(promisingSubject, parts, ann, old.draft?.revision ?? 0));
		done(await saveDraft(promisingSubject, parts, bea, await draftOf(rule({ name: 'New' }))));
		const late = await saveDraft(promisingSubject, parts, ann, {
			baseVersion: old.published.version,
			revision: old.draft?.revision ?? 0,
			rules: [rule({ name: 'Late' })],
			groups: [],
		});
		expect(late).toMatchObject({ done: false, status: 409 });
	});

	it('with something unknown in it is refused with everything that is wrong, and nothing is changed', async () => {
		const before = await readRulesState(promisingSubject, parts);
		const bad = rule({ products: { skus: ['A', 'PUG'], departments: ['Toys'] }, effectiveFrom: '2026-02-30' });
		const refused = await saveDraft(promisingSubject, parts, ann, await draftOf(bad));
		expect(refused).toMatchObject({
			done: false,
			status: 400,
			problem: { error: 'unknown_sku', where: '/rules/0/products/skus/1' },
			faults: [{ code: 'unknown_sku' }, { code: 'unknown_department' }, { code: 'no_such_day' }],
		});
		expect(await readRulesState(promisingSubject, parts)).toEqual(before);
	});
});

describe('published rules', () => {
	it('hold at once, are told to every site, and say what they changed', async () => {
		const state = await published(rule({ name: 'Keep two' }));
		expect(state).toMatchObject({ draft: null, published: { state: 'published', publishedBy: 'Ann' } });
		expect(await effectAtLeeds()).toMatchObject({ safetyStock: { units: 2 }, because: ['Keep two'] });
		const told = await shop.db
			.selectFrom('stream_document')
			.select(['stream_id', 'body'])
			.where('document_id', '=', 'promising-rules')
			.orderBy('stream_id')
			.execute();
		expect(told.map(({ stream_id }) => stream_id)).toEqual(['site:daventry', 'site:leeds', 'site:london']);
		expect(told[0]?.body).toMatchObject({ kind: 'rules', version: state.published.version, note: 'for the test' });
		expect(await versionChanges(promisingSubject, shop.db, state.published.version)).toMatchObject([
			{ change: 'added' },
		]);
		const versions = (await listVersions(promisingSubject, shop.db)).map(({ state: each }) => each);
		expect(versions).toEqual(['published', ...versions.slice(1).map(() => 'superseded')]);
	});

	it('that are published twice, also at once, are published once', async () => {
		const { draft } = done(
			await saveDraft(promisingSubject, parts, ann, await draftOf(rule({ effect: { threshold: 3 } }))),
		);
		const asked = { version: draft?.version ?? 0, revision: draft?.revision ?? 0, note: 'twice' };
		const both = await Promise.all([
			publishDraft(promisingSubject, parts, ann, asked),
			publishDraft(promisingSubject, parts, ann, asked),
		]);
		expect(both.map((each) => done(each).published.version)).toEqual([asked.version, asked.version]);
		const history = await readHistory(promisingSubject, shop.db);
		expect(history.filter(({ action, version }) => action === 'published' && version === asked.version)).toHaveLength(
			1,
		);
	});

	it('refuse who began before them, and a draft that was changed after it was looked at', async () => {
		const stale = await draftOf(rule());
		const { published: now } = await published(rule({ name: 'Meanwhile' }));
		const refused = await saveDraft(promisingSubject, parts, bea, stale);
		expect(refused).toMatchObject({ done: false, status: 409, problem: { where: '/baseVersion' } });
		expect(refused.done === false && refused.problem.message).toContain(`Version ${now.version} was published by Ann`);
		const seen = done(await saveDraft(promisingSubject, parts, ann, await draftOf(rule({ name: 'Seen' })))).draft;
		done(await saveDraft(promisingSubject, parts, bea, await draftOf(rule({ name: 'Unseen' }))));
		const asked = { version: seen?.version ?? 0, revision: seen?.revision ?? 0, note: 'unseen' };
		expect(await publishDraft(promisingSubject, parts, ann, asked)).toMatchObject({ done: false, status: 409 });
		expect(await publishDraft(promisingSubject, parts, ann, { ...asked, version: 99 })).toMatchObject({
			done: false,
			status: 404,
		});
		expect(await publishDraft(promisingSubject, parts, ann, { ...asked, version: 1 })).toMatchObject({
			done: false,
			status: 409,
		});
	});
});

describe('the preview', () => {
	it('tells what could be sold before and after, and the promises that stay, and changes nothing', async () => {
		await published();
		await shop.db
			.insertInto('stock_claim')
			.values([
				{
					site_id: 'leeds',
					sku: 'A',
					kind: 'reservation',
					holder_id: 'r',
					units: 5,
					expires_at: '2026-11-20T11:00:00Z',
				},
				{ site_id: 'london', sku: 'A', kind: 'right', holder_id: 'd', units: 3 },
				{
					site_id: 'london',
					sku: 'A',
					kind: 'reservation',
					holder_id: 'x',
					units: 1,
					expires_at: '2026-11-20T09:00:00Z',
				},
			])
			.execute();
		const before = await readRulesState(promisingSubject, parts);
		const rules = [
			rule({ effect: { safetyStock: { units: 2 } } }),
			rule({ id: 'p', name: 'No pickup of B', products: { skus: ['B'] }, effect: { pickup: 'not_eligible' } }),
			rule({ id: 'w', name: 'Web', channels: ['web-shop'], effect: { threshold: 10 } }),
		];
		const preview = done(await previewRules(parts, {}, { rules, groups: [] }));
		expect(preview.positions).toBe(5);
		expect(preview.ways).toEqual([
			{ channel: null, method: 'ship', unitsBefore: 55, unitsAfter: 48, skusLost: 2, skusGained: 0 },
			{ channel: null, method: 'pickup', unitsBefore: 55, unitsAfter: 0, skusLost: 3, skusGained: 0 },
			{ channel: 'web-shop', method: 'ship', unitsBefore: 55, unitsAfter: 48, skusLost: 2, skusGained: 0 },
			{ channel: 'web-shop', method: 'pickup', unitsBefore: 55, unitsAfter: 0, skusLost: 3, skusGained: 0 },
		]);
		expect(preview.shown).toEqual({ channel: null, method: 'pickup' });
		expect(preview.sites).toMatchObject([
			{ siteId: 'london', unitsBefore: 51, unitsAfter: 0, skusLost: 2 },
			{ siteId: 'leeds', unitsBefore: 4, unitsAfter: 0, skusLost: 3 },
		]);
		expect(preview.departments).toMatchObject([{ department: 'Groceries', unitsBefore: 55, unitsAfter: 0 }]);
		expect(preview.largest[0]).toMatchObject({
			siteId: 'london',
			sku: 'B',
			unitsBefore: 50,
			unitsAfter: 0,
			because: ['Keep two', 'No pickup of B'],
		});
		// Leeds keeps 1 of its 6 unpromised, London 1 of its 4: one unit of each promise is in the new safety stock.
		expect(preview.promises).toMatchObject({ reservedUnits: 1, rightUnits: 1, positions: 2 });
		expect(await readRulesState(promisingSubject, parts)).toEqual(before);
	});

	it('of one channel and method is of these, and looks at the day that is asked for', async () => {
		const rules = [rule({ effect: { ship: 'not_eligible' }, effectiveFrom: '2026-12-01', channels: ['market'] })];
		const ask = async (on: string) =>
			done(await previewRules(parts, { channel: 'market', method: 'ship', on }, { rules, groups: [] }));
		const [today, later] = [await ask('2026-11-20'), await ask('2026-12-01')];
		expect([today.shown, today.largest.length]).toEqual([{ channel: 'market', method: 'ship' }, 0]);
		expect(later.ways.find(({ channel, method }) => channel === 'market' && method === 'ship')).toMatchObject({
			unitsBefore: 55,
			unitsAfter: 0,
		});
		expect(await previewRules(parts, { on: '2026-02-30' })).toMatchObject({ done: false, status: 400 });
	});

	it('of rules that can not be kept says why', async () => {
		const asked = { rules: [rule({ siteGroup: { siteIds: ['paris'] } })], groups: [] };
		expect(await previewRules(parts, {}, asked)).toMatchObject({ done: false, problem: { error: 'unknown_site' } });
	});
});
