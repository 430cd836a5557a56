import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { JournaledOperation } from '../../../shared/device/device-client.ts';
import type { ExceptionCase } from '../../../shared/schema/exception-case.ts';
import { useDeviceState } from './device-state.ts';
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

const tellsOfAttention = ({ state, operation: { type } }: JournaledOperation) =>
	state === 'needs_attention' || type === 'set_aside';

/** All that needs somebody; the same until it changes, whatever else is recorded. */
export function useAttention(exceptions: readonly ExceptionCase[]): Attention {
	useFollowing();
	const telling = useDeviceState(useShallow((state) => state.operations.filter(tellsOfAttention)));
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
