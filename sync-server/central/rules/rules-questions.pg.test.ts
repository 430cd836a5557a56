import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RoutingRulesDesk, RoutingRulesOutcome } from '../../../shared/protocol/routing-rules-messages.ts';
import type { RulesDesk, RulesOutcome } from '../../../shared/protocol/rules-messages.ts';
import type { Role } from '../../../shared/schema/associate.ts';
import { firstRouting } from '../../../shared/schema/routing-rules.ts';
import { openShop } from '../../../test/shop-for-tests.ts';
import type { Clock } from '../../clock.ts';
import { schemaFaultFinder } from '../../http/schema-fault.ts';
import { signGrant } from '../associates/grant.ts';
import type { Promising } from '../promising/open-promising.ts';
import { answerQuestion } from '../questions/answer-question.ts';
import { openReplayDesk } from '../routing/replay/replay-desk.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
const clock: Clock = { now: () => Temporal.Instant.from('2026-11-20T10:00:00Z') };
const device = { deviceId: 'D-1', siteId: 'leeds', laneId: 'L-1' };
const grantSecret = 'secret';

beforeAll(async () => {
	shop = await openShop({ 'leeds A': 6 });
});
afterAll(() => shop.drop());

async function ask(role: Role, kind: string, question: unknown) {
	const { deviceId, siteId } = device;
	const expiresAt = '2026-11-21T10:00:00Z';
	const grant = signGrant(
		{ associateId: role, name: `The ${role}`, roles: [role], siteId, deviceId, expiresAt },
		grantSecret,
	);
	const replays = openReplayDesk({ db: shop.db, clock, findPlace: () => undefined }, () => undefined);
	const context = { db: shop.db, clock, grantSecret, promising: {} as Promising, replays };
	return answerQuestion(context, { ...device, formerly: [] }, { kind, question, grant }, (schema, asked) =>
		schemaFaultFinder(schema)(asked),
	);
}
async function answered<T>(kind: string, question: unknown): Promise<T> {
	const asked = await ask('operations', kind, question);
	if (!asked.ok) throw new Error(asked.problem.message);
	return asked.answer as T;
}

it('who works in operations drafts, previews and publishes rules at a device, under their own name', async () => {
	const desk = await answered<RulesDesk>('rules_look', {});
	expect(desk.choices).toMatchObject({ departments: ['Groceries'], brands: ['A brand'], currencies: ['GBP'] });
	const rules = [
		{ id: '1', name: 'Keep one', products: {}, siteGroup: { kinds: ['store'] }, effect: { safetyStock: { units: 1 } } },
	];
	const baseVersion = desk.state.published.version;
	const saved = await answered<RulesOutcome>('rules_save', { baseVersion, revision: 0, rules, groups: [] });
	expect(saved).toMatchObject({ state: { draft: { changedBy: 'The operations' } }, faults: [] });
	expect(await answered('rules_preview', {})).toMatchObject({ preview: { skus: [{ sku: 'A', unitsAfter: 5 }] } });
	const late = await answered<RulesOutcome>('rules_save', { baseVersion, revision: 0, rules: [], groups: [] });
	expect(late).toMatchObject({ problem: { error: 'conflict' }, state: { draft: { rules: [{ id: '1' }] } } });
	const { version = 0, revision = 0 } = saved.state.draft ?? {};
	const published = await answered<RulesOutcome>('rules_publish', { version, revision, note: 'For the season' });
	expect(published.state).toMatchObject({ draft: null, published: { version, publishedBy: 'The operations' } });
	expect(await answered('rules_version', { version })).toMatchObject({ changes: [{ change: 'added' }] });
	expect(await answered('rules_discard', { revision })).toMatchObject({ faults: [] });
});

it('rules that can not be kept are answered with all that is wrong with them', async () => {
	const { state } = await answered<RulesDesk>('rules_look', {});
	const rule = { id: '1', name: 'One', products: { skus: ['x', 'y'] }, siteGroup: {}, effect: { threshold: 1 } };
	const question = { baseVersion: state.published.version, revision: 0, rules: [rule], groups: [] };
	const refused = await answered<RulesOutcome>('rules_save', question);
	expect(refused.faults.map(({ code, value }) => [code, value])).toEqual([
		['unknown_sku', 'x'],
		['unknown_sku', 'y'],
	]);
	const negative = { ...question, rules: [{ ...rule, effect: { threshold: -1 } }] };
	expect(await ask('operations', 'rules_save', negative)).toMatchObject({ ok: false, status: 400 });
});

it('the routing rules are drafted, published and compared in the same way, apart from those of promising', async () => {
	const { state, choices } = await answered<RoutingRulesDesk>('routing_rules_look', {});
	expect(state).toMatchObject({ published: { version: 1, weights: firstRouting.weights }, draft: null });
	expect(choices.sites).toContainEqual(expect.objectContaining({ id: 'leeds', kind: 'store' }));
	const effect = { exclude: { siteIds: ['leeds'] } };
	const rules = [{ id: 'r', name: 'Leeds rests', orders: { channels: ['wep'] }, effect }];
	const question = { baseVersion: 1, revision: 0, ...firstRouting, rules };
	const saved = await answered<RoutingRulesOutcome>('routing_rules_save', question);
	expect(saved.state).toMatchObject({ draft: { version: 2 }, warnings: [{ code: 'unknown_channel' }] });
	expect((await answered<RulesDesk>('rules_look', {})).state.draft).toBeNull();
	const late = await answered<RoutingRulesOutcome>('routing_rules_save', { ...question, rules: [] });
	expect(late).toMatchObject({ problem: { error: 'conflict' }, state: { draft: { rules: [{ id: 'r' }] } } });
	const { version = 0, revision = 0 } = saved.state.draft ?? {};
	const published = await answered<RoutingRulesOutcome>('routing_rules_publish', { version, revision, note: 'Rest' });
	expect(published.state).toMatchObject({ draft: null, published: { version: 2, publishedBy: 'The operations' } });
	const found = await answered('routing_rules_version', { version });
	expect(found).toMatchObject({ version: { rules }, changes: [{ change: 'added' }] });
	const desk = await answered<RoutingRulesDesk>('routing_rules_look', {});
	expect(desk.history.map(({ action }) => action)).toEqual(['published', 'saved']);
});

it('of routing that can not be kept everything that is wrong is told, and nothing is changed', async () => {
	const { published } = (await answered<RoutingRulesDesk>('routing_rules_look', {})).state;
	const weights = { ...firstRouting.weights, zones: firstRouting.weights.zones.toReversed() };
	const rules = [{ id: '1', name: 'One', orders: {}, effect: { exclude: { siteIds: ['paris'] } } }];
	const question = { baseVersion: published.version, revision: 0, rules, groups: [], weights };
	const refused = await answered<RoutingRulesOutcome>('routing_rules_save', question);
	const codes = refused.faults.map(({ code }) => code);
	expect(codes).toEqual([
		'unknown_site',
		'zones_not_ascending',
		'zones_not_ascending',
		'zones_not_ascending',
		'last_zone_ends',
	]);
	expect(refused.state.draft).toBeNull();
	const negative = { ...question, weights: { ...firstRouting.weights, splitMinor: -1 } };
	expect(await ask('operations', 'routing_rules_save', negative)).toMatchObject({ ok: false, status: 400 });
});

it.each<Role>(['associate', 'manager', 'order_desk'])('to the role %s nothing of it is answered', async (role) => {
	const same = ['look', 'save', 'discard', 'publish', 'version'].flatMap((each) => [
		`rules_${each}`,
		`routing_rules_${each}`,
	]);
	for (const kind of [...same, 'rules_preview']) {
		expect(await ask(role, kind, {})).toMatchObject({ ok: false, status: 403, problem: { error: 'role_not_allowed' } });
	}
});
