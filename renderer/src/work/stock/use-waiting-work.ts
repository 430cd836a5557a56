import { useMemo } from 'react';
import { useCounts } from '../../replica/index.ts';
import type { WaitingWork } from './stock-places.ts';

/** How much work waits at each place of the stock. */
export function useWaitingWork(): WaitingWork {
	const counts = useCounts();
	return useMemo(
		() => ({ count: counts.filter(({ state }) => state !== 'posted' && state !== 'cancelled').length }),
		[counts],
	);
}
