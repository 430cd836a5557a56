import { type Kysely, sql } from 'kysely';
import type { PreviewOutcome, PreviewQuestion } from '../../../shared/protocol/rules-messages.ts';
import type {
	DeskOf,
	DraftOf,
	FoundVersion,
	OutcomeOf,
	PublishDraft,
	RuleChangeMessage,
	RuleChoices,
	StateOf,
} from '../../../shared/protocol/version-messages.ts';
import type { Tables } from '../../database/tables.ts';
import { listSites } from '../routing/sites.ts';
import { type Changed, discardDraft, type Parts, publishDraft, readRulesState, saveDraft } from './change-rules.ts';
import { previewRules } from './preview-rules.ts';
import { findVersion, listVersions, type RulesActor, readHistory, versionChanges } from './rule-versions.ts';
import type { RulesSubject } from './rules-subject.ts';

/** The rules as somebody at a device works on them. */
export async function lookAtRules<Body extends object>(
	subject: RulesSubject<Body>,
	parts: Parts,
): Promise<DeskOf<Body>> {
	const { db } = parts;
	return {
		state: await readRulesState(subject, parts),
		versions: [...(await listVersions(subject, db))],
		history: [...(await readHistory(subject, db))],
		choices: await readChoices(db),
	};
}

export async function saveFromDevice<Body extends object>(
	subject: RulesSubject<Body>,
	parts: Parts,
	actor: RulesActor,
	asked: DraftOf<Body>,
): Promise<OutcomeOf<Body>> {
	return outcomeOf(subject, parts, await saveDraft(subject, parts, actor, asked));
}

export async function discardFromDevice<Body extends object>(
	subject: RulesSubject<Body>,
	parts: Parts,
	actor: RulesActor,
	revision: number,
): Promise<OutcomeOf<Body>> {
	return outcomeOf(subject, parts, await discardDraft(subject, parts, actor, revision));
}

export async function publishFromDevice<Body extends object>(
	subject: RulesSubject<Body>,
	parts: Parts,
	actor: RulesActor,
	asked: PublishDraft,
): Promise<OutcomeOf<Body>> {
	return outcomeOf(subject, parts, await publishDraft(subject, parts, actor, asked));
}

export async function previewForDevice(parts: Parts, question: PreviewQuestion): Promise<PreviewOutcome> {
	const previewed = await previewRules(parts, question);
	if (previewed.done) return { preview: previewed.value, faults: [] };
	return { problem: previewed.problem, faults: [...(previewed.faults ?? [])] };
}

export async function versionForDevice<Body extends object>(
	subject: RulesSubject<Body>,
	{ db }: Parts,
	version: number,
): Promise<FoundVersion<Body>> {
	const found = await findVersion(subject, db, version);
	const changes = (await versionChanges(subject, db, version)) ?? [];
	return { ...(found === undefined ? {} : { version: found }), changes: [...changes] as RuleChangeMessage[] };
}

/** Who was refused sees how the rules are now, too. */
async function outcomeOf<Body extends object>(
	subject: RulesSubject<Body>,
	parts: Parts,
	changed: Changed<StateOf<Body>>,
): Promise<OutcomeOf<Body>> {
	if (changed.done) return { state: changed.value, faults: [] };
	const { problem, faults = [] } = changed;
	return { state: await readRulesState(subject, parts), problem, faults: [...faults] };
}

const mostNames = 2000;

async function readChoices(db: Kysely<Tables>): Promise<RuleChoices> {
	const { rows } = await sql<{ kind: 'departments' | 'brands' | 'channels' | 'currencies'; names: string[] }>`
		SELECT 'departments' AS kind, array_agg(name) AS names FROM (
			SELECT DISTINCT body ->> 'department' AS name FROM product ORDER BY 1 LIMIT ${mostNames}
		) AS department
		UNION ALL SELECT 'brands', array_agg(name) FROM (
			SELECT DISTINCT body ->> 'brand' AS name FROM product WHERE body ->> 'brand' <> '' ORDER BY 1 LIMIT ${mostNames}
		) AS brand
		UNION ALL SELECT 'channels', array_agg(name) FROM (
			SELECT DISTINCT channel AS name FROM customer_order ORDER BY 1 LIMIT ${mostNames}
		) AS channel
		UNION ALL SELECT 'currencies', array_agg(name) FROM (
			SELECT body #>> '{price,currency}' AS name FROM product GROUP BY 1 ORDER BY count(*) DESC LIMIT ${mostNames}
		) AS currency`.execute(db);
	const namesOf = (kind: (typeof rows)[number]['kind']) => rows.find((row) => row.kind === kind)?.names ?? [];
	const sites = await listSites(db);
	return {
		departments: namesOf('departments'),
		brands: namesOf('brands'),
		channels: namesOf('channels'),
		currencies: namesOf('currencies'),
		sites: sites.map(({ id, name, kind, town, country }) => ({ id, name, kind, town, country })),
	};
}
