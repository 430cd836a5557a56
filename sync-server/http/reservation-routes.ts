import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import type { Promising } from '../central/promising/open-promising.ts';
import { findReservation, releaseReservation } from '../central/promising/release-reservation.ts';
import { ReservationAnswer } from '../central/promising/reservation-answer.ts';
import { type ReservationFault, ReservationRequest } from '../central/promising/reservation-request.ts';
import { type ReserveContext, reserve } from '../central/promising/reserve.ts';
import { askedId } from './api-messages.ts';
import { problemOf } from './problem-reply.ts';

const ReservationParams = Type.Object({ id: Type.String(askedId) });

const statusOf = ({ error }: ReservationFault) => {
	if (error === 'not_found') return 404;
	return error === 'conflict' || error === 'not_enough_stock' || error === 'already_fulfilled' ? 409 : 400;
};

/** Reservations: soft claims on stock that expire. */
export function addReservationRoutes(
	routes: FastifyInstance,
	context: ReserveContext,
	promising: Pick<Promising, 'changed'>,
): void {
	const told = (reservation: ReservationAnswer) => {
		promising.changed(reservation.lines);
		return reservation;
	};

	routes.post<{ Body: ReservationRequest }>(
		'/reservations',
		{
			schema: {
				summary: 'Set units aside for a while',
				description:
					'Idempotent by channel and externalId: 201 for a new reservation, 200 with the stored one for the same content again, ' +
					'409 for other content, or when there is not enough stock. It expires after 15 minutes unless `expiresAt` says ' +
					'otherwise, in 7 days at the latest (or 7 days after `by`). Without `siteIds` all sites are asked, the nearest to `place` or those with most first: one ' +
					'that has everything or, of what is shipped, several; none that was not heard of for an hour, or is closed until after `by`. With `by`, goods that come until that day are reserved too: such a line says ' +
					'`expectedOn` until they are there. An order takes the reservation over by naming it as `reservationId`.',
				tags: ['stock'],
				body: ReservationRequest,
				response: { 201: ReservationAnswer, 200: ReservationAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const result = await reserve(context, request.body);
			if (!result.reserved) return reply.code(statusOf(result.fault)).send(result.fault);
			return reply.code(result.created ? 201 : 200).send(told(result.reservation));
		},
	);

	routes.get<{ Params: Static<typeof ReservationParams> }>(
		'/reservations/:id',
		{
			schema: {
				summary: 'One reservation, as it is now',
				tags: ['stock'],
				params: ReservationParams,
				response: { 200: ReservationAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const reservation = await findReservation(context, id);
			return reservation ?? reply.code(404).send(problemOf('not_found', `There is no reservation "${id}".`, '/id'));
		},
	);

	routes.delete<{ Params: Static<typeof ReservationParams> }>(
		'/reservations/:id',
		{
			schema: {
				summary: 'Give the units of a reservation back',
				description:
					'Again, or after it has expired, it changes nothing. 409 when an order or a sale has taken all of it.',
				tags: ['stock'],
				params: ReservationParams,
				response: { 200: ReservationAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const released = await releaseReservation(context, request.params.id);
			return 'fault' in released ? reply.code(statusOf(released.fault)).send(released.fault) : told(released);
		},
	);
}
