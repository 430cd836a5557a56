import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Kysely } from 'kysely';
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import {
	type DraftOf,
	PublishDraft,
	RuleChangeMessage,
	RuleSetSummary,
	RulesHistoryEntry,
} from '../../shared/protocol/version-messages.ts';
import { type Changed, discardDraft, publishDraft, readRulesState, saveDraft } from '../central/rules/change-rules.ts';
import { findVersion, listVersions, readHistory, versionChanges } from '../central/rules/rule-versions.ts';
import type { RulesSubject } from '../central/rules/rules-subject.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../database/tables.ts';
import { problemOf } from './problem-reply.ts';

const strict = { additionalProperties: false } as const;
const By = Type.String({
	minLength: 1,
	maxLength: 200,
	pattern: '^[^\\x00-\\x1f]+$',
	description: 'Who does it: a name for the history',
});
const PublishBody = Type.Object({ by: By, ...PublishDraft.properties }, strict);
const number = (minimum: 0 | 1) => Type.String({ pattern: minimum === 1 ? '^[1-9]\\d{0,9}$' : '^\\d{1,10}$' });
const DiscardQuery = Type.Object({ by: By, revision: number(1) }, strict);
const VersionParams = Type.Object({ version: number(1) });
const DiffQuery = Type.Object({ since: Type.Optional(number(0)) }, strict);
/** A thousand SKUs in each of many rules. */
export const largestRules = 1024 * 1024;

export const problems = { '4xx': Problem, '5xx': Problem };

/** The routes of one kind of rules. */
export interface VersionRoutes<Body extends object> {
	readonly subject: RulesSubject<Body>;
	readonly messages: { readonly Version: TSchema; readonly State: TSchema; readonly SaveDraft: TObject<TProperties> };
	/** For instance /rules. */
	readonly path: string;
	readonly tags: readonly string[];
	/** For whom a published version holds, and from when. */
	readonly holds: string;
}

export function answerChange<T>(reply: FastifyReply, changed: Changed<T>) {
	return changed.done ? changed.value : reply.code(changed.status).send(changed.problem);
}

/** Draft, publication, versions and history of rules. */
export function addVersionRoutes<Body extends object>(
	routes: FastifyInstance,
	parts: { readonly db: Kysely<Tables>; readonly clock: Clock },
	{ subject, messages, path, tags: names, holds }: VersionRoutes<Body>,
) {
	const { db } = parts;
	const tags = [...names];
	const { State, Version } = messages;
	const SaveBody = Type.Object({ by: By, ...messages.SaveDraft.properties }, strict);

	routes.get(
		path,
		{
			schema: {
				summary: 'The published rules, the draft, and what it would change',
				tags,
				response: { 200: State, ...problems },
			},
		},
		() => readRulesState(subject, parts),
	);

	routes.put(
		`${path}/draft`,
		{
			bodyLimit: largestRules,
			schema: {
				summary: 'Save the draft',
				description:
					'There is one draft for everybody. `baseVersion` is the published version from which it began, `revision` that of the ' +
					'draft that was seen (0 when there was none): 409 when somebody else was faster. The same again changes nothing.',
				tags,
				body: SaveBody,
				response: { 200: State, ...problems },
			},
		},
		async (request, reply) => {
			// It was held against the schema above.
			const asked = request.body as DraftOf<Body> & { readonly by: string };
			return answerChange(reply, await saveDraft(subject, parts, { id: null, name: asked.by }, asked));
		},
	);

	routes.delete<{ Querystring: Static<typeof DiscardQuery> }>(
		`${path}/draft`,
		{
			schema: {
				summary: 'Throw the draft away',
				tags,
				querystring: DiscardQuery,
				response: { 200: State, ...problems },
			},
		},
		async (request, reply) => {
			const { by, revision } = request.query;
			return answerChange(reply, await discardDraft(subject, parts, { id: null, name: by }, Number(revision)));
		},
	);

	routes.post<{ Body: Static<typeof PublishBody> }>(
		`${path}/publish`,
		{
			schema: {
				summary: 'Publish the draft',
				description: `${holds} 409 when the draft or the published rules are others meanwhile.`,
				tags,
				body: PublishBody,
				response: { 200: State, ...problems },
			},
		},
		async (request, reply) => {
			const { by, ...asked } = request.body;
			return answerChange(reply, await publishDraft(subject, parts, { id: null, name: by }, asked));
		},
	);

	routes.get(
		`${path}/versions`,
		{
			schema: {
				summary: 'All versions, newest first, without their rules',
				tags,
				response: { 200: Type.Object({ versions: Type.Array(RuleSetSummary) }), ...problems },
			},
		},
		async () => ({ versions: await listVersions(subject, db) }),
	);

	routes.get<{ Params: Static<typeof VersionParams> }>(
		`${path}/versions/:version`,
		{
			schema: { summary: 'One version', tags, params: VersionParams, response: { 200: Version, ...problems } },
		},
		async (request, reply) => {
			const found = await findVersion(subject, db, Number(request.params.version));
			return found ?? reply.code(404).send(noVersion(request.params.version));
		},
	);

	routes.get<{ Params: Static<typeof VersionParams>; Querystring: Static<typeof DiffQuery> }>(
		`${path}/versions/:version/diff`,
		{
			schema: {
				summary: 'What a version changed, compared with the one before it or with `since`',
				tags,
				params: VersionParams,
				querystring: DiffQuery,
				response: { 200: Type.Object({ changes: Type.Array(RuleChangeMessage) }), ...problems },
			},
		},
		async (request, reply) => {
			const { since } = request.query;
			const changes = await versionChanges(
				subject,
				db,
				Number(request.params.version),
				since === undefined ? since : Number(since),
			);
			return changes === undefined ? reply.code(404).send(noVersion(request.params.version)) : { changes };
		},
	);

	routes.get(
		`${path}/history`,
		{
			schema: {
				summary: 'Who changed what and when, newest first: every draft that was saved, published or discarded',
				tags,
				response: { 200: Type.Object({ history: Type.Array(RulesHistoryEntry) }), ...problems },
			},
		},
		async () => ({ history: await readHistory(subject, db) }),
	);
}

function noVersion(version: string): Problem {
	return problemOf('not_found', `There is no version ${version} of the rules, or none to compare it with.`, '/version');
}
