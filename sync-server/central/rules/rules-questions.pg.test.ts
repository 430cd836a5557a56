import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RulesDesk, RulesOutcome } from '../../../shared/protocol/rules-messages.ts';
import type { Role } from '../../../shared/schema/associate.ts';
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

it.each<Role>(['associate', 'manager', 'order_desk'])('to the role %s nothing of it is answered', async (role) => {
	for (const kind of ['rules_look', 'rules_save', 'rules_discard', 'rules_publish', 'rules_preview', 'rules_version']) {
		expect(await ask(role, kind, {})).toMatchObject({ ok: false, status: 403, problem: { error: 'role_not_allowed' } });
	}
});
