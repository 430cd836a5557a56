import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { OneOf } from '../../shared/schema/field.ts';
import {
	PurchaseOrder,
	PurchaseOrderCapture,
	PurchaseOrderChange,
	purchaseOrderStates,
} from '../../shared/schema/purchase-order.ts';
import type { PurchaseFault } from '../central/purchasing/check-purchase-order.ts';
import {
	type ChangeResult,
	cancelPurchaseOrder,
	capturePurchaseOrder,
	changePurchaseOrder,
	findPurchaseOrder,
	listPurchaseOrders,
} from '../central/purchasing/purchase-orders.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../database/tables.ts';
import { askedId } from './api-messages.ts';
import { problemOf } from './problem-reply.ts';

const PurchaseOrderParams = Type.Object({ id: Type.String(askedId) });
const PurchaseOrdersQuery = Type.Object({
	siteId: Type.Optional(Type.String(askedId)),
	supplierId: Type.Optional(Type.String(askedId)),
	number: Type.Optional(Type.String(askedId)),
	state: Type.Optional(OneOf(purchaseOrderStates)),
	after: Type.Optional(Type.String({ ...askedId, description: 'The last id of the page before' })),
});
const PurchaseOrderAnswer = Type.Object({
	...PurchaseOrder.properties,
	/** Open, although the day on which it was expected has passed (in UTC). */
	isOverdue: Type.Boolean(),
});
const PurchaseOrdersAnswer = Type.Object({
	purchaseOrders: Type.Array(PurchaseOrderAnswer),
	/** Ask with this as `after` for more; null at the end. */
	next: Type.Union([Type.String(), Type.Null()]),
});

const pageSize = 100;
const statusOf = ({ error }: PurchaseFault) => (error === 'conflict' || error === 'already_closed' ? 409 : 400);

/** Purchase orders: supply of one site, with the day on which it is expected. */
export function addPurchaseOrderRoutes(
	routes: FastifyInstance,
	{ db, clock }: { readonly db: Kysely<Tables>; readonly clock: Clock },
): void {
	const answer = (purchaseOrder: PurchaseOrder) => {
		const isOverdue = purchaseOrder.state === 'open' && purchaseOrder.expectedOn < clock.now().toString().slice(0, 10);
		return { ...purchaseOrder, isOverdue };
	};
	const notFound = (id: string) => problemOf('not_found', `There is no purchase order "${id}".`, '/id');
	const changed = (id: string, result: ChangeResult) => {
		if (result.changed) return { status: 200, body: answer(result.purchaseOrder) };
		if (result.fault === 'not_found') return { status: 404, body: notFound(id) };
		return { status: statusOf(result.fault), body: result.fault };
	};

	routes.post<{ Body: PurchaseOrderCapture }>(
		'/purchase-orders',
		{
			schema: {
				summary: 'Tell of a purchase order',
				description:
					'Idempotent by supplier and number: 201 for a new one, 200 with the stored one for the same content again, 409 for other ' +
					'content. A day that has passed is taken: the answer says that it is overdue.',
				tags: ['supply'],
				body: PurchaseOrderCapture,
				response: { 201: PurchaseOrderAnswer, 200: PurchaseOrderAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const result = await capturePurchaseOrder(db, request.body, clock.now());
			if (!result.kept) return reply.code(statusOf(result.fault)).send(result.fault);
			return reply.code(result.created ? 201 : 200).send(answer(result.purchaseOrder));
		},
	);

	routes.get<{ Querystring: Static<typeof PurchaseOrdersQuery> }>(
		'/purchase-orders',
		{
			schema: {
				summary: 'Purchase orders, a hundred at a time',
				tags: ['supply'],
				querystring: PurchaseOrdersQuery,
				response: { 200: PurchaseOrdersAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request) => {
			const found = await listPurchaseOrders(db, { ...request.query, limit: pageSize + 1 });
			const page = found.slice(0, pageSize);
			return { purchaseOrders: page.map(answer), next: found.length > pageSize ? (page.at(-1)?.id ?? null) : null };
		},
	);

	routes.get<{ Params: Static<typeof PurchaseOrderParams> }>(
		'/purchase-orders/:id',
		{
			schema: {
				summary: 'One purchase order, with what has come of it',
				tags: ['supply'],
				params: PurchaseOrderParams,
				response: { 200: PurchaseOrderAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const found = await findPurchaseOrder(db, request.params.id);
			return found === undefined ? reply.code(404).send(notFound(request.params.id)) : answer(found);
		},
	);

	routes.patch<{ Params: Static<typeof PurchaseOrderParams>; Body: PurchaseOrderChange }>(
		'/purchase-orders/:id',
		{
			schema: {
				summary: 'Another expected day, or what the supplier announces',
				description:
					'What is announced replaces what was, except logistic units that have come. 409 when it is closed.',
				tags: ['supply'],
				params: PurchaseOrderParams,
				body: PurchaseOrderChange,
				response: { 200: PurchaseOrderAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const { status, body } = changed(id, await changePurchaseOrder(db, id, request.body));
			return reply.code(status).send(body);
		},
	);

	routes.post<{ Params: Static<typeof PurchaseOrderParams> }>(
		'/purchase-orders/:id/cancel',
		{
			schema: {
				summary: 'Expect nothing more of a purchase order',
				description:
					'Doing it again changes nothing. Goods that come all the same are taken in. 409 when it is closed.',
				tags: ['supply'],
				params: PurchaseOrderParams,
				response: { 200: PurchaseOrderAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const { status, body } = changed(id, await cancelPurchaseOrder(db, id));
			return reply.code(status).send(body);
		},
	);
}
