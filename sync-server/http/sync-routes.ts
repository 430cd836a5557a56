import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import {
	BringOrderRequest,
	EnrollRequest,
	KeyRequest,
	maxDocumentsPerPage,
	maxOperationsPerPush,
	type Problem,
	SignInRequest,
	syncRoutes,
	type WakeEvent,
} from '../../shared/protocol/messages.ts';
import { AskRequest } from '../../shared/protocol/questions.ts';
import { oldestPullingRelease, release, releaseHeader, silentRelease } from '../../shared/protocol/release.ts';
import { signIn } from '../central/associates/sign-in.ts';
import { authenticateDevice, type Device } from '../central/devices/authenticate-device.ts';
import { registerKey } from '../central/devices/device-key.ts';
import { enrollDevice } from '../central/devices/enroll-device.ts';
import { bringOrder } from '../central/orders/bring-order.ts';
import type { Promising } from '../central/promising/open-promising.ts';
import { answerQuestion, type QuestionCheck } from '../central/questions/answer-question.ts';
import type { ReplayDesk } from '../central/routing/replay/replay-desk.ts';
import { digestReader } from '../feed/read-digest.ts';
import { readPage } from '../feed/read-page.ts';
import type { WakeHub } from '../feed/wake.ts';
import { OperationFrame } from '../ingest/read-frame.ts';
import type { Ingest } from '../ingest/take-in-operation.ts';
import { takeInPush } from '../ingest/take-in-push.ts';
import { attemptLimit } from './attempt-limit.ts';
import { isNestedDeeper } from './json-depth.ts';
import type { Metrics } from './metrics.ts';
import { problemOf } from './problem-reply.ts';
import { schemaFaultFinder } from './schema-fault.ts';
import { securityHeaders } from './security-headers.ts';
import {
	bringOrderProblems,
	credentialProblems,
	enrollProblems,
	outdatedApp,
	signInProblem,
	takeInProblem,
	tooManyKeys,
	tooManyQuestions,
} from './sync-problems.ts';

export interface SyncOptions extends Ingest {
	readonly hub: WakeHub;
	readonly metrics: Metrics;
	readonly promising: Pick<Promising, 'answer'>;
	readonly replays: Omit<ReplayDesk, 'run' | 'close'>;
}

const PushFrames = Type.Object({
	operations: Type.Array(OperationFrame, { minItems: 1, maxItems: maxOperationsPerPush }),
});
const FeedQuery = Type.Object({
	stream: Type.Union([Type.Literal('site'), Type.Literal('shared')]),
	epoch: Type.Optional(Type.String({ maxLength: 100 })),
	after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
	horizon: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
	limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,3}$' })),
});
const DigestQuery = Type.Pick(FeedQuery, ['stream']);
const deepestOperation = 64;
const wrongCodesPerWindow = 10;
const windowMs = 5 * 60_000;
const ordersBroughtPerMinute = 30;
const keysPerMinute = 10;
const questionsPerMinute = 120;

/** The sync protocol: enrollment, sign-in, operations up, documents down, and events that only wake. */
export async function syncRoutesPlugin(app: FastifyInstance, options: SyncOptions): Promise<void> {
	const { db, clock, hub, metrics } = options;
	const wrongCodes = attemptLimit(wrongCodesPerWindow, windowMs);
	const readDigest = digestReader(db);
	const ordersAskedFor = attemptLimit(ordersBroughtPerMinute, 60_000);
	const keysRegistered = attemptLimit(keysPerMinute, 60_000);
	const questionsAsked = attemptLimit(questionsPerMinute, 60_000);
	const checks = new Map<TSchema, ReturnType<typeof schemaFaultFinder>>();
	const faultOfQuestion: QuestionCheck = (schema, question) => {
		const check = checks.get(schema) ?? schemaFaultFinder(schema);
		checks.set(schema, check);
		return check(question);
	};

	app.setValidatorCompiler<TSchema>(({ schema }) => {
		const faultOf = schemaFaultFinder(schema);
		return (value) => {
			const fault = faultOf(value);
			return fault === undefined ? { value } : { error: Object.assign(new Error(fault.words), { where: fault.where }) };
		};
	});

	async function deviceOf(request: FastifyRequest, reply: FastifyReply): Promise<Device | null> {
		const authentication = await authenticateDevice(db, clock, request.headers.authorization);
		if (authentication.ok) return authentication.device;
		await answer(reply.header('www-authenticate', 'Bearer'), 401, credentialProblems[authentication.reason]);
		return null;
	}

	app.post<{ Body: Static<typeof EnrollRequest> }>(
		syncRoutes.enroll,
		{ schema: { body: EnrollRequest } },
		async (request, reply) => {
			if (wrongCodes.isExhausted(request.ip)) return answer(reply, 429, enrollProblems.too_many);
			const enrollment = await enrollDevice({ db, clock }, request.body, request.headers.authorization);
			if (enrollment.ok) {
				options.rights?.enrolled(enrollment.answer.siteId);
				return enrollment.answer;
			}
			if (enrollment.reason !== 'other_site') wrongCodes.count(request.ip);
			return answer(reply, 403, enrollProblems[enrollment.reason]);
		},
	);

	app.post<{ Body: Static<typeof KeyRequest> }>(
		syncRoutes.key,
		{ schema: { body: KeyRequest } },
		async (request, reply) => {
			const device = await deviceOf(request, reply);
			if (device === null) return reply;
			if (keysRegistered.isExhausted(device.deviceId)) return answer(reply, 429, tooManyKeys);
			keysRegistered.count(device.deviceId);
			const serverTime = clock.now().toString();
			const { deviceId } = device;
			const { publicKey } = request.body;
			return { keyId: await registerKey(db, { deviceId, publicKey, now: serverTime }), serverTime };
		},
	);

	app.post<{ Body: Static<typeof SignInRequest> }>(
		syncRoutes.signIn,
		{ schema: { body: SignInRequest } },
		async (request, reply) => {
			const device = await deviceOf(request, reply);
			if (device === null) return reply;
			const result = await signIn(options, device, request.body);
			if (result.ok) return result.answer;
			return answer(reply, result.reason === 'unknown_associate' ? 404 : 403, signInProblem(result));
		},
	);

	app.post<{ Body: Static<typeof PushFrames> }>(
		syncRoutes.push,
		{ schema: { body: PushFrames } },
		async (request, reply) => {
			const device = await deviceOf(request, reply);
			if (device === null) return reply;
			const { operations } = request.body;
			if (isNestedDeeper(operations, deepestOperation)) {
				return answer(reply, 400, problemOf('invalid', 'An operation is nested too deeply.', '/operations'));
			}
			const taken = await takeInPush(options, device, operations, ({ isNew, type, outcome }) => {
				if (isNew) metrics.tookIn(type, outcome.outcome);
			});
			if (taken.kind === 'outcomes') {
				return { outcomes: taken.outcomes, serverTime: clock.now().toString(), release };
			}
			return answer(reply, taken.kind === 'other_lane' ? 403 : 409, takeInProblem(taken));
		},
	);

	app.post<{ Body: Static<typeof BringOrderRequest> }>(
		syncRoutes.bringOrder,
		{ schema: { body: BringOrderRequest } },
		async (request, reply) => {
			const device = await deviceOf(request, reply);
			if (device === null) return reply;
			if (ordersAskedFor.isExhausted(device.deviceId)) return answer(reply, 429, bringOrderProblems.too_many);
			ordersAskedFor.count(device.deviceId);
			const brought = await bringOrder({ db, clock }, device, request.body.number);
			return brought ?? answer(reply, 404, bringOrderProblems.unknown_order);
		},
	);

	app.post<{ Body: AskRequest }>(syncRoutes.ask, { schema: { body: AskRequest } }, async (request, reply) => {
		const device = await deviceOf(request, reply);
		if (device === null) return reply;
		if (questionsAsked.isExhausted(device.deviceId)) return answer(reply, 429, tooManyQuestions);
		questionsAsked.count(device.deviceId);
		const asked = await answerQuestion(options, device, request.body, faultOfQuestion);
		return asked.ok ? reply.send(asked.answer) : answer(reply, asked.status, asked.problem);
	});

	app.get<{ Querystring: Static<typeof FeedQuery> }>(
		syncRoutes.feed,
		{ schema: { querystring: FeedQuery } },
		async (request, reply) => {
			const device = await deviceOf(request, reply);
			if (device === null) return reply;
			if (releaseOf(request) < oldestPullingRelease) return answer(reply, 426, outdatedApp);
			const { stream, epoch, after, horizon, limit } = request.query;
			const since = { position: Number(after ?? 0), ...(horizon === undefined ? {} : { horizon: Number(horizon) }) };
			const checkpoint = epoch === undefined ? null : { epoch, ...since };
			const size = Math.min(Number(limit ?? maxDocumentsPerPage), maxDocumentsPerPage);
			const page = await readPage(
				db,
				device,
				{ stream, checkpoint, limit: size },
				{
					serverTime: clock.now().toString(),
					clockShiftMs: clock.shiftMs,
				},
			);
			return reply.header('content-type', 'application/json; charset=utf-8').send(page);
		},
	);

	app.get<{ Querystring: Static<typeof DigestQuery> }>(
		syncRoutes.digest,
		{ schema: { querystring: DigestQuery } },
		async (request, reply) => {
			const device = await deviceOf(request, reply);
			return device === null ? reply : readDigest(device, request.query.stream);
		},
	);

	app.get(syncRoutes.events, async (request, reply) => {
		const device = await deviceOf(request, reply);
		if (device === null) return reply;
		reply.hijack();
		reply.raw.writeHead(200, {
			...securityHeaders,
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no',
		});
		reply.raw.write(': connected\n\n');
		await followStreams(request, reply.raw, device);
		return reply;
	});

	async function followStreams(request: FastifyRequest, response: ServerResponse, device: Device): Promise<void> {
		let stop = () => {};
		response.on('close', () => stop());
		const send = (text: string) => {
			// Who doesn't read is cut off, and comes back with a feed request.
			if (response.writableLength > 65_536) response.destroy();
			else response.write(text);
		};
		const beat = async () => {
			send(': beat\n\n');
			const still = await authenticateDevice(db, clock, request.headers.authorization).catch(() => null);
			if (still !== null && !still.ok) response.end();
		};
		const wake = (event: WakeEvent) => send(`data: ${JSON.stringify(event)}\n\n`);
		try {
			stop = await hub.add({ siteId: device.siteId, wake, beat: () => void beat() });
			if (response.closed) stop();
		} catch {
			// The database went away just now; the device comes back.
			response.end();
		}
	}
}

function releaseOf({ headers }: FastifyRequest): number {
	const named = headers[releaseHeader];
	return typeof named === 'string' && /^\d{1,6}$/.test(named) ? Number(named) : silentRelease;
}

function answer(reply: FastifyReply, status: number, problem: Problem): FastifyReply {
	return reply.code(status).send(problem);
}
