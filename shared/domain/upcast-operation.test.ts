import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { OperationEnvelope, operationKinds, operationTypes } from '../schema/operation.ts';
import { operationHash } from './operation-hash.ts';
import { readOperation, statementOf } from './read-operation.ts';
import { upcastPayload, type VersionedKind, versionedKind } from './upcast-operation.ts';

/**
 * One operation of each version of each kind, as that release wrote it: `<type>.v<version>.json`. A file that was released is
 * never changed; a new version adds one.
 */
const folder = join(import.meta.dirname, 'golden');
const golden = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const released = operationTypes.flatMap((type) =>
	Array.from({ length: operationKinds[type].version }, (_, index) => `${type}.v${index + 1}.json`),
);

/** What an old payload says today, for those that today's version would write in another way. */
const readsToday: Readonly<Record<string, unknown>> = {
	'count.v1.json': { countId: 'count-1', sku: 'MUG', posts: 'at_once', scans: [{ expected: 9, counted: 7 }] },
};

test('every version of every kind that was ever released has a golden file and upcasters up to today', () => {
	expect(readdirSync(folder).sort()).toEqual([...released].sort());
	for (const type of operationTypes) {
		const { version, upcasters } = versionedKind(type);
		expect([type, Object.keys(upcasters)]).toEqual([
			type,
			Array.from({ length: version - 1 }, (_, v) => String(v + 1)),
		]);
	}
});

test.each(released)('%s is still read, and states what it stated', (name) => {
	const envelope = golden(name);
	if (!Value.Check(OperationEnvelope, envelope)) throw new Error(`${name} is no envelope any more`);
	expect(operationHash(envelope)).toBe(envelope.hash);
	const read = readOperation(envelope);
	if (!read.ok) throw new Error(`${name}: ${read.reason}`);
	expect(statementOf(read.operation)).toEqual({
		opId: envelope.opId,
		type: envelope.type,
		payload: readsToday[name] ?? envelope.payload,
		actorName: 'Ada Lovelace',
		at: envelope.occurredAt.serverOffsetMs === null ? '2026-11-22T17:55:00Z' : '2026-11-22T17:54:58.5Z',
	});
});

/** A kind that was changed twice: pounds became minor units, then a currency came beside them. */
const fee: VersionedKind = {
	version: 3,
	upcasters: {
		1: ({ pounds, ...rest }) => ({ ...rest, minor: Number(pounds) * 100 }),
		2: ({ minor, ...rest }) => ({ ...rest, fee: { minor, currency: 'GBP' } }),
	},
};

test('an operation of three versions ago is read through every version between', () => {
	expect(upcastPayload(fee, 1, { orderId: 'o', pounds: 2.5 })).toEqual({
		orderId: 'o',
		fee: { minor: 250, currency: 'GBP' },
	});
	expect(upcastPayload(fee, 2, { orderId: 'o', minor: 250 })).toEqual({
		orderId: 'o',
		fee: { minor: 250, currency: 'GBP' },
	});
	const today = { fee: { minor: 250, currency: 'GBP' } };
	expect(upcastPayload(fee, 3, today)).toBe(today);
});

test('a payload that no version can have written, or an upcaster that fails on it, gives nothing and throws nothing', () => {
	for (const payload of [null, 7, 'text', [], undefined]) expect(upcastPayload(fee, 1, payload)).toBeUndefined();
	const fragile: VersionedKind = { version: 2, upcasters: { 1: ({ lines }) => ({ first: (lines as string[])[0] }) } };
	expect(upcastPayload(fragile, 1, {})).toBeUndefined();
	expect(upcastPayload({ version: 3, upcasters: {} }, 1, {})).toBeUndefined();
});
