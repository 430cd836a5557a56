import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Kysely } from 'kysely';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import {
	PreviewQuestion,
	PublishDraft,
	RuleChangeMessage,
	RuleSetSummary,
	RuleSetVersion,
	RulesHistoryEntry,
	RulesPreview,
	RulesState,
	SaveDraft,
} from '../../shared/protocol/rules-messages.ts';
import { RuleSet } from '../../shared/schema/promising-rules.ts';
import { type Changed, discardDraft, publishDraft, readRulesState, saveDraft } from '../central/rules/change-rules.ts';
import { previewRules } from '../central/rules/preview-rules.ts';
import { findVersion, listVersions, readHistory, versionChanges } from '../central/rules/rule-versions.ts';
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
const SaveBody = Type.Object({ by: By, ...SaveDraft.properties }, strict);
const PublishBody = Type.Object({ by: By, ...PublishDraft.properties }, strict);
const PreviewBody = Type.Object(
	{
		...PreviewQuestion.properties,
		rules: Type.Optional(RuleSet.properties.rules),
		groups: Type.Optional(RuleSet.properties.groups),
	},
	strict,
);
const number = (minimum: 0 | 1) => Type.String({ pattern: minimum === 1 ? '^[1-9]\\d{0,9}$' : '^\\d{1,10}$' });
const DiscardQuery = Type.Object({ by: By, revision: number(1) }, strict);
const VersionParams = Type.Object({ version: number(1) });
const DiffQuery = Type.Object({ since: Type.Optional(number(0)) }, strict);
/** A thousand SKUs in each of many rules. */
const largestBody = 1024 * 1024;

const problems = { '4xx': Problem, '5xx': Problem };
const tags = ['rules'];

/** The rules of promising: what is kept back, and who may collect or be shipped to. */
export function addRulesRoutes(routes: FastifyInstance, parts: { readonly db: Kysely<Tables>; readonly clock: Clock }) {
	const { db } = parts;
	const answer = <T>(reply: FastifyReply, changed: Changed<T>) =>
		changed.done ? changed.value : reply.code(changed.status).send(changed.problem);

	routes.get(
		'/rules',
		{
			schema: {
				summary: 'The published rules, the draft, and what it would change',
				tags,
				response: { 200: RulesState, ...problems },
			},
		},
		() => readRulesState(parts),
	);

	routes.put<{ Body: Static<typeof SaveBody> }>(
		'/rules/draft',
		{
			bodyLimit: largestBody,
			schema: {
				summary: 'Save the draft',
				description:
					'There is one draft for everybody. `baseVersion` is the published version from which it began, `revision` that of the ' +
					'draft that was seen (0 when there was none): 409 when somebody else was faster. The same again changes nothing.',
				tags,
				body: SaveBody,
				response: { 200: RulesState, ...problems },
			},
		},
		async (request, reply) => {
			const { by, ...draft } = request.body;
			return answer(reply, await saveDraft(parts, { id: null, name: by }, draft));
		},
	);

	routes.delete<{ Querystring: Static<typeof DiscardQuery> }>(
		'/rules/draft',
		{
			schema: {
				summary: 'Throw the draft away',
				tags,
				querystring: DiscardQuery,
				response: { 200: RulesState, ...problems },
			},
		},
		async (request, reply) => {
			const { by, revision } = request.query;
			return answer(reply, await discardDraft(parts, { id: null, name: by }, Number(revision)));
		},
	);

	routes.post<{ Body: Static<typeof PreviewBody> }>(
		'/rules/preview',
		{
			bodyLimit: largestBody,
			schema: {
				summary: 'What the draft, or other rules, would do to what can be sold of the stock that is there',
				description:
					'By channel and method, site, department and SKU, with the largest changes, and the promises that stay although the rules ' +
					'would not have allowed them. Changes nothing.',
				tags,
				body: PreviewBody,
				response: { 200: RulesPreview, ...problems },
			},
		},
		async (request, reply) => {
			const { rules, groups, ...question } = request.body;
			const asked =
				rules === undefined && groups === undefined ? undefined : { rules: rules ?? [], groups: groups ?? [] };
			return answer(reply, await previewRules(parts, question, asked));
		},
	);

	routes.post<{ Body: Static<typeof PublishBody> }>(
		'/rules/publish',
		{
			schema: {
				summary: 'Publish the draft',
				description: 'Holds at once for every promise. 409 when the draft or the published rules are others meanwhile.',
				tags,
				body: PublishBody,
				response: { 200: RulesState, ...problems },
			},
		},
		async (request, reply) => {
			const { by, ...asked } = request.body;
			return answer(reply, await publishDraft(parts, { id: null, name: by }, asked));
		},
	);

	routes.get(
		'/rules/versions',
		{
			schema: {
				summary: 'All versions, newest first, without their rules',
				tags,
				response: { 200: Type.Object({ versions: Type.Array(RuleSetSummary) }), ...problems },
			},
		},
		async () => ({ versions: await listVersions(db) }),
	);

	routes.get<{ Params: Static<typeof VersionParams> }>(
		'/rules/versions/:version',
		{
			schema: { summary: 'One version', tags, params: VersionParams, response: { 200: RuleSetVersion, ...problems } },
		},
		async (request, reply) => {
			const found = await findVersion(db, Number(request.params.version));
			return found ?? reply.code(404).send(noVersion(request.params.version));
		},
	);

	routes.get<{ Params: Static<typeof VersionParams>; Querystring: Static<typeof DiffQuery> }>(
		'/rules/versions/:version/diff',
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
				db,
				Number(request.params.version),
				since === undefined ? since : Number(since),
			);
			return changes === undefined ? reply.code(404).send(noVersion(request.params.version)) : { changes };
		},
	);

	routes.get(
		'/rules/history',
		{
			schema: {
				summary: 'Who changed what and when, newest first: every draft that was saved, published or discarded',
				tags,
				response: { 200: Type.Object({ history: Type.Array(RulesHistoryEntry) }), ...problems },
			},
		},
		async () => ({ history: await readHistory(db) }),
	);
}

function noVersion(version: string): Problem {
	return problemOf('not_found', `There is no version ${version} of the rules, or none to compare it with.`, '/version');
}
