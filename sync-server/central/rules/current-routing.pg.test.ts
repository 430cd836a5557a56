import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstRouting, type RoutingSet } from '../../../shared/schema/routing-rules.ts';
import { openShop, shopCapture } from '../../../test/shop-for-tests.ts';
import type { Clock } from '../../clock.ts';
import { beginEpoch } from '../../database/begin-epoch.ts';
import { captureOrder } from '../orders/capture-order.ts';
import { readDecisions } from '../routing/live/routing-decisions.ts';
import { placeFinder } from '../routing/place-of-address.ts';
import { publishDraft, readRulesState, saveDraft } from './change-rules.ts';
import { currentRouting } from './current-routing.ts';
import { currentRules } from './current-rules.ts';
import { routingSubject } from './routing-subject.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let parts: { readonly db: typeof shop.db; readonly clock: Clock };
const clock: Clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z') };
const ann = { id: 'ann', name: 'Ann' };

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 9, 'london A': 9 });
	parts = { db: shop.db, clock };
});
afterAll(() => shop.drop());

async function publish(changes: Partial<RoutingSet>): Promise<number> {
	const { published, draft } = await readRulesState(routingSubject, parts);
	const asked = { baseVersion: published.version, revision: draft?.revision ?? 0, ...firstRouting, ...changes };
	const saved = await saveDraft(routingSubject, parts, ann, asked);
	if (!saved.done) throw new Error(saved.problem.message);
	const { version = 0, revision = 0 } = saved.value.draft ?? {};
	await publishDraft(routingSubject, parts, ann, { version, revision, note: 'for the test' });
	return version;
}

async function routed() {
	const capture = shopCapture({ lines: [{ sku: 'A', quantity: 1 }] });
	const captured = await captureOrder(shop.db, capture, { now: clock.now(), findPlace: placeFinder([]) });
	if (!captured.captured) throw new Error(captured.fault.message);
	const [decision] = await readDecisions(shop.db, captured.order.id);
	return { siteId: captured.order.fulfillments[0]?.siteId, decision };
}

it('orders are routed as before until somebody publishes other rules, and from then on by those', async () => {
	expect(await currentRouting(shop.db)).toEqual({ version: 1, routing: firstRouting });
	expect(await routed()).toMatchObject({ siteId: 'leeds', decision: { rulesVersion: 1, rules: [] } });
	const effect = { exclude: { siteIds: ['leeds'] } };
	const version = await publish({ rules: [{ id: 'r', name: 'Leeds rests', orders: {}, effect }] });
	expect(await currentRouting(shop.db)).toMatchObject({ version, routing: { rules: [{ id: 'r' }] } });
	const { siteId, decision } = await routed();
	expect([siteId, decision?.rulesVersion, decision?.rules]).toEqual(['london', version, ['Leeds rests']]);
	expect(decision?.sites.find((site) => site.siteId === 'leeds')).toMatchObject({
		verdict: 'excluded_by_rule',
		rule: 'Leeds rests',
	});
});

it('what is published of routing leaves the rules of promising as they are, and is told to no site', async () => {
	expect((await currentRules(shop.db)).version).toBe(1);
	const told = await shop.db
		.selectFrom('stream_document')
		.select('stream_id')
		.where('document_id', '=', 'promising-rules')
		.execute();
	expect(told).toEqual([]);
});

it('rules that a restored database has under the same version and instant are read from it, not remembered from before', async () => {
	const version = await publish({ rules: [{ id: 'before', name: 'Before', orders: {}, effect: {} }] });
	expect(await currentRouting(shop.db)).toMatchObject({ version, routing: { rules: [{ id: 'before' }] } });
	await shop.db
		.updateTable('rule_set_version')
		.set({ body: JSON.stringify({ ...firstRouting, rules: [] }) })
		.where('subject', '=', 'routing')
		.where('version', '=', version)
		.execute();
	await beginEpoch(shop.db);
	expect(await currentRouting(shop.db)).toEqual({ version, routing: firstRouting });
});
