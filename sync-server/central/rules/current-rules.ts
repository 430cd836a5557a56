import type { Kysely } from 'kysely';
import { type CompiledRules, compileRules } from '../../../shared/domain/promising-rules.ts';
import { noRules } from '../../../shared/schema/promising-rules.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { readVersions } from './rule-versions.ts';

/** The published rules, ready for questions. */
export interface CurrentRules extends CompiledRules {
	readonly version: number;
}

interface Published {
	readonly version: number;
	readonly published_at: string;
}

const publishedVersion = prepared<Published>(
	'published_rules',
	"SELECT version, published_at FROM rule_set_version WHERE state = 'published'",
);

/** Rules never change once they are published; the instant tells databases apart. */
const compiled = new Map<string, CurrentRules>();
const mostCompiled = 8;
/** Of a database that was emptied. */
const none: CurrentRules = { version: 0, ...compileRules(noRules) };

/**
 * The rules that hold now, as this transaction sees them: one small statement, and the rules themselves only when they are others than
 * before.
 */
export async function currentRules(db: Kysely<Tables>): Promise<CurrentRules> {
	const [row] = await publishedVersion(db, []);
	if (row === undefined) return none;
	const known = compiled.get(`${row.version} ${row.published_at}`);
	if (known !== undefined) return known;
	const { published } = await readVersions(db);
	const rules = { version: published.version, ...compileRules(published) };
	const [oldest] = compiled.keys();
	if (oldest !== undefined && compiled.size >= mostCompiled) compiled.delete(oldest);
	compiled.set(`${published.version} ${published.publishedAt}`, rules);
	return rules;
}
