import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { PlainDate } from '../../shared/schema/field.ts';
import { Site } from '../../shared/schema/site.ts';
import { changeClosedDays } from '../central/routing/close-site.ts';
import type { LatenessContext } from '../central/routing/reroute-late.ts';
import { listSites } from '../central/routing/sites.ts';
import { askedId } from './api-messages.ts';

const SitesAnswer = Type.Object({ sites: Type.Array(Site) });
const SiteParams = Type.Object({ siteId: Type.String(askedId) });
const ClosedDays = Type.Object(
	{ closedDays: Type.Array(PlainDate, { maxItems: 400, description: 'All of them; an empty list opens the site' }) },
	{ additionalProperties: false },
);
const ClosedDaysAnswer = Type.Object({
	site: Site,
	moved: Type.Integer({ description: 'Fulfillment orders that went to other sites at once' }),
});

export function addSiteRoutes(routes: FastifyInstance, context: LatenessContext): void {
	routes.get(
		'/sites',
		{
			schema: {
				summary: 'All sites',
				tags: ['sites'],
				response: { 200: SitesAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async () => ({ sites: await listSites(context.db) }),
	);

	routes.put<{ Params: Static<typeof SiteParams>; Body: Static<typeof ClosedDays> }>(
		'/sites/:siteId/closed-days',
		{
			schema: {
				summary: 'Say on which days a site is closed in spite of its opening hours',
				description:
					'Fulfillment orders that nobody has started there, and that could not leave in time any more, go to other sites at once. ' +
					'Pickups stay, since their customers come to this site: operations are told of those that are promised while it is closed. The same again changes nothing.',
				tags: ['sites'],
				params: SiteParams,
				body: ClosedDays,
				response: { 200: ClosedDaysAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const result = await changeClosedDays(context, request.params.siteId, request.body.closedDays);
			if (!result.done) return reply.code(result.status).send(result.problem);
			return { site: result.site, moved: result.moved };
		},
	);
}
