import { describe, expect, test } from 'vitest';
import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import { sampleOperation } from '../../../shared/device/sample-operation.ts';
import type { OperationOutcome } from '../../../shared/protocol/messages.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import { attentionFacts, attentionKey, operationActions, operationFate } from './operation-fate.ts';

function journaled(number: number, change: Partial<JournaledOperation> & { type?: string; payload?: unknown } = {}) {
	const { type, payload, ...rest } = change;
	const operation = sampleOperation(number)({ seq: number - 1, hash: '' });
	return {
		operation: { ...operation, type: type ?? operation.type, payload: payload ?? operation.payload },
		state: 'needs_attention',
		outcome: null,
		...rest,
	} satisfies JournaledOperation;
}

function outcome(change: Partial<OperationOutcome>): OperationOutcome {
	return { opId: 'x', seq: 1, outcome: 'applied', exceptions: [], position: 1, ...change };
}

function exceptionOf({ operation }: JournaledOperation, change: Partial<ExceptionCase> = {}): ExceptionCase {
	return {
		id: `${operation.opId}-1`,
		kind: 'exception',
		exceptionKind: 'surplus_pick',
		priority: 'normal',
		state: 'open',
		siteId: 'S-1',
		operationId: operation.opId,
		deviceId: 'D-1',
		actorName: 'Ada',
		openedAt: '2026-11-22T14:05:00Z',
		fact: 'picked twice',
		plan: 'once',
		...change,
	};
}

const surplus = journaled(1, { outcome: outcome({ exceptions: ['surplus_pick'] }) });
const refused = journaled(2, { outcome: outcome({ outcome: 'refused', reason: 'already_shipped' }) });
const quarantined = journaled(3, { outcome: outcome({ outcome: 'quarantined', reason: 'signature_mismatch' }) });
const nothing = { hasPutBack: false, hasOrder: false };

describe('how an operation stands', () => {
	test('what is saved, sent or confirmed says just that', () => {
		const facts = attentionFacts([], []);
		for (const state of ['saved', 'sent', 'confirmed'] as const)
			expect(operationFate(journaled(1, { state }), facts)).toMatchObject({ word: state, why: null, settled: null });
	});

	test('an open exception needs somebody, a resolved one no longer does and names who resolved it', () => {
		const open = operationFate(surplus, attentionFacts([exceptionOf(surplus)], []));
		expect(open).toMatchObject({ word: 'needs_attention', why: 'exception.surplus_pick', settled: null });
		const resolved = exceptionOf(surplus, { state: 'resolved', resolvedBy: 'Mary' });
		expect(operationFate(surplus, attentionFacts([resolved], []))).toMatchObject({
			word: 'confirmed',
			settled: { kind: 'resolved', by: 'Mary' },
		});
	});

	test('a refused request that was set aside is no longer asked about, and is not called confirmed', () => {
		const by = journaled(9, {
			type: 'set_aside',
			payload: { operationId: refused.operation.opId, reason: 'seen' },
			state: 'saved',
		});
		expect(operationFate(refused, attentionFacts([], [by]))).toMatchObject({
			word: 'sent',
			why: 'already_shipped',
			settled: { kind: 'set_aside', by },
		});
	});

	test('an exception that central has not told of yet keeps its operation open', () => {
		expect(operationFate(surplus, attentionFacts([], []))).toMatchObject({ word: 'needs_attention', settled: null });
	});

	test('a quarantined operation that was judged again and applied counts as confirmed', () => {
		const resolved = exceptionOf(quarantined, { state: 'resolved' });
		expect(operationFate(quarantined, attentionFacts([{ ...resolved, appliedLater: true }], []))).toMatchObject({
			word: 'confirmed',
			settled: { kind: 'applied_later' },
		});
		expect(operationFate(quarantined, attentionFacts([resolved], [])).word).toBe('sent');
	});

	test('reasons that this version does not know have words all the same', () => {
		const key = (change: Partial<OperationOutcome>) => attentionKey(journaled(1, { outcome: outcome(change) }));
		expect(key({ outcome: 'quarantined', reason: 'signature_mismatch' })).toBe('quarantine.signature_mismatch');
		expect(key({ outcome: 'quarantined', reason: 'already_shipped' })).toBe('quarantine.contradicts');
		expect(key({ outcome: 'quarantined', reason: 'a word of tomorrow' })).toBe('quarantine.other');
		expect(key({ outcome: 'refused', reason: 'a word of tomorrow' })).toBe('other');
		expect(key({ exceptions: ['a kind of tomorrow'] })).toBe('other');
	});
});

describe('what can be done about it', () => {
	const actions = (each: JournaledOperation, exceptions: readonly ExceptionCase[], roles: readonly 'manager'[] | []) =>
		operationActions(each, operationFate(each, attentionFacts(exceptions, [])), { ...nothing, roles });

	test('what waits can be sent now, and what is confirmed asks for nothing', () => {
		expect(actions(journaled(1, { state: 'saved' }), [], [])).toEqual(['send_now']);
		expect(actions(journaled(1, { state: 'confirmed' }), [], ['manager'])).toEqual([]);
	});

	test('an associate asks a manager or sets it aside; who is in charge retries and resolves', () => {
		const exceptions = [exceptionOf(quarantined, { exceptionKind: 'operation_quarantined' })];
		expect(actions(quarantined, exceptions, [])).toEqual(['ask_manager', 'set_aside']);
		expect(actions(quarantined, exceptions, ['manager'])).toEqual(['retry', 'ask_manager', 'set_aside', 'resolve']);
	});

	test('a manager is asked once', () => {
		const exceptions = [exceptionOf(surplus, { askedBy: 'Ada', note: 'What now?' })];
		expect(actions(surplus, exceptions, [])).toEqual(['set_aside']);
	});

	test('a refused request can be set aside, and its order opened', () => {
		const fate = operationFate(refused, attentionFacts([], []));
		expect(operationActions(refused, fate, { hasPutBack: false, hasOrder: true, roles: [] })).toEqual([
			'set_aside',
			'open_order',
		]);
	});

	test('surplus units can be put back', () => {
		const fate = operationFate(surplus, attentionFacts([exceptionOf(surplus)], []));
		expect(operationActions(surplus, fate, { hasPutBack: true, hasOrder: false, roles: [] })[0]).toBe('put_back');
	});
});
