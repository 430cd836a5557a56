import { useCallback, useRef } from 'react';

/**
 * Does one piece of work after the other, in the order in which it came: a fast scanner sends the next code while the one before is
 * still being saved, and must find what that one has done.
 */
export function useInOrder(): (work: () => Promise<void>) => void {
	const tail = useRef<Promise<void>>(Promise.resolve());
	return useCallback((work) => {
		tail.current = tail.current.then(work).catch(reportError);
	}, []);
}
