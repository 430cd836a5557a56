import { type Kysely, sql } from 'kysely';
import type {
	PreviewOutcome,
	PreviewQuestion,
	PublishDraft,
	RulesDesk,
	RulesOutcome,
	RulesState,
	SaveDraft,
	VersionOutcome,
} from '../../../shared/protocol/rules-messages.ts';
import type { Tables } from '../../database/tables.ts';
import { listSites } from '../routing/sites.ts';
import { type Changed, discardDraft, type Parts, publishDraft, readRulesState, saveDraft } from './change-rules.ts';
import { previewRules } from './preview-rules.ts';
import { findVersion, listVersions, type RulesActor, readHistory, versionChanges } from './rule-versions.ts';

/** The rules as somebody at a device works on them. */
export async function lookAtRules(parts: Parts): Promise<RulesDesk> {
	const { db } = parts;
	return {
		state: await readRulesState(parts),
		versions: [...(await listVersions(db))],
		history: [...(await readHistory(db))],
		choices: await readChoices(db),
	};
}

export async function saveFromDevice(parts: Parts, actor: RulesActor, asked: SaveDraft): Promise<RulesOutcome> {
	return outcomeOf(parts, await saveDraft(parts, actor, asked));
}

export async function discardFromDevice(parts: Parts, actor: RulesActor, revision: number): Promise<RulesOutcome> {
	return outcomeOf(parts, await discardDraft(parts, actor, revision));
}

export async function publishFromDevice(parts: Parts, actor: RulesActor, asked: PublishDraft): Promise<RulesOutcome> {
	return outcomeOf(parts, await publishDraft(parts, actor, asked));
}

export async function previewForDevice(parts: Parts, question: PreviewQuestion): Promise<PreviewOutcome> {
	const previewed = await previewRules(parts, question);
	if (previewed.done) return { preview: previewed.value, faults: [] };
	return { problem: previewed.problem, faults: [...(previewed.faults ?? [])] };
}

export async function versionForDevice({ db }: Parts, version: number): Promise<VersionOutcome> {
	const found = await findVersion(db, version);
	const changes = (await versionChanges(db, version)) ?? [];
	return { ...(found === undefined ? {} : { version: found }), changes: [...changes] as VersionOutcome['changes'] };
}

/** Who was refused sees how the rules are now, too. */
async function outcomeOf(parts: Parts, changed: Changed<RulesState>): Promise<RulesOutcome> {
	if (changed.done) return { state: changed.value, faults: [] };
	const { problem, faults = [] } = changed;
	return { state: await readRulesState(parts), problem, faults: [...faults] };
}

const mostNames = 2000;

async function readChoices(db: Kysely<Tables>): Promise<RulesDesk['choices']> {
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
		sites: sites.map(({ id, name, kind, town }) => ({ id, name, kind, town })),
	};
}
