import { type Kysely, sql } from 'kysely';
import { ruleChanges } from '../../../shared/domain/rule-changes.ts';
import type { Problem } from '../../../shared/protocol/messages.ts';
import type { PublishDraft, RuleSetVersion, RulesState, SaveDraft } from '../../../shared/protocol/rules-messages.ts';
import type { RuleSet } from '../../../shared/schema/promising-rules.ts';
import type { Clock } from '../../clock.ts';
import { DocumentWriter, siteStream } from '../../database/documents.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { listSites } from '../routing/sites.ts';
import { checkRuleSet, problemOfFaults, type WordedRemark } from './check-rule-set.ts';
import { keepHistory, lockVersions, publishedRules, type RulesActor, readVersions } from './rule-versions.ts';

export interface Parts {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
}

export type Changed<T> =
	| { readonly done: true; readonly value: T }
	| {
			readonly done: false;
			readonly status: 400 | 404 | 409;
			readonly problem: Problem;
			/** Everything that is wrong with the rules, when that is why. */
			readonly faults?: readonly WordedRemark[];
	  };

/** The rules that hold, the draft, and what it would change. */
export async function readRulesState({ db, clock }: Parts): Promise<RulesState> {
	return stateOf(db, clock, await readVersions(db));
}

/**
 * Keeps a rule set as the draft: there is one for everybody. Who began from rules that are not the published ones any more, or had not
 * seen what somebody else saved meanwhile, is told so, and nothing changes. Saving the same again changes nothing.
 */
export async function saveDraft(
	{ db, clock }: Parts,
	actor: RulesActor,
	asked: SaveDraft,
): Promise<Changed<RulesState>> {
	return inTransaction(db, async (transaction): Promise<Changed<RulesState>> => {
		const { published, draft } = await lockVersions(transaction);
		const { rules, groups } = asked;
		const isSame = draft !== null && isSameText(draft, asked);
		if (asked.baseVersion !== published.version) return conflict(publishedMeanwhile(published, asked.baseVersion));
		if (isSame) return { done: true, value: await stateOf(transaction, clock, { published, draft }) };
		if (asked.revision !== (draft?.revision ?? 0)) return conflict(draftChanged(draft));
		const { faults } = await checkRuleSet(transaction, { rules, groups }, today(clock));
		if (faults.length > 0) return faultsIn(faults);
		const version = published.version + 1;
		const at = clock.now().toString();
		const revision = await nextRevision(transaction, version);
		await sql`
			INSERT INTO rule_set_version (version, state, revision, body, changed_by, changed_at)
			VALUES (${version}, 'draft', ${revision}, ${JSON.stringify({ rules, groups })}::jsonb, ${actor.name}, ${at})
			ON CONFLICT (version) DO UPDATE SET revision = excluded.revision, body = excluded.body,
				changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(transaction);
		await keepHistory(transaction, actor, {
			at,
			action: 'saved',
			version,
			note: '',
			changes: ruleChanges(draft ?? published, asked),
		});
		return { done: true, value: await stateOf(transaction, clock, await readVersions(transaction)) };
	});
}

/** Never one that a discarded draft had: who still has that one must be told. */
async function nextRevision(transaction: Kysely<Tables>, version: number): Promise<number> {
	const { rows } = await sql<{ done: number }>`
		SELECT count(*) AS done FROM rule_set_change WHERE version = ${version}`.execute(transaction);
	return (rows[0]?.done ?? 0) + 1;
}

/** Throws the draft away; where there is none, there is nothing to do. */
export async function discardDraft(
	{ db, clock }: Parts,
	actor: RulesActor,
	revision: number,
): Promise<Changed<RulesState>> {
	return inTransaction(db, async (transaction): Promise<Changed<RulesState>> => {
		const { published, draft } = await lockVersions(transaction);
		if (draft !== null) {
			if (draft.revision !== revision) return conflict(draftChanged(draft));
			await transaction.deleteFrom('rule_set_version').where('state', '=', 'draft').execute();
			await keepHistory(transaction, actor, {
				at: clock.now().toString(),
				action: 'discarded',
				version: draft.version,
				note: '',
				changes: ruleChanges(draft, published),
			});
		}
		return { done: true, value: await stateOf(transaction, clock, { published, draft: null }) };
	});
}

/**
 * Makes the draft the rules that hold, for every server at once and for every device as soon as it hears of it, all in one transaction.
 * Publishing the same version again changes nothing.
 */
export async function publishDraft(
	{ db, clock }: Parts,
	actor: RulesActor,
	{ version, revision, note }: PublishDraft,
): Promise<Changed<RulesState>> {
	return inTransaction(db, async (transaction): Promise<Changed<RulesState>> => {
		const { published, draft } = await lockVersions(transaction);
		if (published.version === version && published.revision === revision) {
			return { done: true, value: await stateOf(transaction, clock, { published, draft }) };
		}
		if (published.version >= version) return conflict(publishedMeanwhile(published, version - 1));
		if (draft === null || draft.version !== version) {
			return { done: false, status: 404, problem: noDraft(version) };
		}
		if (draft.revision !== revision) return conflict(draftChanged(draft));
		const { faults } = await checkRuleSet(transaction, draft, today(clock));
		if (faults.length > 0) return faultsIn(faults);
		const at = clock.now().toString();
		await sql`UPDATE rule_set_version SET state = 'superseded' WHERE state = 'published'`.execute(transaction);
		await sql`UPDATE rule_set_version SET state = 'published', published_by = ${actor.name}, published_at = ${at}, note = ${note}
			WHERE state = 'draft'`.execute(transaction);
		await keepHistory(transaction, actor, {
			at,
			action: 'published',
			version,
			note,
			changes: ruleChanges(published, draft),
		});
		const now = await readVersions(transaction);
		const value = await stateOf(transaction, clock, now);
		const documents = new DocumentWriter();
		await putPublishedRules(transaction, documents, now.published);
		await documents.publish(transaction);
		return { done: true, value };
	});
}

/** Puts the published rules where every site sees them. */
async function putPublishedRules(
	db: Kysely<Tables>,
	documents: DocumentWriter,
	published: RuleSetVersion,
): Promise<void> {
	const document = publishedRules(published);
	for (const { id, kind } of await listSites(db)) {
		if (kind !== 'supplier') documents.put(siteStream(id), 'meta', document.id, document);
	}
}

async function stateOf(
	db: Kysely<Tables>,
	clock: Clock,
	versions: Pick<RulesState, 'published' | 'draft'>,
): Promise<RulesState> {
	const { published, draft } = versions;
	const { warnings } = await checkRuleSet(db, draft ?? published, today(clock));
	const changes = draft === null ? [] : ruleChanges(published, draft);
	return { published, draft, changes: [...changes] as RulesState['changes'], warnings: [...warnings] };
}

/** A warning about a day that has gone may come some hours late in the far east. */
function today(clock: Clock): string {
	return clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
}

/** PostgreSQL keeps the names of an object in an order of its own. */
function isSameText(a: RuleSet, b: RuleSet): boolean {
	const text = ({ rules, groups }: RuleSet) => JSON.stringify(sorted({ rules, groups }));
	return text(a) === text(b);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, each]) => [key, sorted(each)]),
	);
}

/** The answer to rules that can't be kept. */
export function faultsIn(faults: readonly WordedRemark[]): Changed<never> {
	return { done: false, status: 400, problem: problemOfFaults(faults), faults };
}

function conflict(problem: Problem): Changed<never> {
	return { done: false, status: 409, problem };
}

function publishedMeanwhile({ version, publishedBy, publishedAt }: RuleSetVersion, base: number): Problem {
	return {
		error: 'conflict',
		message: `You began from version ${base}. Version ${version} was published by ${publishedBy} at ${publishedAt}. Nothing was changed.`,
		where: '/baseVersion',
		whatToDo: `Look at what version ${version} changed, then make your change on top of it.`,
	};
}

function draftChanged(draft: RuleSetVersion | null): Problem {
	const message =
		draft === null
			? 'The draft that you had is not there any more: it was discarded. Nothing was changed.'
			: `${draft.changedBy} saved the draft at ${draft.changedAt}, and you had not seen it. Nothing was changed.`;
	return {
		error: 'conflict',
		message,
		where: '/revision',
		whatToDo: 'Load the draft again, then make your change on top of it.',
	};
}

function noDraft(version: number): Problem {
	return {
		error: 'not_found',
		message: `There is no draft of version ${version}.`,
		where: '/version',
		whatToDo: 'Save a draft first.',
	};
}
