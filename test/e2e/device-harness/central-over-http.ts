import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CentralAnswer, CentralFailure } from '../../../shared/device/ports.ts';
import type { MemoryCentral } from '../../../shared/device/simulated/memory-central.ts';
import { syncRoutes } from '../../../shared/protocol/messages.ts';

const statusOf: Record<CentralFailure['kind'], number> = {
	unreachable: 502,
	unavailable: 503,
	credential: 401,
	outdated: 426,
	gap: 409,
	lane_frozen: 409,
	refused: 400,
};

/** Central in memory behind the real routes, for tests of the browser's part alone. Gives whether the request was one of its own. */
export async function answerAsCentral(
	central: MemoryCentral,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<boolean> {
	const url = new URL(request.url ?? '/', 'http://central');
	const body = async () => JSON.parse(await text(request));
	switch (url.pathname) {
		case syncRoutes.enroll:
			reply(response, await central.enroll(await body()));
			return true;
		case syncRoutes.key:
			reply(response, await central.registerKey(await body()));
			return true;
		case syncRoutes.signIn:
			reply(response, await central.signIn(await body()));
			return true;
		case syncRoutes.push:
			reply(response, await central.push((await body()).operations));
			return true;
		case syncRoutes.feed: {
			const stream = url.searchParams.get('stream') === 'shared' ? 'shared' : 'site';
			const epoch = url.searchParams.get('epoch');
			const after = Number(url.searchParams.get('after'));
			const checkpoint = epoch === null ? null : { epoch, position: after };
			reply(response, await central.pull(stream, checkpoint, Number(url.searchParams.get('limit'))));
			return true;
		}
		case syncRoutes.events: {
			const gone = new AbortController();
			response.on('close', () => gone.abort());
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.write(': here\n\n');
			await central.listen((event) => response.write(`data: ${JSON.stringify(event)}\n\n`), gone.signal);
			response.end();
			return true;
		}
		default:
			return false;
	}
}

function reply<T>(response: ServerResponse, answer: CentralAnswer<T>): void {
	if (answer.ok) return void response.writeHead(200).end(JSON.stringify(answer.value));
	const { failure } = answer;
	if (failure.kind === 'unreachable') return void response.destroy();
	const error = failure.kind === 'refused' ? failure.error : failure.kind;
	response.writeHead(statusOf[failure.kind]).end(JSON.stringify({ ...failure, error }));
}
