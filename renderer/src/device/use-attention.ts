import { useMemo } from 'react';
import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import { useDeviceState } from './device-state.ts';
import type { ListedOperations } from './listed-operations.ts';
import { type AttentionFacts, attentionFacts, operationFate } from './operation-fate.ts';
import { useFollowing } from './use-device-status.ts';

export interface Attention {
	readonly facts: AttentionFacts;
	/** This device's operations that need somebody, newest first. */
	readonly operations: readonly JournaledOperation[];
	/** What is open at the site, of this device or of another. */
	readonly openExceptions: readonly ExceptionCase[];
	/** How many things need somebody: each once, an operation and its exceptions together. */
	readonly count: number;
}

let latest: { readonly listed: ListedOperations; readonly telling: ListedOperations } = { listed: [], telling: [] };

/** The operations that tell of attention; the same list until it changes, and looked for only when an operation has. */
function tellingOf(listed: ListedOperations): ListedOperations {
	if (listed === latest.listed) return latest.telling;
	const found = listed.filter(({ state, operation }) => state === 'needs_attention' || operation.type === 'set_aside');
	const isSame = found.length === latest.telling.length && found.every((each, at) => each === latest.telling[at]);
	latest = { listed, telling: isSame ? latest.telling : found };
	return latest.telling;
}

/** All that needs somebody; the same until it changes, whatever else is recorded. */
export function useAttention(exceptions: readonly ExceptionCase[]): Attention {
	useFollowing();
	const telling = useDeviceState((state) => tellingOf(state.operations));
	return useMemo(() => {
		const facts = attentionFacts(exceptions, telling);
		const operations = telling.filter((each) => operationFate(each, facts).word === 'needs_attention');
		const openExceptions = exceptions.filter(({ state }) => state === 'open');
		const alone = operations.filter(({ operation }) =>
			facts.exceptionsOf(operation.opId).every(({ state }) => state !== 'open'),
		);
		return { facts, operations, openExceptions, count: openExceptions.length + alone.length };
	}, [exceptions, telling]);
}
