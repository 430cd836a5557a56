import type { JournaledOperation } from '../../../../shared/device/device-client.ts';
import { refusalReasons } from '../../../../shared/domain/decision.ts';
import { exceptionKinds } from '../../../../shared/schema/exception-case.ts';

/** Why an operation needs a person, as a key of the catalog; null while nobody needs to do anything. */
export function attentionKey({ state, outcome }: JournaledOperation): string | null {
	if (state !== 'needs_attention' || outcome === null) return state === 'needs_attention' ? 'other' : null;
	if (outcome.outcome === 'quarantined') return 'quarantined';
	if (outcome.outcome === 'refused') {
		const known: readonly string[] = refusalReasons;
		return outcome.reason !== undefined && known.includes(outcome.reason) ? outcome.reason : 'other';
	}
	const kinds: readonly string[] = exceptionKinds;
	const kind = outcome.exceptions.find((each) => kinds.includes(each));
	return kind === undefined ? 'other' : `exception.${kind}`;
}

/** The oldest operation that central has not answered; null when nothing waits. `newestFirst` is how the device lists them. */
export function oldestWaiting(newestFirst: readonly JournaledOperation[]): JournaledOperation | null {
	return newestFirst.findLast(({ state }) => state === 'saved') ?? null;
}
