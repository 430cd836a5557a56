import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sealOperation } from '../../shared/domain/operation-hash.ts';
import type { sampleOrder } from '../../shared/domain/sample-order.ts';
import type { OperationEnvelope } from '../../shared/schema/operation.ts';
import { operationKinds, operationTypes } from '../../shared/schema/operation.ts';
import type { FuzzedDevice, Held } from './fuzzed-central.ts';
import { arbitraryOf } from './schema-arbitrary.ts';
import { type Spoil, spoiled, spoils } from './spoil.ts';

type Content = { readonly type: string; readonly payload: unknown };

/** What is done to an operation before or after it is sealed. */
const faults = [
	...['none', 'none', 'payload', 'payload', 'envelope', 'after_sealing', 'hash', 'gap', 'old_seq', 'lane', 'device'],
	...['previous_hash', 'twice', 'same_id', 'type', 'version', 'grant', 'key', 'signature'],
] as const;

/** How to make one operation; it is made when the lane's state is known. */
export interface OperationRecipe {
	readonly content: Content;
	readonly fault: (typeof faults)[number];
	readonly spoil: Spoil;
	readonly number: number;
	readonly text: string;
}

/** Payloads that fit their kind, most of them about documents that are there. */
function contentsOf(samples: readonly ReturnType<typeof sampleOrder>[]): fc.Arbitrary<Content> {
	const contents = operationTypes.map((type) => {
		const payload = arbitraryOf(operationKinds[type].payload) as fc.Arbitrary<Readonly<Record<string, unknown>>>;
		return payload.map((one): Content => ({ type, payload: one }));
	});
	const known = fc.record({
		sample: fc.constantFrom(...samples),
		line: fc.nat({ max: 1 }),
		quantity: fc.constantFrom(1, 1, 2, 3, 100_000),
		isKnown: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
	});
	return fc.tuple(fc.oneof(...contents), known).map(([{ type, payload }, { sample, line, quantity, isKnown }]) => {
		const { order, fulfillmentOrder } = sample;
		const { lineId, sku } = fulfillmentOrder.lines[line % fulfillmentOrder.lines.length] ?? {};
		const units = { lineId, sku, quantity };
		const real: Readonly<Record<string, unknown>> = {
			fulfillmentOrderId: fulfillmentOrder.id,
			orderId: order.id,
			orderNumber: order.number,
			...units,
		};
		const given = payload as Readonly<Record<string, unknown>>;
		const named = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, real[name] ?? value]));
		const lines = Array.isArray(given.lines) ? { lines: given.lines.map((one: object) => ({ ...one, ...units })) } : {};
		return { type, payload: isKnown ? { ...named, ...lines } : payload };
	});
}

export function operationRecipes(samples: readonly ReturnType<typeof sampleOrder>[]): fc.Arbitrary<OperationRecipe> {
	return fc.record({
		content: contentsOf(samples),
		fault: fc.constantFrom(...faults),
		spoil: spoils,
		number: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.maxSafeInteger()),
		text: fc.string({ unit: 'binary', maxLength: 120 }),
	});
}

/** The operations of one push. Each follows the one before, unless its fault says otherwise. */
export function operationsOf(
	{ device }: FuzzedDevice,
	recipes: readonly OperationRecipe[],
	{ seq, hash }: Pick<Held, 'seq' | 'hash'>,
): readonly unknown[] {
	let last: Pick<OperationEnvelope, 'seq' | 'hash' | 'opId'> = { seq, hash, opId: randomUUID() };
	const made: unknown[] = [];
	for (const recipe of recipes) {
		const next = { seq: last.seq + 1, previousHash: last.hash };
		const one = operationOf((change) => device.write(recipe.content, { ...next, ...change }), recipe, last.opId);
		made.push(one);
		if (recipe.fault === 'twice') made.push(one);
		if (isNamed(one)) last = one;
	}
	return made;
}

type Write = (change: Partial<OperationEnvelope>) => OperationEnvelope;

function operationOf(write: Write, { fault, spoil, number, text }: OperationRecipe, lastId: string): unknown {
	const operation = write({});
	switch (fault) {
		case 'none':
		case 'twice':
			return operation;
		case 'payload':
			return write({ payload: spoiled(operation.payload, spoil) ?? null });
		case 'envelope':
			return spoiledThenSealed(operation, spoil);
		case 'after_sealing':
			return spoiled(operation, spoil) ?? null;
		case 'hash':
			return { ...operation, hash: operation.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
		case 'gap':
			return write({ seq: Math.min(operation.seq + Math.abs(number), Number.MAX_SAFE_INTEGER) });
		case 'old_seq':
			return write({ seq: Math.max(1, operation.seq - 1 - (Math.abs(number) % 3)) });
		case 'lane':
			return write({ laneId: text || 'other' });
		case 'device':
			return write({ deviceId: text || 'other' });
		case 'previous_hash':
			return write({ previousHash: text.slice(0, 64) });
		case 'same_id':
			return write({ opId: lastId });
		case 'type':
			return write({ type: text });
		case 'version':
			return write({ v: number });
		case 'grant':
			return write({ grant: number % 2 === 0 ? text : `${operation.grant}${text}` });
		case 'key':
			return sealOperation({ ...operation, keyId: text || 'f'.repeat(32) });
		case 'signature':
			return { ...operation, signature: number % 2 === 0 ? 'A'.repeat(86) : text };
	}
}

/** A device that is wrong itself seals what is wrong: the hash is right then. */
function spoiledThenSealed(operation: OperationEnvelope, spoil: Spoil): unknown {
	const value = spoiled(operation, spoil);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? null;
	try {
		return sealOperation(value as OperationEnvelope);
	} catch {
		return value;
	}
}

function isNamed(value: unknown): value is Pick<OperationEnvelope, 'seq' | 'hash' | 'opId'> {
	const { seq, hash, opId } = (value ?? {}) as Partial<OperationEnvelope>;
	return Number.isSafeInteger(seq) && typeof hash === 'string' && typeof opId === 'string';
}
