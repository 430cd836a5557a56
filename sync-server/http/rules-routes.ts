import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { type Static, Type } from 'typebox';
import { PreviewQuestion, RulesPreview, rulesMessages } from '../../shared/protocol/rules-messages.ts';
import { RuleSet } from '../../shared/schema/promising-rules.ts';
import { previewRules } from '../central/rules/preview-rules.ts';
import { promisingSubject } from '../central/rules/promising-subject.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../database/tables.ts';
import { addVersionRoutes, answerChange, largestRules, problems } from './version-routes.ts';

const PreviewBody = Type.Object(
	{
		...PreviewQuestion.properties,
		rules: Type.Optional(RuleSet.properties.rules),
		groups: Type.Optional(RuleSet.properties.groups),
	},
	{ additionalProperties: false },
);
const tags = ['rules'];

/** The rules of promising: what is kept back, and who may collect or be shipped to. */
export function addRulesRoutes(routes: FastifyInstance, parts: { readonly db: Kysely<Tables>; readonly clock: Clock }) {
	addVersionRoutes(routes, parts, {
		subject: promisingSubject,
		messages: rulesMessages,
		path: '/rules',
		tags,
		holds: 'Holds at once for every promise.',
	});

	routes.post<{ Body: Static<typeof PreviewBody> }>(
		'/rules/preview',
		{
			bodyLimit: largestRules,
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
			return answerChange(reply, await previewRules(parts, question, asked));
		},
	);
}
