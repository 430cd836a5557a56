import type { Kysely, Transaction } from 'kysely';
import type { RuleChange } from '../../../shared/domain/rule-changes.ts';
import type { VersionOf } from '../../../shared/protocol/version-messages.ts';
import type { RulesSubjectName, Tables } from '../../database/tables.ts';
import type { CheckedRules } from './check-rule-set.ts';

/** What tells rules of one kind from those of another: all else of drafts, versions and history is the same. */
export interface RulesSubject<Body extends object> {
	readonly name: RulesSubjectName;
	/** What held before the first version. */
	readonly first: Body;
	/** Only what a version says, of something that says more. */
	readonly bodyOf: (from: Body) => Body;
	readonly changes: (before: Body, after: Body) => readonly RuleChange[];
	/** @param today for instance 2026-11-22 */
	readonly check: (db: Kysely<Tables>, body: Body, today: string) => Promise<CheckedRules>;
	/** Tells others what holds now, in the transaction that publishes it. */
	readonly tell: (transaction: Transaction<Tables>, published: VersionOf<Body>) => Promise<void>;
}
