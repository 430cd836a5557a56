import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { type RuleChange, ruleChanges } from '../../../shared/domain/rule-changes.ts';
import type { RuleSetSummary, RuleSetVersion, RulesHistoryEntry } from '../../../shared/protocol/rules-messages.ts';
import { noRules, type PublishedRules } from '../../../shared/schema/promising-rules.ts';
import type { RuleSetVersionTable, Tables } from '../../database/tables.ts';

/** Who changes the rules; `id` is null for whoever has the API key. */
export interface RulesActor {
	readonly id: string | null;
	readonly name: string;
}

type Row = Selectable<RuleSetVersionTable>;

function toSummary(row: Omit<Row, 'body'>): RuleSetSummary {
	const { version, state, revision, note } = row;
	return {
		version,
		state,
		revision,
		changedBy: row.changed_by,
		changedAt: row.changed_at,
		...(row.published_by === null ? {} : { publishedBy: row.published_by }),
		...(row.published_at === null ? {} : { publishedAt: row.published_at }),
		note,
	};
}

function toVersion(row: Row): RuleSetVersion {
	return { ...toSummary(row), rules: row.body.rules, groups: row.body.groups };
}

/** The published version and the draft, if there is one. */
export async function readVersions(
	db: Kysely<Tables>,
): Promise<{ readonly published: RuleSetVersion; readonly draft: RuleSetVersion | null }> {
	const rows = await db.selectFrom('rule_set_version').selectAll().where('state', '!=', 'superseded').execute();
	const published = rows.find(({ state }) => state === 'published');
	const draft = rows.find(({ state }) => state === 'draft');
	if (published === undefined) throw new Error('No rules are published.');
	return { published: toVersion(published), draft: draft === undefined ? null : toVersion(draft) };
}

/** Any number that nothing else locks. */
const rulesLock = 4_207_002;

/** As `readVersions`; until the transaction ends, nobody else changes a version. */
export async function lockVersions(transaction: Transaction<Tables>): ReturnType<typeof readVersions> {
	await sql`SELECT pg_advisory_xact_lock(${rulesLock})`.execute(transaction);
	return readVersions(transaction);
}

const mostVersions = 200;

/** Versions without their rules, newest first. */
export async function listVersions(db: Kysely<Tables>): Promise<readonly RuleSetSummary[]> {
	const rows = await db
		.selectFrom('rule_set_version')
		.select(['version', 'state', 'revision', 'changed_by', 'changed_at', 'published_by', 'published_at', 'note'])
		.orderBy('version', 'desc')
		.limit(mostVersions)
		.execute();
	return rows.map(toSummary);
}

export async function findVersion(db: Kysely<Tables>, version: number): Promise<RuleSetVersion | undefined> {
	const row = await db.selectFrom('rule_set_version').selectAll().where('version', '=', version).executeTakeFirst();
	return row === undefined ? undefined : toVersion(row);
}

/** What a version changed, compared with another one: with the one before it unless it is said. Undefined where there is no such version. */
export async function versionChanges(
	db: Kysely<Tables>,
	version: number,
	since = version - 1,
): Promise<readonly RuleChange[] | undefined> {
	const after = await findVersion(db, version);
	const before = since === 0 ? noRules : await findVersion(db, since);
	return after === undefined || before === undefined ? undefined : ruleChanges(before, after);
}

/** Writes down who did what; never changed afterwards. */
export async function keepHistory(
	transaction: Transaction<Tables>,
	actor: RulesActor,
	entry: Omit<RulesHistoryEntry, 'by' | 'changes'> & { readonly changes: readonly RuleChange[] },
): Promise<void> {
	const { at, action, version, note, changes } = entry;
	await transaction
		.insertInto('rule_set_change')
		.values({
			at,
			actor_id: actor.id,
			actor_name: actor.name,
			action,
			version,
			note,
			changes: JSON.stringify(changes),
		})
		.execute();
}

/** What was done to the rules, newest first. */
export async function readHistory(db: Kysely<Tables>): Promise<readonly RulesHistoryEntry[]> {
	const rows = await db.selectFrom('rule_set_change').selectAll().orderBy('id', 'desc').limit(mostVersions).execute();
	return rows.map(({ at, actor_name, action, version, note, changes }) => {
		return { at, by: actor_name, action, version, note, changes: changes as RulesHistoryEntry['changes'] };
	});
}

/** The published rules as devices hold them. */
export function publishedRules({
	version,
	publishedAt,
	publishedBy,
	note,
	rules,
	groups,
}: RuleSetVersion): PublishedRules {
	return {
		id: 'promising-rules',
		kind: 'rules',
		version,
		publishedAt: publishedAt ?? '',
		publishedBy: publishedBy ?? '',
		note,
		rules,
		groups,
	};
}
