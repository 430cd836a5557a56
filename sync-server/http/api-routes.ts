import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Static, TSchema } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { DecisionsAnswer } from '../../shared/protocol/routing-messages.ts';
import { FulfillmentOrder } from '../../shared/schema/fulfillment-order.ts';
import { type Order, OrderCapture, orderState } from '../../shared/schema/order.ts';
import type { ApiKeyCheck } from '../central/access/api-key.ts';
import { captureOrder, findOrder } from '../central/orders/capture-order.ts';
import type { CaptureFaultReason } from '../central/orders/check-capture.ts';
import type { Promising } from '../central/promising/open-promising.ts';
import type { RoutingWatch } from '../central/routing/batch/watch-routing.ts';
import { readDecisions } from '../central/routing/live/routing-decisions.ts';
import { moveFulfillmentOrder } from '../central/routing/move-fulfillment-order.ts';
import type { FindPlace } from '../central/routing/place-of-address.ts';
import type { ReplayDesk } from '../central/routing/replay/replay-desk.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../database/tables.ts';
import { FulfillmentOrderParams, MoveBody, OrderAnswer, OrderParams } from './api-messages.ts';
import { addAvailabilityRoutes } from './availability-routes.ts';
import { problemOf, sendProblem } from './problem-reply.ts';
import { addPurchaseOrderRoutes } from './purchase-order-routes.ts';
import { addReplayRoutes } from './replay-routes.ts';
import { addReservationRoutes } from './reservation-routes.ts';
import { addRightsRoutes } from './rights-routes.ts';
import { addRoutingRoutes } from './routing-routes.ts';
import { addRoutingRulesRoutes } from './routing-rules-routes.ts';
import { addRulesRoutes } from './rules-routes.ts';
import { schemaFaultFinder } from './schema-fault.ts';
import { addSiteRoutes } from './site-routes.ts';
import { addStockRoutes } from './stock-routes.ts';

export interface ApiOptions {
	readonly db: Kysely<Tables>;
	readonly clock: Clock;
	readonly findPlace: FindPlace;
	readonly promising: Promising;
	readonly replays: Pick<ReplayDesk, 'run'>;
	readonly routing: Pick<RoutingWatch, 'runNow'>;
	readonly isApiKey: ApiKeyCheck;
	/** Whether an error says that the database can't be reached now. */
	readonly isDatabaseAway: (error: unknown) => boolean;
}

const prefix = '/api/v1';
const largestBody = 512 * 1024;
const conflicts: ReadonlySet<CaptureFaultReason> = new Set(['conflict', 'reservation_not_held', 'not_there_yet']);

/**
 * The public HTTP API under /api/v1, and its OpenAPI 3.1 page at /docs (as JSON at /docs/json). Register it as a plugin of its
 * own: its validation and its errors hold for these routes only.
 */
export async function apiRoutes(app: FastifyInstance, options: ApiOptions): Promise<void> {
	await app.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: {
				title: 'Backstock',
				version: '1',
				description: 'Capture orders, follow them, and ask what can be promised. Every error is a Problem, in words.',
			},
			components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
			security: [{ apiKey: [] }],
		},
	});
	await app.register(swaggerUi, {
		routePrefix: '/docs',
		staticCSP: pagePolicy,
		uiConfig: { docExpansion: 'list' },
		theme: { title: 'Backstock HTTP API', css: [{ filename: 'backstock.css', content: '.topbar { display: none }' }] },
	});
	await app.register(async (routes) => addRoutes(routes, options), { prefix });
}

/** Everything comes from here; the page styles itself with style attributes, and shows small pictures from its style sheet. */
const pagePolicy = {
	'default-src': "'self'",
	'base-uri': "'self'",
	'frame-ancestors': "'none'",
	'img-src': ["'self'", 'data:'],
	'object-src': "'none'",
	'script-src': "'self'",
	'style-src': ["'self'", "'unsafe-inline'"],
};

function addRoutes(
	routes: FastifyInstance,
	{ db, clock, findPlace, promising, replays, routing, isApiKey, isDatabaseAway }: ApiOptions,
): void {
	routes.setValidatorCompiler<TSchema>(({ schema }) => {
		const faultOf = schemaFaultFinder(schema);
		return (value) => {
			const fault = faultOf(value);
			return fault === undefined ? { value } : { error: Object.assign(new Error(fault.words), { where: fault.where }) };
		};
	});
	routes.setErrorHandler((error: FastifyError, request, reply) => sendProblem(error, request, reply, isDatabaseAway));
	routes.setNotFoundHandler((request, reply) =>
		reply.code(404).send(problemOf('not_found', `There is no ${request.method} ${request.url.slice(0, 200)}.`)),
	);
	routes.addHook('onRequest', async (request, reply) => {
		const [, key] = /^Bearer ([!-~]{1,200})$/i.exec(request.headers.authorization ?? '') ?? [];
		if (key !== undefined && isApiKey(key)) return;
		const problem: Problem = {
			error: 'credential',
			message: key === undefined ? 'This needs the API key.' : 'That is not the API key.',
			where: 'Authorization',
			whatToDo: 'Send the header `Authorization: Bearer …` with the key from the file `api-key` in the data folder.',
		};
		await reply.code(401).header('www-authenticate', 'Bearer').send(problem);
	});

	routes.post<{ Body: Static<typeof OrderCapture> }>(
		'/orders',
		{
			bodyLimit: largestBody,
			schema: {
				summary: 'Capture an order',
				description:
					'Idempotent by channel and externalId: 201 for a new order, 200 with the stored one for the same content again, ' +
					'409 for other content.',
				tags: ['orders'],
				body: OrderCapture,
				response: { 201: OrderAnswer, 200: OrderAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const result = await captureOrder(db, request.body, { now: clock.now(), findPlace });
			if (!result.captured) return reply.code(conflicts.has(result.fault.error) ? 409 : 400).send(result.fault);
			promising.changed(positionsOf(result.order));
			reply.code(result.created ? 201 : 200).header('location', `${prefix}/orders/${result.order.id}`);
			return orderAnswer(result.order);
		},
	);

	routes.get<{ Params: Static<typeof OrderParams> }>(
		'/orders/:id',
		{
			schema: {
				summary: 'One order, by its id or its number',
				tags: ['orders'],
				params: OrderParams,
				response: { 200: OrderAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const order = await findOrder(db, request.params.id);
			if (order !== undefined) return orderAnswer(order);
			return reply.code(404).send(problemOf('not_found', `There is no order "${request.params.id}".`, '/id'));
		},
	);

	routes.get<{ Params: Static<typeof OrderParams> }>(
		'/orders/:id/routing',
		{
			schema: {
				summary: 'Why the units of an order go out from where they go',
				description:
					'Every decision about the order, the latest first, with the sites that were looked at and what each plan costs.',
				tags: ['orders'],
				params: OrderParams,
				response: { 200: DecisionsAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const order = await findOrder(db, request.params.id);
			if (order !== undefined) return { decisions: await readDecisions(db, order.id) };
			return reply.code(404).send(problemOf('not_found', `There is no order "${request.params.id}".`, '/id'));
		},
	);

	routes.post<{ Params: Static<typeof FulfillmentOrderParams>; Body: Static<typeof MoveBody> }>(
		'/fulfillment-orders/:id/move',
		{
			schema: {
				summary: 'Give a fulfillment order to another site',
				description:
					'What has not left is fulfilled by the other site, with stock set aside there, under a new fulfillment order, which is ' +
					'the answer. The first site does not see it any more, unless it has units to put back. 409 when it can not be moved.',
				tags: ['orders'],
				params: FulfillmentOrderParams,
				body: MoveBody,
				response: { 200: FulfillmentOrder, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const result = await moveFulfillmentOrder({ db, clock }, request.params.id, request.body);
			if (!result.moved) return reply.code(result.status).send(result.problem);
			const { lines, siteId, movedFrom } = result.fulfillmentOrder;
			const siteIds = [siteId, ...(movedFrom ? [movedFrom.siteId] : [])];
			promising.changed(lines.flatMap(({ sku }) => siteIds.map((each) => ({ siteId: each, sku }))));
			return result.fulfillmentOrder;
		},
	);

	addSiteRoutes(routes, { db, clock, findPlace });
	addPurchaseOrderRoutes(routes, { db, clock });
	addStockRoutes(routes, { db, clock });
	addReservationRoutes(
		routes,
		{ db, clock, findPlace, sites: () => promising.sites(), quiet: () => promising.quiet() },
		promising,
	);
	addAvailabilityRoutes(routes, promising);
	addRulesRoutes(routes, { db, clock });
	addRoutingRulesRoutes(routes, { db, clock });
	addRightsRoutes(routes, { db, clock });
	addReplayRoutes(routes, replays);
	addRoutingRoutes(routes, { db, routing });
}

/** Where an order has set units aside. */
function positionsOf({ lines, fulfillments }: Order) {
	return fulfillments.flatMap(({ siteId }) => lines.map(({ sku }) => ({ siteId, sku })));
}

function orderAnswer(order: Order) {
	return { ...order, state: orderState(order) };
}
