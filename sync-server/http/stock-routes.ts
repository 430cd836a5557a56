import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { Id, Instant, PlainDate, ShortText } from '../../shared/schema/field.ts';
import { Product } from '../../shared/schema/product.ts';
import { Movement, StockPosition } from '../../shared/schema/stock-position.ts';
import { changeTracking } from '../central/inventory/change-tracking.ts';
import { findMovements } from '../central/inventory/find-movements.ts';
import { findPositions } from '../central/inventory/find-positions.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../database/tables.ts';
import { askedId } from './api-messages.ts';
import { problemOf } from './problem-reply.ts';

const asked = Type.Optional(Type.String(askedId));
const MovementsQuery = Type.Object({
	sku: asked,
	siteId: asked,
	lot: asked,
	serial: asked,
	orderId: Type.Optional(Type.String({ ...askedId, description: "The order's id or its number" })),
	after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$', description: '`next` of the page before' })),
});
const orNull = <T extends typeof Id | typeof ShortText>(schema: T) => Type.Union([schema, Type.Null()]);
const Next = Type.Union([Type.String(), Type.Null()], {
	description: 'Ask with this as `after` for more; null at the end',
});
const MovementsAnswer = Type.Object({
	movements: Type.Array(
		Type.Object({
			id: Type.Integer(),
			...Movement.properties,
			operationId: orNull(Id),
			orderId: orNull(Id),
			deviceId: orNull(Id),
			actorName: ShortText,
			recordedAt: Instant,
		}),
	),
	next: Next,
});
const PositionsQuery = Type.Object({
	sku: asked,
	siteId: asked,
	after: Type.Optional(Type.String({ minLength: 1, maxLength: 300, description: '`next` of the page before' })),
});
const PositionsAnswer = Type.Object({
	positions: Type.Array(
		Type.Object({
			...StockPosition.properties,
			/** What is known besides of these units; those that are not here lie in the position's own bin, of no known lot. */
			details: Type.Array(
				Type.Object({
					place: ShortText,
					bin: Type.String({ description: "Empty for the position's own" }),
					lot: Type.String(),
					serial: Type.String(),
					units: Type.Integer(),
					expiresOn: Type.Union([PlainDate, Type.Null()]),
				}),
			),
		}),
	),
	next: Next,
});

const TrackingParams = Type.Object({ sku: Type.String(askedId) });
const TrackingChange = Type.Object({ tracking: Product.properties.tracking }, { additionalProperties: false });
const TrackingAnswer = Type.Object({ sku: Id, tracking: Product.properties.tracking, changed: Type.Boolean() });

const pageSize = 200;

/** The ledger, for audit and recall: what is where, and how it came there. */
export function addStockRoutes(
	routes: FastifyInstance,
	{ db, clock }: { readonly db: Kysely<Tables>; readonly clock: Clock },
): void {
	addTrackingRoute(routes, { db, clock });
	routes.get<{ Querystring: Static<typeof MovementsQuery> }>(
		'/stock/movements',
		{
			schema: {
				summary: 'Lines of the stock ledger, in the order in which they were posted',
				description:
					'Those that fit all that is asked, 200 at a time. Which orders got a lot: ask for the lot, and look at the movements to the customer.',
				tags: ['stock'],
				querystring: MovementsQuery,
				response: { 200: MovementsAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request) => {
			const { after, ...question } = request.query;
			const found = await findMovements(db, {
				...question,
				...(after === undefined ? {} : { after: Number(after) }),
				limit: pageSize + 1,
			});
			const movements = found.slice(0, pageSize);
			return { movements, next: found.length > pageSize ? String(movements.at(-1)?.id) : null };
		},
	);

	routes.get<{ Querystring: Static<typeof PositionsQuery> }>(
		'/stock/positions',
		{
			schema: {
				summary: 'What each site holds of each SKU, by bucket, bin, lot and serial number',
				description: 'In the order of site and SKU, 200 at a time.',
				tags: ['stock'],
				querystring: PositionsQuery,
				response: { 200: PositionsAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const { after, ...question } = request.query;
			const last = after === undefined ? undefined : readMark(after);
			if (last === null) {
				return reply.code(400).send(problemOf('invalid', '`after` is not the `next` of a page.', '/after'));
			}
			const found = await findPositions(db, {
				...question,
				...(last === undefined ? {} : { after: last }),
				limit: pageSize + 1,
			});
			const positions = found.slice(0, pageSize);
			const end = positions.at(-1);
			return { positions, next: found.length > pageSize && end ? JSON.stringify([end.siteId, end.sku]) : null };
		},
	);
}

/** How a product's units are told apart, from now on. */
function addTrackingRoute(
	routes: FastifyInstance,
	{ db, clock }: { readonly db: Kysely<Tables>; readonly clock: Clock },
): void {
	routes.put<{ Params: Static<typeof TrackingParams>; Body: Static<typeof TrackingChange> }>(
		'/products/:sku/tracking',
		{
			schema: {
				summary: 'Tracks a product by lot, by serial number, or not at all, from now on',
				description:
					'The units that are there stay where they are, and are of no known lot or serial number until somebody names them. Saying the same again changes nothing.',
				tags: ['stock'],
				params: TrackingParams,
				body: TrackingChange,
				response: { 200: TrackingAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const { sku } = request.params;
			const { product, changed } = await changeTracking(db, sku, request.body.tracking, clock.now());
			if (product === null)
				return reply.code(404).send(problemOf('not_found', `The catalog has no product "${sku}".`, '/sku'));
			return { sku, tracking: product.tracking, changed };
		},
	);
}

function readMark(text: string): { readonly siteId: string; readonly sku: string } | null {
	try {
		const read: unknown = JSON.parse(text);
		if (!Array.isArray(read) || read.length !== 2) return null;
		const [siteId, sku] = read as unknown[];
		if (typeof siteId !== 'string' || typeof sku !== 'string') return null;
		return `${siteId}${sku}`.includes('\0') ? null : { siteId, sku };
	} catch {
		return null;
	}
}
