import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { describe, expect, test } from 'vitest';
import type { DeviceStatus, JournaledOperation } from '../../../../shared/device/device-client.ts';
import { sampleOperation } from '../../../../shared/device/sample-operation.ts';
import { operationKinds, operationTypes } from '../../../../shared/schema/operation.ts';
import { startingStatus } from '../../device/starting-status.ts';
import { type MachineFacts, supportBundle } from './support-bundle.ts';

const machine: MachineFacts = {
	writtenAt: '2026-11-23T09:00:00Z',
	userAgent: 'Chromium',
	language: 'en',
	timeZone: 'Europe/London',
	isInShell: false,
	isAppKeptHere: true,
	storedBytes: 1,
	storableBytes: 2,
	isStoragePersistent: true,
};

/** Something of this schema in which every free text is the mark: names, addresses, notes, signatures, whatever may come to be. */
function marked(schema: TSchema, mark: string): unknown {
	const parts = schema as {
		readonly type?: string;
		readonly const?: unknown;
		readonly anyOf?: readonly TSchema[];
		readonly properties?: Readonly<Record<string, TSchema>>;
		readonly items?: TSchema;
		readonly minimum?: number;
	};
	if (parts.const !== undefined) return parts.const;
	if (parts.anyOf !== undefined) return parts.anyOf[0] === undefined ? null : marked(parts.anyOf[0], mark);
	if (parts.properties !== undefined)
		return Object.fromEntries(Object.entries(parts.properties).map(([name, each]) => [name, marked(each, mark)]));
	if (parts.items !== undefined) return [marked(parts.items, mark), marked(parts.items, mark)];
	if (parts.type === 'string') return mark;
	return parts.type === 'boolean' ? true : (parts.minimum ?? 0);
}

const mark = fc.uuid().map((id) => `⟦${id}⟧`);
const state = fc.constantFrom('saved', 'sent', 'confirmed', 'needs_attention' as const);
const type = fc.constantFrom(...operationTypes, 'a type of tomorrow' as const);

function operationWith(
	text: string,
	kind: string,
	seq: number,
	state: JournaledOperation['state'],
): JournaledOperation {
	const operation = sampleOperation(seq)({ seq: seq - 1, hash: '' });
	const known = operationTypes.find((each) => each === kind);
	return {
		operation: {
			...operation,
			type: known ?? `${kind} ${text}`,
			payload: known === undefined ? { note: text } : marked(operationKinds[known].payload, text),
			actor: { associateId: text, name: text },
			grant: text,
		},
		state,
		outcome:
			state === 'saved'
				? null
				: { opId: operation.opId, seq, outcome: 'refused', reason: text, exceptions: [text], position: 1 },
	};
}

function statusWith(text: string): DeviceStatus {
	return {
		...startingStatus,
		enrolled: { deviceId: 'D-1', deviceName: text, siteId: 'S-1', siteName: text },
		associates: [{ id: text, kind: 'associate', name: text, siteId: text, roles: ['manager'] }],
		signedIn: { associateId: text, name: text, roles: ['manager'], checkedByCentral: true, grantExpiresAt: null },
		connection: { kind: 'slow', message: text },
		recovery: [
			{ file: `/home/${text}/1.journal`, what: 'torn_tail', bytes: 1, copiedTo: `C:\\Users\\${text}\\1.damaged` },
		],
		storageProblem: text,
	};
}

describe('the file for support', () => {
	test('nothing that a person wrote, is called or lives at is in it, whatever kind of operation it is about', () => {
		fc.assert(
			fc.property(mark, fc.array(fc.tuple(type, state), { maxLength: 30 }), (text, wishes) => {
				const operations = wishes.map(([kind, each], index) => operationWith(text, kind, index + 1, each));
				const bundle = supportBundle({ status: statusWith(text), operations, connectionHistory: [], machine });
				expect(JSON.stringify(bundle)).not.toContain(text);
				expect(bundle.operations).toHaveLength(operations.length);
			}),
		);
	});

	test('every kind of operation really carries the mark, so that the test above can find it', () => {
		for (const each of operationTypes)
			expect(JSON.stringify(marked(operationKinds[each].payload, '⟦mark⟧'))).toContain('⟦mark⟧');
	});

	test('it says how each operation stands and why, and how the connection was', () => {
		const operation = sampleOperation(7)({ seq: 6, hash: '' });
		const bundle = supportBundle({
			status: { ...startingStatus, connection: { kind: 'cut_off', sinceMs: 0, message: 'Failed to fetch' } },
			operations: [
				{
					operation,
					state: 'needs_attention',
					outcome: {
						opId: operation.opId,
						seq: 7,
						outcome: 'quarantined',
						reason: 'signature_mismatch',
						exceptions: ['operation_quarantined'],
						position: 4,
					},
				},
			],
			connectionHistory: [{ atMs: 0, kind: 'cut_off', waiting: 1 }],
			machine,
		});
		expect(bundle.operations[0]).toMatchObject({
			opId: operation.opId,
			seq: 7,
			type: 'stage',
			state: 'needs_attention',
			outcome: 'quarantined',
			reason: 'signature_mismatch',
			hash: operation.hash,
		});
		expect(bundle.status).toMatchObject({ connection: 'cut_off', cutOffSince: '1970-01-01T00:00:00Z' });
		expect(bundle.connectionHistory).toEqual([{ at: '1970-01-01T00:00:00Z', kind: 'cut_off', waiting: 1 }]);
	});
});
