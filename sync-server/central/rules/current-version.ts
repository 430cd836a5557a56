import type { Kysely } from 'kysely';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import { readVersions } from './rule-versions.ts';
import type { RulesSubject } from './rules-subject.ts';

interface Published {
	readonly epoch: string;
	readonly version: number;
	readonly published_at: string;
}

const publishedVersion = prepared<Published>(
	'published_rules',
	`SELECT (SELECT value::text FROM setting WHERE key = 'epoch') AS epoch, version, published_at
	FROM rule_set_version WHERE subject = $1 AND state = 'published'`,
);

const mostRemembered = 8;

/**
 * Answers what holds now, as a transaction sees it, made ready for use: one small statement, and the version itself only when it is another one
 * than before. Versions never change once they are published; the epoch tells databases apart, and one from what it was before it was restored.
 * @param none of a database that was emptied
 */
export function rememberedVersion<Body extends object, Ready>(
	subject: RulesSubject<Body>,
	ready: (version: number, body: Body) => Ready,
	none: Ready,
): (db: Kysely<Tables>) => Promise<Ready> {
	const remembered = new Map<string, Ready>();
	return async (db) => {
		const [row] = await publishedVersion(db, [subject.name]);
		if (row === undefined) return none;
		const keyOf = (version: number, publishedAt = '') => `${row.epoch} ${version} ${publishedAt}`;
		const known = remembered.get(keyOf(row.version, row.published_at));
		if (known !== undefined) return known;
		const { published } = await readVersions(subject, db);
		const made = ready(published.version, subject.bodyOf(published));
		const [oldest] = remembered.keys();
		if (oldest !== undefined && remembered.size >= mostRemembered) remembered.delete(oldest);
		remembered.set(keyOf(published.version, published.publishedAt), made);
		return made;
	};
}
