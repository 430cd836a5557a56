import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import {
	BringOrderAnswer,
	EnrollAnswer,
	FeedDigest,
	type FeedDocument,
	FeedPage,
	KeyAnswer,
	Problem,
	PushAnswer,
	SignInAnswer,
	syncRoutes,
	WakeEvent,
} from '../protocol/messages.ts';
import { type AnswerOf, type QuestionKind, questionKinds } from '../protocol/questions.ts';
import { release, releaseHeader } from '../protocol/release.ts';
import { collectionNames } from '../schema/documents.ts';
import type { AbortSignalLike, Central, CentralAnswer, CentralFailure, DeviceClock } from './ports.ts';
import { readServerSentEvents } from './server-sent-events.ts';
import { StopSignal } from './stop-signal.ts';

/** As much of `fetch` as is needed; a shell adapts its own to it. It rejects when nothing answers or the signal aborts. */
export type FetchLike = (
	url: string,
	init: {
		readonly method: 'GET' | 'POST';
		readonly headers: Readonly<Record<string, string>>;
		readonly body?: string;
		readonly signal: AbortSignalLike;
	},
) => Promise<ResponseLike>;

export interface ResponseLike {
	readonly status: number;
	text(): Promise<string>;
	readonly body: { getReader(): ByteReader } | null;
}

export interface ByteReader {
	read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
	cancel(): Promise<void>;
}

export interface HttpCentralParts {
	/** The server's address without a path, for instance http://localhost:7420; empty for the page's own origin. */
	readonly address: string;
	readonly fetch: FetchLike;
	readonly clock: DeviceClock;
}

const timeoutMs = {
	enroll: 15_000,
	registerKey: 6_000,
	signIn: 6_000,
	push: 30_000,
	pull: 20_000,
	digest: 30_000,
	bringOrder: 6_000,
	ask: 6_000,
	connect: 10_000,
} as const;
/** The server sends at least a comment this often; silence for longer means that the connection is dead. */
const silenceMs = 45_000;

/** The sync server over HTTP. Any answer that is not Backstock's (a captive portal's page) counts as unreachable. */
export function httpCentral({ address, fetch, clock }: HttpCentralParts): Central {
	let credential: string | null = null;

	async function ask<T>(
		isAnswer: (value: unknown) => value is T,
		path: string,
		limitMs: number,
		body?: unknown,
	): Promise<CentralAnswer<T>> {
		const give = new StopSignal();
		const late = deadline(clock, limitMs, give);
		try {
			const response = await fetch(address + path, {
				method: body === undefined ? 'GET' : 'POST',
				headers: headers('application/json', body !== undefined),
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
				signal: give,
			});
			const parsed = parseJson(await response.text());
			if (response.status !== 200 && response.status !== 201)
				return { ok: false, failure: failureOf(response.status, parsed) };
			if (!isAnswer(parsed)) return unreachable('the answer is not one of Backstock');
			return { ok: true, value: parsed };
		} catch (error) {
			return unreachable(late.passed() ? `no answer within ${limitMs / 1000} s` : words(error));
		} finally {
			late.cancel();
		}
	}

	function headers(accept: string, hasBody: boolean): Record<string, string> {
		return {
			accept,
			[releaseHeader]: String(release),
			...(hasBody ? { 'content-type': 'application/json' } : {}),
			...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
		};
	}

	async function listen(onWake: (event: WakeEvent) => void, stop: AbortSignalLike): Promise<CentralFailure> {
		const give = new StopSignal();
		const stopNow = () => give.stop();
		stop.addEventListener('abort', stopNow);
		let quiet = deadline(clock, timeoutMs.connect, give);
		try {
			const response = await fetch(address + syncRoutes.events, {
				method: 'GET',
				headers: headers('text/event-stream', false),
				signal: give,
			});
			if (response.status !== 200 || response.body === null) {
				return failureOf(response.status, parseJson(await response.text()));
			}
			await readServerSentEvents(response.body.getReader(), {
				heard: () => {
					quiet.cancel();
					quiet = deadline(clock, silenceMs, give);
				},
				event: (data) => {
					const event = parseJson(data);
					if (Value.Check(WakeEvent, event)) onWake(event);
				},
			});
			return { kind: 'unreachable', message: 'the server ended the connection' };
		} catch (error) {
			return { kind: 'unreachable', message: quiet.passed() ? 'the connection fell silent' : words(error) };
		} finally {
			quiet.cancel();
			stop.removeEventListener('abort', stopNow);
		}
	}

	return {
		setCredential: (value) => {
			credential = value;
		},
		enroll: (request) => ask(fits(EnrollAnswer), syncRoutes.enroll, timeoutMs.enroll, request),
		registerKey: (request) => ask(fits(KeyAnswer), syncRoutes.key, timeoutMs.registerKey, request),
		signIn: (request) => ask(fits(SignInAnswer), syncRoutes.signIn, timeoutMs.signIn, request),
		push: (operations) => ask(fits(PushAnswer), syncRoutes.push, timeoutMs.push, { operations }),
		pull: (stream, checkpoint, limit) => {
			const began = checkpoint?.horizon === undefined ? '' : `&horizon=${checkpoint.horizon}`;
			const since =
				checkpoint === null
					? ''
					: `&epoch=${encodeURIComponent(checkpoint.epoch)}&after=${checkpoint.position}${began}`;
			return ask(isFeedPage, `${syncRoutes.feed}?stream=${stream}${since}&limit=${limit}`, timeoutMs.pull);
		},
		digest: (stream) => ask(fits(FeedDigest), `${syncRoutes.digest}?stream=${stream}`, timeoutMs.digest),
		bringOrder: (number) => ask(fits(BringOrderAnswer), syncRoutes.bringOrder, timeoutMs.bringOrder, { number }),
		ask: (kind, question, grant) =>
			ask(isAnswerTo(kind), syncRoutes.ask, timeoutMs.ask, {
				kind,
				question,
				...(grant === null ? {} : { grant }),
			}),
		listen,
	};
}

function fits<T extends TSchema>(schema: T): (value: unknown) => value is Static<T> {
	return (value): value is Static<T> => Value.Check(schema, value);
}

function isAnswerTo<K extends QuestionKind>(kind: K): (value: unknown) => value is AnswerOf<K> {
	return (value): value is AnswerOf<K> => Value.Check(questionKinds[kind].answer, value);
}

const PageFrame = Type.Omit(FeedPage, ['documents']);
const names: ReadonlySet<unknown> = new Set(collectionNames);

/** By hand, as a page holds a thousand documents: by the schema it took over 20 ms a page. */
function isFeedPage(value: unknown): value is FeedPage {
	if (!Value.Check(PageFrame, value)) return false;
	const { documents } = value as { readonly documents?: unknown };
	return Array.isArray(documents) && documents.every(isFeedDocument);
}

function isFeedDocument(value: Partial<FeedDocument> | null): value is FeedDocument {
	return (
		typeof value === 'object' &&
		value !== null &&
		names.has(value.collection) &&
		typeof value.id === 'string' &&
		Number.isSafeInteger(value.position) &&
		typeof value.deleted === 'boolean' &&
		'body' in value
	);
}

function failureOf(status: number, body: unknown): CentralFailure {
	if (!Value.Check(Problem, body)) return { kind: 'unreachable', message: `status ${status}, and not from Backstock` };
	const { error, message, expectedSeq, attemptsLeft, lockedUntil } = body;
	if (status === 401 && error === 'credential') return { kind: 'credential', message };
	if (error === 'outdated') return { kind: 'outdated', message };
	if (error === 'gap' && expectedSeq !== undefined) return { kind: 'gap', expectedSeq, message };
	if (error === 'lane_frozen') return { kind: 'lane_frozen', message };
	if (status >= 500) return { kind: 'unavailable', message };
	return {
		kind: 'refused',
		error,
		message,
		...(attemptsLeft === undefined ? {} : { attemptsLeft }),
		...(lockedUntil === undefined ? {} : { lockedUntil }),
	};
}

/** Stops the request when the time has passed. */
function deadline(clock: DeviceClock, limitMs: number, request: StopSignal) {
	const done = new StopSignal();
	let isLate = false;
	void clock.sleep(limitMs, done).then(() => {
		if (done.aborted) return;
		isLate = true;
		request.stop();
	});
	return { cancel: () => done.stop(), passed: () => isLate };
}

function unreachable(message: string): { readonly ok: false; readonly failure: CentralFailure } {
	return { ok: false, failure: { kind: 'unreachable', message } };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
