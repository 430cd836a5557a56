import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../shared/protocol/messages.ts';

export function problemOf(error: string, message: string, where?: string, whatToDo?: string): Problem {
	return { error, message, ...(where === undefined ? {} : { where }), ...(whatToDo === undefined ? {} : { whatToDo }) };
}

/** SQLSTATEs of text that PostgreSQL can't store: the sender's mistake, wherever it was overlooked. */
const unstorable = new Set(['22021', '22P05', '22P02', '22008', '22003']);

const partNames: Readonly<Record<string, string>> = { body: 'body', querystring: 'query', params: 'path' };

/**
 * Answers an error that a route threw, in words, and never shows the inside of the server.
 * @param isDatabaseAway whether the error says that the database can't be reached now
 */
export async function sendProblem(
	error: FastifyError & { readonly where?: string },
	request: FastifyRequest,
	reply: FastifyReply,
	isDatabaseAway: (error: unknown) => boolean,
): Promise<FastifyReply> {
	if (error.validation || error.where !== undefined) {
		const part = partNames[error.validationContext ?? 'body'] ?? 'request';
		const message = error.where ? `${error.where} in the ${part} ${error.message}.` : `The ${part} ${error.message}.`;
		return reply.code(400).send(problemOf('invalid', message, error.where || '/'));
	}
	if (isDatabaseAway(error)) {
		const problem = problemOf(
			'unavailable',
			"The database can't be reached at the moment. Nothing was changed.",
			undefined,
			'Send it again in a few seconds.',
		);
		return reply.code(503).header('retry-after', '5').send(problem);
	}
	switch (error.code) {
		case 'FST_ERR_CTP_BODY_TOO_LARGE':
			return reply.code(413).send(problemOf('too_large', 'The request is larger than an order can be.'));
		case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
			return reply
				.code(415)
				.send(problemOf('not_json', 'The body is not JSON.', 'Content-Type', 'Send `Content-Type: application/json`.'));
		default:
	}
	if (unstorable.has(error.code)) {
		return reply.code(400).send(problemOf('unreadable_text', "A text or number in the request can't be stored."));
	}
	const status = error.statusCode ?? 500;
	if (status >= 400 && status < 500) return reply.code(status).send(problemOf('invalid', error.message));
	request.log.error(error);
	return reply.code(500).send(problemOf('failed', 'The server made a mistake. It is in its log.'));
}
