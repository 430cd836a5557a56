import type { Kysely } from 'kysely';
import { type CompiledRules, compileRules } from '../../../shared/domain/promising-rules.ts';
import type { RuleSet } from '../../../shared/schema/promising-rules.ts';
import type { Tables } from '../../database/tables.ts';
import { rememberedVersion } from './current-version.ts';
import { promisingSubject } from './promising-subject.ts';

/** The published rules, ready for questions. */
export interface CurrentRules extends CompiledRules {
	readonly version: number;
}

const compiled = (version: number, rules: RuleSet): CurrentRules => ({ version, ...compileRules(rules) });

/** The rules of promising that hold now, as this transaction sees them. */
export const currentRules: (db: Kysely<Tables>) => Promise<CurrentRules> = rememberedVersion(
	promisingSubject,
	compiled,
	compiled(0, promisingSubject.first),
);
