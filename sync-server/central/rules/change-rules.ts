import { type Kysely, sql } from 'kysely';
import type { Problem } from '../../../shared/protocol/messages.ts';
import type { DraftOf, PublishDraft, RuleSetSummary, StateOf } from '../../../shared/protocol/version-messages.ts';
import type { Clock } from '../../clock.ts';
import type { Tables } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { problemOfFaults, type WordedRemark } from './check-rule-set.ts';
import { keepHistory, lockVersions, type RulesActor, readVersions, type Versions } from './rule-versions.ts';
import type { RulesSubject } from './rules-subject.ts';

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
export async function readRulesState<Body extends object>(
	subject: RulesSubject<Body>,
	{ db, clock }: Parts,
): Promise<StateOf<Body>> {
	return stateOf(subject, db, clock, await readVersions(subject, db));
}

/**
 * Keeps rules as the draft: there is one for everybody. Who began from rules that are not the published ones any more, or had not
 * seen what somebody else saved meanwhile, is told so, and nothing changes. Saving the same again changes nothing.
 */
export async function saveDraft<Body extends object>(
	subject: RulesSubject<Body>,
	{ db, clock }: Parts,
	actor: RulesActor,
	asked: DraftOf<Body>,
): Promise<Changed<StateOf<Body>>> {
	return inTransaction(db, async (transaction): Promise<Changed<StateOf<Body>>> => {
		const { published, draft } = await lockVersions(subject, transaction);
		const body = subject.bodyOf(asked);
		const isSame = draft !== null && textOf(subject.bodyOf(draft)) === textOf(body);
		if (asked.baseVersion !== published.version) return conflict(publishedMeanwhile(published, asked.baseVersion));
		if (isSame) return { done: true, value: await stateOf(subject, transaction, clock, { published, draft }) };
		if (asked.revision !== (draft?.revision ?? 0)) return conflict(draftChanged(draft));
		const { faults } = await subject.check(transaction, body, today(clock));
		if (faults.length > 0) return faultsIn(faults);
		const version = published.version + 1;
		const at = clock.now().toString();
		const revision = await nextRevision(subject, transaction, version);
		await sql`
			INSERT INTO rule_set_version (subject, version, state, revision, body, changed_by, changed_at)
			VALUES (${subject.name}, ${version}, 'draft', ${revision}, ${JSON.stringify(body)}::jsonb, ${actor.name}, ${at})
			ON CONFLICT (subject, version) DO UPDATE SET revision = excluded.revision, body = excluded.body,
				changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(transaction);
		await keepHistory(subject, transaction, actor, {
			at,
			action: 'saved',
			version,
			note: '',
			changes: subject.changes(draft ?? published, body),
		});
		return { done: true, value: await stateOf(subject, transaction, clock, await readVersions(subject, transaction)) };
	});
}

/** Never one that a discarded draft had: who still has that one must be told. */
async function nextRevision(
	{ name }: Pick<RulesSubject<object>, 'name'>,
	transaction: Kysely<Tables>,
	version: number,
): Promise<number> {
	const { rows } = await sql<{ done: number }>`
		SELECT count(*) AS done FROM rule_set_change WHERE subject = ${name} AND version = ${version}`.execute(transaction);
	return (rows[0]?.done ?? 0) + 1;
}

/** Throws the draft away; where there is none, there is nothing to do. */
export async function discardDraft<Body extends object>(
	subject: RulesSubject<Body>,
	{ db, clock }: Parts,
	actor: RulesActor,
	revision: number,
): Promise<Changed<StateOf<Body>>> {
	return inTransaction(db, async (transaction): Promise<Changed<StateOf<Body>>> => {
		const { published, draft } = await lockVersions(subject, transaction);
		if (draft !== null) {
			if (draft.revision !== revision) return conflict(draftChanged(draft));
			await transaction
				.deleteFrom('rule_set_version')
				.where('subject', '=', subject.name)
				.where('state', '=', 'draft')
				.execute();
			await keepHistory(subject, transaction, actor, {
				at: clock.now().toString(),
				action: 'discarded',
				version: draft.version,
				note: '',
				changes: subject.changes(draft, published),
			});
		}
		return { done: true, value: await stateOf(subject, transaction, clock, { published, draft: null }) };
	});
}

/**
 * Makes the draft the rules that hold, for every server at once and for whoever is told of it, all in one transaction.
 * Publishing the same version again changes nothing.
 */
export async function publishDraft<Body extends object>(
	subject: RulesSubject<Body>,
	{ db, clock }: Parts,
	actor: RulesActor,
	{ version, revision, note }: PublishDraft,
): Promise<Changed<StateOf<Body>>> {
	return inTransaction(db, async (transaction): Promise<Changed<StateOf<Body>>> => {
		const { published, draft } = await lockVersions(subject, transaction);
		if (published.version === version && published.revision === revision) {
			return { done: true, value: await stateOf(subject, transaction, clock, { published, draft }) };
		}
		if (published.version >= version) return conflict(publishedMeanwhile(published, version - 1));
		if (draft === null || draft.version !== version) {
			return { done: false, status: 404, problem: noDraft(version) };
		}
		if (draft.revision !== revision) return conflict(draftChanged(draft));
		const { faults } = await subject.check(transaction, draft, today(clock));
		if (faults.length > 0) return faultsIn(faults);
		const at = clock.now().toString();
		await sql`UPDATE rule_set_version SET state = 'superseded' WHERE subject = ${subject.name} AND state = 'published'`.execute(
			transaction,
		);
		await sql`UPDATE rule_set_version SET state = 'published', published_by = ${actor.name}, published_at = ${at}, note = ${note}
			WHERE subject = ${subject.name} AND state = 'draft'`.execute(transaction);
		await keepHistory(subject, transaction, actor, {
			at,
			action: 'published',
			version,
			note,
			changes: subject.changes(published, draft),
		});
		const now = await readVersions(subject, transaction);
		await subject.tell(transaction, now.published);
		return { done: true, value: await stateOf(subject, transaction, clock, now) };
	});
}

async function stateOf<Body extends object>(
	subject: RulesSubject<Body>,
	db: Kysely<Tables>,
	clock: Clock,
	{ published, draft }: Versions<Body>,
): Promise<StateOf<Body>> {
	const { warnings } = await subject.check(db, draft ?? published, today(clock));
	const changes = draft === null ? [] : subject.changes(published, draft);
	return { published, draft, changes: [...changes] as StateOf<Body>['changes'], warnings: [...warnings] };
}

/** A warning about a day that has gone may come some hours late in the far east. */
function today(clock: Clock): string {
	return clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
}

/** PostgreSQL keeps the names of an object in an order of its own. */
function textOf(body: object): string {
	return JSON.stringify(body, (_name, each: unknown) =>
		typeof each !== 'object' || each === null || Array.isArray(each)
			? each
			: Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))),
	);
}

/** The answer to rules that can't be kept. */
export function faultsIn(faults: readonly WordedRemark[]): Changed<never> {
	return { done: false, status: 400, problem: problemOfFaults(faults), faults };
}

function conflict(problem: Problem): Changed<never> {
	return { done: false, status: 409, problem };
}

function publishedMeanwhile({ version, publishedBy, publishedAt }: RuleSetSummary, base: number): Problem {
	return {
		error: 'conflict',
		message: `You began from version ${base}. Version ${version} was published by ${publishedBy} at ${publishedAt}. Nothing was changed.`,
		where: '/baseVersion',
		whatToDo: `Look at what version ${version} changed, then make your change on top of it.`,
	};
}

function draftChanged(draft: RuleSetSummary | null): Problem {
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
