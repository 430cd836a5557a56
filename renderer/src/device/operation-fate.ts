import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import { refusalReasons } from '../../../shared/domain/decision.ts';
import { mayRecord } from '../../../shared/domain/permissions.ts';
import type { Role } from '../../../shared/schema/associate.ts';
import { type ExceptionCase, exceptionKinds } from '../../../shared/schema/exception-case.ts';

/** Why central could not apply an operation and kept it for a person; the other reasons are those of refusals. */
export const quarantineReasons = [
	'unknown_type',
	'newer_version',
	'unreadable_frame',
	'unreadable_payload',
	'hash_mismatch',
	'signature_mismatch',
	'other_site',
	'not_found',
	'central_fault',
] as const;

/** The type under which the device fills the place of a damaged record. */
export const lostRecord = 'unreadable_record';

/** Why an operation needs a person, as a key of the Sync screen's catalog; null while nobody needs to do anything. */
export function attentionKey({ operation, state, outcome }: JournaledOperation): string | null {
	if (state !== 'needs_attention') return null;
	if (outcome === null) return 'other';
	if (operation.type === lostRecord) return 'lost_record';
	const { reason = '' } = outcome;
	const isRefusal = (refusalReasons as readonly string[]).includes(reason);
	if (outcome.outcome === 'quarantined') {
		const isOwn = (quarantineReasons as readonly string[]).includes(reason);
		return isOwn ? `quarantine.${reason}` : isRefusal ? 'quarantine.contradicts' : 'quarantine.other';
	}
	if (outcome.outcome === 'refused') return isRefusal ? reason : 'other';
	const kind = outcome.exceptions.find((each) => (exceptionKinds as readonly string[]).includes(each));
	return kind === undefined ? 'other' : `exception.${kind}`;
}

/** How something that needed a person was settled. */
export type Settled =
	| { readonly kind: 'set_aside'; readonly by: JournaledOperation }
	| { readonly kind: 'resolved'; readonly by: string }
	/** Central was asked to judge it once more, and applied it. */
	| { readonly kind: 'applied_later' };

export interface OperationFate {
	/** One of the four words. What is settled no longer needs attention: central has it, and has applied it or not. */
	readonly word: JournaledOperation['state'];
	/** A key of the catalog: why it needs somebody, or did. */
	readonly why: string | null;
	readonly settled: Settled | null;
	/** What of it is open for somebody at this site. */
	readonly openExceptions: readonly ExceptionCase[];
}

/** What else is known about this device's operations. */
export interface AttentionFacts {
	readonly exceptionsOf: (opId: string) => readonly ExceptionCase[];
	/** The operation that set this one aside. */
	readonly setAsideBy: (opId: string) => JournaledOperation | undefined;
}

export function attentionFacts(
	exceptions: readonly ExceptionCase[],
	operations: readonly JournaledOperation[],
): AttentionFacts {
	const byOperation = Map.groupBy(exceptions, ({ operationId }) => operationId);
	const setAside = new Map<string, JournaledOperation>();
	for (const each of operations) {
		const { type, payload } = each.operation;
		const about = (payload as { readonly operationId?: unknown } | null)?.operationId;
		if (type === 'set_aside' && typeof about === 'string') setAside.set(about, each);
	}
	return {
		exceptionsOf: (opId) => byOperation.get(opId) ?? [],
		setAsideBy: (opId) => setAside.get(opId),
	};
}

/** How an operation stands, told so that nothing that is over asks for anybody and nothing open is hidden. */
export function operationFate(journaled: JournaledOperation, facts: AttentionFacts): OperationFate {
	const { operation, state, outcome } = journaled;
	const why = attentionKey(journaled);
	if (state !== 'needs_attention') return { word: state, why, settled: null, openExceptions: [] };
	const exceptions = facts.exceptionsOf(operation.opId);
	const openExceptions = exceptions.filter((each) => each.state === 'open');
	const by = facts.setAsideBy(operation.opId);
	const isResolved = exceptions.length > 0 && openExceptions.length === 0;
	const isApplied = outcome?.outcome === 'applied';
	const settled: Settled | null =
		isResolved && exceptions.some(({ appliedLater }) => appliedLater === true)
			? { kind: 'applied_later' }
			: isResolved
				? { kind: 'resolved', by: exceptions.findLast(({ resolvedBy }) => resolvedBy)?.resolvedBy ?? '' }
				: by === undefined
					? null
					: { kind: 'set_aside', by };
	if (settled === null) return { word: 'needs_attention', why, settled, openExceptions };
	return { word: isApplied || settled.kind === 'applied_later' ? 'confirmed' : 'sent', why, settled, openExceptions };
}

export type OperationAction =
	| 'send_now'
	| 'put_back'
	| 'open_order'
	| 'ask_manager'
	| 'retry'
	| 'set_aside'
	| 'resolve';

/** What can be done about an operation, by somebody with these roles. */
export function operationActions(
	{ outcome }: JournaledOperation,
	{ word, openExceptions, settled }: OperationFate,
	known: { readonly hasPutBack: boolean; readonly hasOrder: boolean; readonly roles: readonly Role[] },
): readonly OperationAction[] {
	const needsSomebody = word === 'needs_attention';
	const isOpen = openExceptions.length > 0;
	const isQuarantined = outcome?.outcome === 'quarantined';
	const wishes: readonly (readonly [OperationAction, boolean])[] = [
		['send_now', word === 'saved'],
		['put_back', known.hasPutBack && (needsSomebody || isOpen)],
		['retry', isQuarantined && isOpen && mayRecord('retry_operation', known.roles)],
		['ask_manager', isOpen && openExceptions.every(({ askedBy }) => askedBy === undefined)],
		['set_aside', needsSomebody && settled === null],
		['resolve', isOpen && mayRecord('resolve_exception', known.roles)],
		['open_order', known.hasOrder],
	];
	return wishes.filter(([, isPossible]) => isPossible).map(([action]) => action);
}
