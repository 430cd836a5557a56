import fc from 'fast-check';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	BringOrderRequest,
	EnrollRequest,
	KeyRequest,
	Problem,
	PushAnswer,
	SignInRequest,
	syncRoutes,
} from '../../shared/protocol/messages.ts';
import { releaseHeader } from '../../shared/protocol/release.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import {
	answersSeen,
	documentsAfter,
	expectWhole,
	type FuzzedCentral,
	type FuzzedDevice,
	fuzz,
	heldOf,
	newFuzzedDevice,
	openFuzzedCentral,
} from './fuzzed-central.ts';
import { operationRecipes, operationsOf } from './operation-recipe.ts';
import { arbitraryOf } from './schema-arbitrary.ts';
import { rawBodies, type Spoil, spoiled, spoils, textFaults } from './spoil.ts';

/** Messages of each kind: 10,000 in all. */
const cases = {
	push: 4000,
	raw: 1500,
	feed: 1300,
	bring: 700,
	enroll: 800,
	key: 600,
	signIn: 400,
	digest: 400,
	events: 300,
};

let fuzzed: FuzzedCentral;
let device: FuzzedDevice;

beforeAll(async () => {
	fuzzed = await openFuzzedCentral();
	device = await newFuzzedDevice(fuzzed);
});
afterAll(async () => {
	const total = [...answersSeen.values()].reduce((sum, count) => sum + count, 0);
	const seen = [...answersSeen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([answer, count]) => `${answer}: ${count}`);
	console.log(`${total} fuzzed sync messages. ${seen.join(', ')}`);
	await fuzzed.close();
});

const addresses = fc.integer({ min: 1, max: 2000 }).map((number) => `10.0.${number >> 8}.${number & 255}`);
const contentTypes = fc.oneof(
	{ weight: 12, arbitrary: fc.constant('application/json') },
	fc.constantFrom<string | undefined>(
		...['application/json; charset=utf-16', 'text/plain', 'application/x-www-form-urlencoded', 'APPLICATION/JSON', ''],
		...['multipart/form-data; boundary=x', 'application/octet-stream', ';;;', 'application/json\t', undefined],
	),
);
const releases = fc.constantFrom<string | undefined>(
	undefined,
	undefined,
	'3',
	'2',
	'1',
	'0',
	'-1',
	'1e9',
	'new',
	'',
	'3.5',
);

/** A failure has its words; nothing is ever the server's own mistake. */
function expectReason({ statusCode, body }: Pick<LightMyRequestResponse, 'statusCode' | 'body'>): void {
	if (statusCode < 400) return;
	expect(statusCode, body).toBeLessThan(500);
	const problem: unknown = JSON.parse(body);
	expect(Value.Check(Problem, problem), body).toBe(true);
	expect((problem as Problem).message).toMatch(/\w+ \w+/);
}

async function ask(options: InjectOptions): Promise<LightMyRequestResponse> {
	const answer = await fuzzed.app.inject(options);
	expectReason(answer);
	return answer;
}

function headersOf(type: string | undefined, release?: string, authorization = device.authorization) {
	return {
		...(type === undefined ? {} : { 'content-type': type }),
		...(release === undefined ? {} : { [releaseHeader]: release }),
		authorization,
	};
}

const wrongs = fc.array(spoils, { maxLength: 3 });
const spoiledBy = (message: unknown, list: readonly Spoil[]) =>
	list.reduce<unknown>((value, spoil) => spoiled(value, spoil), message);

/** Posts a message that fits the schema, or did before something was done to it. */
async function fuzzPosts(name: string, count: number, url: string, schema: object, known: fc.Arbitrary<object>) {
	const message = fc.record({
		fitting: fc.oneof(arbitraryOf(schema), known),
		list: wrongs,
		damage: textFaults,
		type: contentTypes,
		address: addresses,
	});
	await fuzz(count, message, async ({ fitting, list, damage, type, address }) => {
		const payload = damage(JSON.stringify(spoiledBy(fitting, list)) ?? '');
		const answer = await ask({ method: 'POST', url, payload, headers: headersOf(type), remoteAddress: address });
		return `${name} ${answer.statusCode}`;
	});
}

describe('any message to', () => {
	it('the push is answered with a reason, is taken in whole or not at all, and never blocks the lane', async () => {
		const message = fc.record({
			recipes: fc.array(operationRecipes(fuzzed.samples), { minLength: 1, maxLength: 5 }),
			list: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, wrongs),
			damage: fc.oneof({ weight: 3, arbitrary: fc.constant((text: string) => text) }, textFaults),
			release: releases,
		});
		let turn = 0;
		await fuzz(cases.push, message, async ({ recipes, list, damage, release }) => {
			turn += 1;
			const before = await heldOf(fuzzed, device);
			if (before.frozen) device = await newFuzzedDevice(fuzzed);
			const start = before.frozen ? { ...before, seq: 0, hash: '' } : before;
			const operations = operationsOf(device, recipes, start);
			const payload = damage(JSON.stringify(spoiledBy({ operations }, list)) ?? '');
			const answer = await ask({
				method: 'POST',
				url: syncRoutes.push,
				payload,
				headers: headersOf('application/json', release),
			});
			const after = await heldOf(fuzzed, device);
			expect(after).toMatchObject({ operations: after.seq, highest: after.seq });
			expect(after.last).toBeLessThanOrEqual(after.head);
			const taken = after.seq - start.seq;
			if (answer.statusCode === 200) expectTakenIn(answer.json(), start.seq, after.seq, after.head);
			else expect(taken).toBe(0);
			const published = after.head - start.head;
			const found = await documentsAfter(fuzzed, start.head);
			expect(published === 0 ? found : Math.sign(found)).toBe(Math.sign(published));
			// One operation puts each document once, so none of its positions is empty.
			if (taken <= 1) expect(found).toBe(published);
			else expect(after.last).toBe(after.head);
			if (turn % 250 === 0) await expectWhole(fuzzed);
			if (!after.frozen) await expectGoesOn(after.seq, after.hash);
			return `push ${answer.statusCode}`;
		});
		await expectWhole(fuzzed);
	}, 1_200_000);

	it('enroll is answered with a reason or an enrollment', async () => {
		const { db, clock } = fuzzed.central.ingest;
		const expiresAt = clock.now().add({ hours: 24 }).toString();
		const codes = Array.from({ length: 40 }, (_, index) => `FUZZ-${index}`);
		const rows = codes.map((code) => ({ code, site_id: 'S-1', expires_at: expiresAt }));
		await db.insertInto('enrollment_code').values(rows).execute();
		const known = fc.tuple(fc.constantFrom(...codes), arbitraryOf(EnrollRequest)).map(([code, rest]) => {
			return { ...(rest as object), code };
		});
		await fuzzPosts('enroll', cases.enroll, syncRoutes.enroll, EnrollRequest, known);
	}, 60_000);

	it('sign-in is answered with a reason or a grant', async () => {
		const known = fc.record({
			associateId: fc.constantFrom('manager-S-1', 'associate-S-1'),
			pin: fc.constantFrom('3333', '0000', '\0\0\0\0', '\ud800000'),
		});
		await fuzzPosts('sign-in', cases.signIn, syncRoutes.signIn, SignInRequest, known);
	}, 60_000);

	it('key is answered with a reason or a key', async () => {
		const known = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => {
			return { publicKey: Buffer.from(bytes).toString('base64url') };
		});
		await fuzzPosts('key', cases.key, syncRoutes.key, KeyRequest, known);
		device = await newFuzzedDevice(fuzzed);
	}, 60_000);

	it('bring is answered with a reason or an order', async () => {
		const known = fc.constantFrom({ number: 'F1' }, { number: 'order-F1' }, { number: 'F1\0' });
		for (let part = 0; part < 10; part += 1) {
			await fuzzPosts('bring', cases.bring / 10, syncRoutes.bringOrder, BringOrderRequest, known);
			device = await newFuzzedDevice(fuzzed);
		}
	}, 60_000);

	it('the feed, the digest or the events is answered with a reason or what was asked for', async () => {
		const { epoch } = await fuzzed.central.database.db.selectFrom('stream').select('epoch').executeTakeFirstOrThrow();
		await fuzz(cases.feed, questions(epoch), async ({ query, release }) => {
			const url = `${syncRoutes.feed}?${query}`;
			return `feed ${(await ask({ url, headers: headersOf(undefined, release) })).statusCode}`;
		});
		await fuzz(cases.digest, questions(epoch), async ({ query, release }) => {
			const url = `${syncRoutes.digest}?${query}`;
			return `digest ${(await ask({ url, headers: headersOf(undefined, release) })).statusCode}`;
		});
		await fuzz(cases.events, questions(epoch), async ({ query, release, authorization }) => {
			const url = `${syncRoutes.events}?${query}`;
			const headers = headersOf(undefined, release, authorization);
			const answer = await fuzzed.app.inject({ url, headers, payloadAsStream: true });
			if (answer.statusCode === 200) answer.raw.res.destroy();
			else expectReason({ statusCode: answer.statusCode, body: await textOf(answer.stream()) });
			return `events ${answer.statusCode}`;
		});
	}, 60_000);

	it('any route, in raw bytes, is answered with a reason', async () => {
		const message = fc.record({
			url: fc.constantFrom(...Object.values(syncRoutes).filter((route) => route !== syncRoutes.events)),
			method: fc.constantFrom(
				'POST' as const,
				'POST' as const,
				'POST' as const,
				'GET' as const,
				'PUT' as const,
				'DELETE' as const,
			),
			payload: rawBodies,
			type: contentTypes,
			authorization: credentials,
			address: addresses,
		});
		await fuzz(cases.raw, message, async ({ url, method, payload, type, authorization, address }) => {
			const headers = headersOf(type, undefined, authorization);
			const answer = await ask({
				method,
				url,
				headers,
				remoteAddress: address,
				...(method === 'GET' ? {} : { payload }),
			});
			return `raw ${answer.statusCode}`;
		});
		await expectWhole(fuzzed);
	}, 60_000);
});

const credentials = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(undefined) },
	fc.constantFrom('', 'Bearer', 'Bearer x', 'Basic eDp5', `Bearer ${'A'.repeat(43)}`, `Bearer ${'x'.repeat(3000)}`),
);

function questions(epoch: string) {
	const value = fc.oneof(
		fc.constantFrom(
			'site',
			'shared',
			epoch,
			'0',
			'1',
			'999999999999999',
			'1e3',
			'-1',
			'',
			'%00',
			'%ff',
			'%',
			'%ED%A0%80',
		),
		fc.string({ unit: 'binary', maxLength: 10 }).map((text) => encodeURIComponent(text.toWellFormed())),
		fc.constant('x'.repeat(300)),
	);
	const name = fc.constantFrom(
		'stream',
		'stream',
		'epoch',
		'after',
		'limit',
		'collection',
		'__proto__',
		'stream[]',
		'',
	);
	const query = fc.oneof(
		fc
			.array(
				fc.tuple(name, value).map((pair) => pair.join('=')),
				{ maxLength: 5 },
			)
			.map((all) => all.join('&')),
		fc.tuple(fc.constantFrom('site', 'shared'), value, fc.nat({ max: 200 })).map(([stream, value, limit]) => {
			return `stream=${stream}&epoch=${epoch}&after=${value}&limit=${limit}`;
		}),
		fc.tuple(fc.constantFrom('site', 'shared'), fc.nat({ max: 100_000 }), value).map(([stream, after, last]) => {
			return `stream=${stream}&epoch=${epoch}&after=${after}&${last}`;
		}),
		fc.string({ maxLength: 20 }).map(encodeURI),
	);
	return fc.record({ query, release: releases, authorization: credentials });
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
	let text = '';
	for await (const part of stream) text += String(part);
	return text;
}

/** The answer names, in order, what the lane now holds; whatever was not applied has its reason. */
function expectTakenIn(answer: unknown, startSeq: number, seq: number, head: number): void {
	expect(Value.Check(PushAnswer, answer), JSON.stringify(answer)).toBe(true);
	const { outcomes } = answer as PushAnswer;
	const numbers = new Set(outcomes.map((outcome) => outcome.seq).filter((number) => number > startSeq));
	expect([...numbers]).toEqual(Array.from({ length: seq - startSeq }, (_, index) => startSeq + index + 1));
	for (const { outcome, reason, position } of outcomes) {
		expect(position).toBeLessThanOrEqual(head);
		if (outcome !== 'applied') expect(reason).toMatch(/^(?!central_fault)\w+$/);
	}
}

/** The next valid operation of the device is taken in and applied. */
async function expectGoesOn(seq: number, previousHash: string): Promise<void> {
	const [sample] = fuzzed.samples;
	const payload = { fulfillmentOrderId: sample?.fulfillmentOrder.id, orderId: sample?.order.id };
	const operation: OperationEnvelope = device.device.write(
		{ type: 'start_picking', payload },
		{ seq: seq + 1, previousHash },
	);
	const answer = await ask({
		method: 'POST',
		url: syncRoutes.push,
		payload: JSON.stringify({ operations: [operation] }),
		headers: headersOf('application/json'),
	});
	expect(answer.statusCode, answer.body).toBe(200);
	expect(answer.json()).toMatchObject({ outcomes: [{ seq: seq + 1, outcome: 'applied' }] });
}
