import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { RuleChange } from '../../../shared/domain/rule-changes.ts';
import type { RuleSetSummary, RulesHistoryEntry, VersionOf } from '../../../shared/protocol/version-messages.ts';
import type { RuleSetVersionTable, Tables } from '../../database/tables.ts';
import type { RulesSubject } from './rules-subject.ts';

/** Who changes the rules; `id` is null for whoever has the API key. */
export interface RulesActor {
	readonly id: string | null;
	readonly name: string;
}

/** Of which rules. */
type NamedSubject = Pick<RulesSubject<object>, 'name'>;
type Row = Selectable<RuleSetVersionTable>;

function toSummary(row: Omit<Row, 'body' | 'subject'>): RuleSetSummary {
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

/** Bodies were checked against their subject's schema before they were kept. */
function toVersion<Body extends object>({ bodyOf }: RulesSubject<Body>, row: Row): VersionOf<Body> {
	return { ...toSummary(row), ...bodyOf(row.body as Body) };
}

export interface Versions<Body> {
	readonly published: VersionOf<Body>;
	readonly draft: VersionOf<Body> | null;
}

/** The published version and the draft, if there is one. */
export async function readVersions<Body extends object>(
	subject: RulesSubject<Body>,
	db: Kysely<Tables>,
): Promise<Versions<Body>> {
	const rows = await db
		.selectFrom('rule_set_version')
		.selectAll()
		.where('subject', '=', subject.name)
		.where('state', '!=', 'superseded')
		.execute();
	const published = rows.find(({ state }) => state === 'published');
	const draft = rows.find(({ state }) => state === 'draft');
	if (published === undefined) throw new Error(`No rules of ${subject.name} are published.`);
	return { published: toVersion(subject, published), draft: draft === undefined ? null : toVersion(subject, draft) };
}

/** Any number that nothing else locks. */
const rulesLock = 4_207_002;

/** As `readVersions`; until the transaction ends, nobody else changes a version. */
export async function lockVersions<Body extends object>(
	subject: RulesSubject<Body>,
	transaction: Transaction<Tables>,
): Promise<Versions<Body>> {
	await sql`SELECT pg_advisory_xact_lock(${rulesLock})`.execute(transaction);
	return readVersions(subject, transaction);
}

const mostVersions = 200;

/** Versions without their rules, newest first. */
export async function listVersions({ name }: NamedSubject, db: Kysely<Tables>): Promise<readonly RuleSetSummary[]> {
	const rows = await db
		.selectFrom('rule_set_version')
		.select(['version', 'state', 'revision', 'changed_by', 'changed_at', 'published_by', 'published_at', 'note'])
		.where('subject', '=', name)
		.orderBy('version', 'desc')
		.limit(mostVersions)
		.execute();
	return rows.map(toSummary);
}

export async function findVersion<Body extends object>(
	subject: RulesSubject<Body>,
	db: Kysely<Tables>,
	version: number,
): Promise<VersionOf<Body> | undefined> {
	const row = await db
		.selectFrom('rule_set_version')
		.selectAll()
		.where('subject', '=', subject.name)
		.where('version', '=', version)
		.executeTakeFirst();
	return row === undefined ? undefined : toVersion(subject, row);
}

/** What a version changed, compared with another one: with the one before it unless it is said. Undefined where there is no such version. */
export async function versionChanges<Body extends object>(
	subject: RulesSubject<Body>,
	db: Kysely<Tables>,
	version: number,
	since = version - 1,
): Promise<readonly RuleChange[] | undefined> {
	const after = await findVersion(subject, db, version);
	const before = since === 0 ? subject.first : await findVersion(subject, db, since);
	return after === undefined || before === undefined ? undefined : subject.changes(before, after);
}

/** Writes down who did what; never changed afterwards. */
export async function keepHistory(
	{ name }: NamedSubject,
	transaction: Transaction<Tables>,
	actor: RulesActor,
	entry: Omit<RulesHistoryEntry, 'by' | 'changes'> & { readonly changes: readonly RuleChange[] },
): Promise<void> {
	const { at, action, version, note, changes } = entry;
	await transaction
		.insertInto('rule_set_change')
		.values({
			subject: name,
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
export async function readHistory({ name }: NamedSubject, db: Kysely<Tables>): Promise<readonly RulesHistoryEntry[]> {
	const rows = await db
		.selectFrom('rule_set_change')
		.selectAll()
		.where('subject', '=', name)
		.orderBy('id', 'desc')
		.limit(mostVersions)
		.execute();
	return rows.map(({ at, actor_name, action, version, note, changes }) => {
		return { at, by: actor_name, action, version, note, changes: changes as RulesHistoryEntry['changes'] };
	});
}
