import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Problem } from '../../shared/protocol/messages.ts';
import { Id, ShortText } from '../../shared/schema/field.ts';
import type { RightsContext } from '../central/rights/balance-rights.ts';
import { writeOffRights } from '../central/rights/write-off-rights.ts';
import { askedId } from './api-messages.ts';

const DeviceParams = Type.Object({ id: Type.String({ ...askedId, description: "The device's id" }) });
const WriteOffBody = Type.Object(
	{ reason: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\x00-\\x1f]*[^\\x00-\\x20][^\\x00-\\x1f]*$' }) },
	{ additionalProperties: false },
);
const WriteOffAnswer = Type.Object({
	deviceId: Id,
	units: Type.Array(Type.Object({ siteId: Id, sku: ShortText, units: Type.Integer() }), {
		description: 'What was set aside for the device and is free now; empty when there was nothing, or again',
	}),
});

/** Decisions of operations about selling rights. */
export function addRightsRoutes(routes: FastifyInstance, context: RightsContext): void {
	routes.post<{ Params: Static<typeof DeviceParams>; Body: Static<typeof WriteOffBody> }>(
		'/devices/:id/write-off-rights',
		{
			schema: {
				summary: 'Free what is set aside for a device that never comes back',
				description:
					'Only for a device that is revoked, frozen, or unseen for seven days; otherwise 409. What it has promised and not sent ' +
					'yet is not covered any more: should it come after all, it is kept, and people are told where stock does not reach. Again, it changes nothing.',
				tags: ['stock'],
				params: DeviceParams,
				body: WriteOffBody,
				response: { 200: WriteOffAnswer, '4xx': Problem, '5xx': Problem },
			},
		},
		async (request, reply) => {
			const result = await writeOffRights(context, request.params.id, request.body.reason);
			return result.done
				? { deviceId: result.deviceId, units: result.units }
				: reply.code(result.status).send(result.problem);
		},
	);
}
