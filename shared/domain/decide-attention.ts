import type { ExceptionCase } from '../schema/exception-case.ts';
import { applied, type Decision, type DomainEvent, refused, type Statement } from './decision.ts';

/**
 * Somebody wants a quarantined operation judged once more. Whether it applies now, only central can tell: until it has
 * answered, nothing changes.
 */
export function decideRetryOperation(
	exceptionCase: ExceptionCase | undefined,
	{ payload }: Statement<'retry_operation'>,
): Decision {
	if (exceptionCase?.exceptionKind !== 'operation_quarantined') return refused('not_found');
	if (exceptionCase.operationId !== payload.operationId) return refused('not_found');
	if (exceptionCase.state === 'resolved') return refused('already_resolved');
	return applied([{ kind: 'retry_asked', steps: [], operationId: payload.operationId }]);
}

/** Somebody has seen what an operation needs and leaves it at that. It changes no document. */
export function decideSetAside({ payload }: Statement<'set_aside'>): Decision {
	return applied([{ kind: 'set_aside', steps: [], operationId: payload.operationId, reason: payload.reason }]);
}

export function decideAskManager(
	exceptionCase: ExceptionCase | undefined,
	{ payload }: Statement<'ask_manager'>,
): Decision {
	if (!exceptionCase) return refused('not_found');
	return applied([{ kind: 'manager_asked', steps: [], note: payload.note }]);
}

/** The exception after an event about it. */
export function evolveExceptionCase(
	exceptionCase: ExceptionCase,
	event: DomainEvent,
	actorName: string,
): ExceptionCase {
	switch (event.kind) {
		case 'exception_resolved':
			return { ...exceptionCase, state: 'resolved', resolvedBy: actorName };
		case 'manager_asked':
			return { ...exceptionCase, priority: 'high', askedBy: actorName, note: event.note };
		default:
			return exceptionCase;
	}
}
